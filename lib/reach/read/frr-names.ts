/** Names of lists and maps in a router's file: which are defined, which are asked for. Source: FRR user guide, "Filtering", "Route Maps", "BFD". */
import type { NamedPart } from '../world';

type Kind = NamedPart['kind'];

/** What defines a name. */
const DEFINITIONS: readonly (readonly [RegExp, Kind])[] = [
  [/^ip prefix-list (\S+)/, 'prefix list'],
  [/^route-map (\S+) (?:permit|deny)\b/, 'route-map'],
  [/^access-list (\S+)/, 'access list'],
  [/^bgp as-path access-list (\S+)/, 'AS path list'],
  [/^bgp (?:community|large-community)-list (?:standard |expanded )?(\S+)/, 'community list'],
  [/^profile (\S+)/, 'BFD profile'],
  [/^neighbor (\S+) peer-group$/, 'peer group'],
];

/** What asks for one. */
const USES: readonly (readonly [RegExp, Kind])[] = [
  [/^match ip (?:address|next-hop|route-source) prefix-list (\S+)/, 'prefix list'],
  [/^match ip (?:address|next-hop|route-source) (?!prefix-|address)(\S+)/, 'access list'],
  [/^match as-path (\S+)/, 'AS path list'],
  [/^match (?:community|large-community) (\S+)/, 'community list'],
  [/^neighbor \S+ prefix-list (\S+) (?:in|out)/, 'prefix list'],
  [/^neighbor \S+ distribute-list (\S+) (?:in|out)/, 'access list'],
  [/^neighbor \S+ filter-list (\S+) (?:in|out)/, 'AS path list'],
  [/^neighbor \S+ (?:route-map|unsuppress-map|default-originate route-map) (\S+)/, 'route-map'],
  [/^(?:redistribute|network|aggregate-address|table-map|import vrf|call)\b.*?(?:route-map|^call|table-map) (\S+)/, 'route-map'],
  [/^call (\S+)/, 'route-map'],
  [/^ip protocol \S+ route-map (\S+)/, 'route-map'],
  [/^neighbor \S+ bfd profile (\S+)/, 'BFD profile'],
  [/^neighbor \S+ peer-group (\S+)/, 'peer group'],
];

export interface FrrNames {
  /** Defined, and asked for by nothing. */
  readonly unused: readonly NamedPart[];
  /** Asked for, and defined nowhere. */
  readonly missing: readonly NamedPart[];
}

export function namesIn(text: string): FrrNames {
  const [defined, used] = [new Map<string, NamedPart>(), new Map<string, NamedPart>()];
  for (const [index, raw] of text.split('\n').entries()) {
    const statement = raw.trim().split(/\s+/).join(' ');
    for (const [patterns, found] of [
      [DEFINITIONS, defined],
      [USES, used],
    ] as const) {
      for (const [pattern, kind] of patterns) {
        const name = pattern.exec(statement)?.[1];
        const key = `${kind} ${name}`;
        if (name !== undefined && !found.has(key)) found.set(key, { kind, name, line: index + 1 });
      }
    }
  }
  const only = (one: ReadonlyMap<string, NamedPart>, other: ReadonlyMap<string, NamedPart>) =>
    [...one].flatMap(([key, part]) => (other.has(key) ? [] : [part]));
  return { unused: only(defined, used), missing: only(used, defined) };
}
