/** Names of many hosts or stacks of many places: what several places have alike is said once, with their names. */
import { hostList } from './host-list';

export interface PlacedName {
  /** Region or data centre. @default - none is known */
  readonly place?: string;
  /** Within its place: `core-voters-1`. */
  readonly name: string;
}

/** The name of a stack's place: `sa-east-1/network` -> `sa-east-1`. Links stand in no single one. */
export function placeOfStack(stack: string): string | undefined {
  return stack === '' || stack.startsWith('links/') ? undefined : stack.split('/')[0];
}

export function placedHost(host: string, stack: string): PlacedName {
  const place = placeOfStack(stack);
  return place !== undefined && host.startsWith(`${place}-`) ? { place, name: host.slice(place.length + 1) } : { name: host };
}

export function placedStack(stack: string): PlacedName {
  const place = placeOfStack(stack);
  return place === undefined || place === stack ? { name: stack } : { place, name: stack.slice(place.length + 1) };
}

/**
 * One line a set of places: `core-storage-1..3; core-voters-1..3 of 9 regions: ap-south-1, ...`, and one for all that a single place has.
 *
 * @param between what stands between a place and a name
 */
export function placedLines(names: readonly PlacedName[], between: '-' | '/'): string[] {
  const families = new Map<string, Map<string, string[]>>();
  const alone: string[] = [];
  for (const { place, name } of names) {
    if (place === undefined) alone.push(name);
    else {
      const family = familyOf(name);
      const places = families.get(family) ?? new Map<string, string[]>();
      families.set(family, places.set(place, [...(places.get(place) ?? []), name]));
    }
  }
  const sets = new Map<string, string[]>();
  for (const places of families.values()) {
    const byList = new Map<string, string[]>();
    for (const [place, own] of places) byList.set(hostList(own), [...(byList.get(hostList(own)) ?? []), place]);
    for (const [list, having] of byList) {
      if (having.length === 1) alone.push(...places.get(having[0]!)!.map((name) => `${having[0]}${between}${name}`));
      else sets.set(having.sort().join(', '), [...(sets.get(having.sort().join(', ')) ?? []), list]);
    }
  }
  const alike = [...sets].map(
    ([places, lists]) => `${lists.sort().join('; ')} of ${places.split(', ').length} regions: ${places}`,
  );
  return [...alike.sort(), ...(alone.length === 0 ? [] : [hostList(alone)])];
}

/** `core-voters-3` -> `core-voters`. */
function familyOf(name: string): string {
  return name.replace(/-\d+$/, '');
}
