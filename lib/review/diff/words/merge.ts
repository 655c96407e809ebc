/** What is said in the same words of several stacks or regions is said once, with their names. */
import type { Meaning } from '../meaning/meaning';
import { type PlacedName, placedHost, placeOfStack } from './placed-names';

export interface Merged extends Omit<Meaning, 'stack' | 'hosts'> {
  readonly stacks: readonly string[];
  readonly hosts: readonly PlacedName[];
}

/** How a place is called where the words hold of several. */
const ANY_PLACE = '<region>';

/** In order of the first of each. */
export function mergeMeanings(meanings: readonly Meaning[]): Merged[] {
  const groups = new Map<string, Meaning[]>();
  for (const meaning of meanings) {
    const { kind, severity, what, details, pace, ofHosts, stack } = meaning;
    const words = [what, ...details].map((text) => general(text, placeOfStack(stack)));
    const key = JSON.stringify([kind, severity, pace, ofHosts, words]);
    groups.set(key, [...(groups.get(key) ?? []), meaning]);
  }
  return [...groups.values()].map(mergedGroup);
}

function mergedGroup(group: readonly Meaning[]): Merged {
  const [first] = group as [Meaning];
  const several = new Set(group.map(({ stack }) => placeOfStack(stack))).size > 1;
  const words = (text: string) => (several ? general(text, placeOfStack(first.stack)) : text);
  const hosts = group.flatMap(({ hosts, stack }) => hosts.map((host) => placedHost(host, stack)));
  return {
    ...first,
    what: words(first.what),
    details: first.details.map(words),
    stacks: [...new Set(group.map(({ stack }) => stack))],
    hosts: [...new Map(hosts.map((host) => [JSON.stringify(host), host])).values()],
    explains: group.flatMap(({ explains }) => explains),
  };
}

/** Without the place's own name: `sa-east-1-core-adserver` -> `<region>-core-adserver`. */
function general(text: string, place: string | undefined): string {
  if (place === undefined || !text.includes(place)) return text;
  const name = place.replace(/[^A-Za-z0-9-]/g, '\\$&');
  return text.replace(new RegExp(`(?<![A-Za-z0-9-])${name}(?![A-Za-z0-9])`, 'g'), ANY_PLACE);
}
