/** Changes of a link's entry: another place for one that isn't there, a pair taken out, other ranges carried. */
import { type Cidr, cidr, formatCidr, nextFree, sizeOfBits } from '../../addresses/cidr';
import type { Path } from '../../findings/finding';
import { type Remedy, remove, set } from '../../findings/remedy';
import type { Estate, Given, Link } from '../../model/model';
import { ESTATE_PATH, type RuleContext } from '../rule';

/** A link as it is written, as far as it says its places. */
interface Entry {
  readonly between?: readonly string[];
  readonly pairs?: readonly (readonly string[])[];
  readonly mesh?: 'all' | readonly string[];
  readonly hub?: string;
  readonly spokes?: 'all' | readonly string[];
  readonly through?: string;
}

function entry({ written }: RuleContext, { path }: Link): Entry {
  return (written?.(ESTATE_PATH, path) ?? {}) as Entry;
}

/** Where an entry says a place. */
export function saysPlace(context: RuleContext, link: Link, name: string): Path[] {
  const { between, pairs, mesh, hub, spokes, through } = entry(context, link);
  const inList = (key: string, list: unknown): Path[] =>
    Array.isArray(list) ? list.flatMap((one, i) => (one === name ? [[...link.path, key, i]] : [])) : [];
  return [
    ...inList('between', between),
    ...(pairs ?? []).flatMap((pair, i) => pair.flatMap((one, j) => (one === name ? [[...link.path, 'pairs', i, j]] : []))),
    ...inList('mesh', mesh),
    ...(hub === name ? [[...link.path, 'hub']] : []),
    ...inList('spokes', spokes),
    ...(through === name ? [[...link.path, 'through']] : []),
  ];
}

/** Takes the pair out of the entry that joins it, or the entry away where it joins no other. */
export function withoutPair(estate: Estate, context: RuleContext, link: Link): Remedy {
  const joins = (pair: readonly string[]): boolean => pair.includes(link.a.place) && pair.includes(link.b.place);
  const rest = estate.links
    .filter((other) => other.group === link.group)
    .map((other) => [other.a.place, other.b.place])
    .filter((pair) => !(joins(pair) && (link.a.place !== link.b.place || pair[0] === pair[1])));
  if (rest.length === 0) return remove(link.path, ESTATE_PATH);
  const { pairs, mesh, hub } = entry(context, link);
  const at = (key: string): Path => [...link.path, key];
  if (hub !== undefined) {
    const spokes = [...new Set(rest.map(([a, b]) => (a === hub ? b : a)))];
    return set(at('spokes'), spokes, ESTATE_PATH);
  }
  if (pairs !== undefined) return set(at('pairs'), rest, ESTATE_PATH);
  return mesh === undefined
    ? remove(link.path, ESTATE_PATH)
    : [...remove(at('mesh'), ESTATE_PATH), ...set(at('pairs'), rest, ESTATE_PATH)];
}

/** The same entry with other ranges for one place; what the others give stays as it is. */
export function carrying(estate: Estate, link: Link, place: string, gives: readonly string[]): Remedy {
  const carries: Record<string, readonly string[]> = {};
  for (const { a, b } of estate.links.filter(({ group }) => group === link.group))
    for (const end of [a, b]) carries[end.place] = end.place === place ? gives : end.gives.map(givenText);
  return set([...link.path, 'carries'], carries, ESTATE_PATH);
}

function givenText(given: Given): string {
  return typeof given === 'string' ? given : formatCidr(given);
}

/** A network of two neighbours that no link, block or pool has, beside those that the cloud keeps. */
export function freeNetwork(estate: Estate, reserved: readonly string[] = []): string {
  const taken: Cidr[] = reserved.map((range) => cidr(range));
  for (const link of estate.links) {
    if (link.kind === 'vpn') taken.push(...link.vpn.tunnels);
    else if (link.kind === 'leased-line') {
      const { cloudAddress, bits } = link.line;
      taken.push({ base: (cloudAddress - (cloudAddress % sizeOfBits(bits))) as Cidr['base'], bits });
    }
  }
  return formatCidr(nextFree(NEIGHBOURS, 30, taken) ?? NEIGHBOURS);
}

/** Link-local, apart from the metadata services' 169.254.169.254 and what VPNs of the clouds keep. */
const NEIGHBOURS = cidr('169.254.100.0/22');
