/** `router bgp`: neighbours, what is originated. */
import { parseIpv4 } from '../../estate/addresses/cidr';
import { readRange } from '../range';
import type { Range, RouterNeighbor } from '../world';
import type { Policies } from './frr-policy';

interface NeighborDraft {
  line: number;
  asn?: number | 'internal' | 'external';
  group?: string;
  shutdown?: boolean;
  activate?: boolean;
  bfd?: boolean;
  nextHopSelf?: boolean;
  maxPrefixes?: number;
  force?: boolean;
  routeMap: Partial<Record<'in' | 'out', string>>;
  prefixList: Partial<Record<'in' | 'out', string>>;
}

export interface BgpDraft {
  readonly asn: number;
  /** By address or name of a peer group. */
  readonly neighbors: Map<string, NeighborDraft>;
  readonly originates: Range[];
  readonly aggregates: Range[];
  importCheck: boolean;
  ebgpRequiresPolicy: boolean;
  /** `bgp default ipv4-unicast`: neighbours are active without being told. */
  activeByDefault: boolean;
  family: string;
}

export function newBgp(asn: number): BgpDraft {
  return {
    asn,
    neighbors: new Map(),
    originates: [],
    aggregates: [],
    importCheck: true,
    ebgpRequiresPolicy: true,
    activeByDefault: true,
    family: 'ipv4 unicast',
  };
}

/** Settings of BGP and of neighbours that change no path here. */
const SILENT_BGP =
  /^(?:no )?bgp (?:router-id|log-neighbor-changes|bestpath as-path multipath-relax|graceful-restart|graceful-shutdown|deterministic-med|default show|fast|listen|minimum-holdtime|update-delay|suppress-fib)|^timers |^maximum-paths |^exit|^no bgp graceful|^bgp default local-preference 100$/;
const SILENT_NEIGHBOR = new Set([
  'description',
  'timers',
  'password',
  'ttl-security',
  'ebgp-multihop',
  'update-source',
  'capability',
  'soft-reconfiguration',
  'send-community',
  'graceful-restart',
  'graceful-restart-disable',
  'graceful-restart-helper',
  'advertisement-interval',
  'disable-connected-check',
  'sender-as-path-loop-detection',
  'enforce-first-as',
  'tcp-mss',
  'passive',
]);

export function readBgpLine(
  words: readonly string[],
  bgp: BgpDraft,
  line: number,
  faults: { line: number; message: string }[],
): void {
  const statement = words.join(' ');
  if (words[0] === 'address-family') bgp.family = words.slice(1).join(' ');
  else if (words[0] === 'exit-address-family') bgp.family = 'ipv4 unicast';
  else if (bgp.family !== 'ipv4 unicast' && bgp.family !== 'ipv4') return;
  else if (statement === 'no bgp ebgp-requires-policy') bgp.ebgpRequiresPolicy = false;
  else if (statement === 'bgp ebgp-requires-policy') bgp.ebgpRequiresPolicy = true;
  else if (statement === 'no bgp network import-check') bgp.importCheck = false;
  else if (statement === 'bgp network import-check') bgp.importCheck = true;
  else if (statement === 'no bgp default ipv4-unicast') bgp.activeByDefault = false;
  else if (words[0] === 'network' || words[0] === 'aggregate-address') {
    const range = readRange(words[1]);
    if (range === undefined) faults.push({ line, message: `${words[1]} is no range` });
    else (words[0] === 'network' ? bgp.originates : bgp.aggregates).push(range);
  } else if (words[0] === 'neighbor') readNeighbor(words.slice(1), bgp, line, faults, true);
  else if (words[0] === 'no' && words[1] === 'neighbor') readNeighbor(words.slice(2), bgp, line, faults, false);
  else if (!SILENT_BGP.test(statement)) faults.push({ line, message: `"${statement}" is not read` });
}

function readNeighbor(
  [key, what, value, direction]: readonly string[],
  bgp: BgpDraft,
  line: number,
  faults: { line: number; message: string }[],
  on: boolean,
): void {
  if (key === undefined || what === undefined) return;
  let draft = bgp.neighbors.get(key);
  if (draft === undefined) {
    draft = { line, routeMap: {}, prefixList: {} };
    bgp.neighbors.set(key, draft);
  }
  const way = direction === 'in' || direction === 'out' ? direction : undefined;
  if (what === 'remote-as') draft.asn = value === 'internal' || value === 'external' ? value : Number(value);
  else if (what === 'peer-group') {
    if (value !== undefined) draft.group = value;
  } else if (what === 'shutdown') draft.shutdown = on;
  else if (what === 'activate') draft.activate = on;
  else if (what === 'bfd') draft.bfd = on;
  else if (what === 'next-hop-self') draft.nextHopSelf = on;
  else if (what === 'maximum-prefix') {
    draft.maxPrefixes = Number(value);
    draft.force = direction === 'force';
  } else if (what === 'route-map' && way !== undefined) draft.routeMap[way] = value;
  else if (what === 'prefix-list' && way !== undefined) draft.prefixList[way] = value;
  else if (!SILENT_NEIGHBOR.has(what)) faults.push({ line, message: `"neighbor ${key} ${what}" is not read` });
}

/** The neighbour of an address, with what its peer group gives; nothing for groups and for sessions that are shut down. */
export function neighborOf(bgp: BgpDraft, key: string, policies: Policies): RouterNeighbor[] {
  const address = parseIpv4(key);
  const own = bgp.neighbors.get(key)!;
  if (address === undefined) return [];
  const group = own.group === undefined ? undefined : bgp.neighbors.get(own.group);
  const draft = {
    ...group,
    ...own,
    routeMap: { ...group?.routeMap, ...own.routeMap },
    prefixList: { ...group?.prefixList, ...own.prefixList },
  };
  const asn = draft.asn === 'internal' ? bgp.asn : draft.asn;
  if (asn === undefined || draft.shutdown === true || !(draft.activate ?? bgp.activeByDefault)) return [];
  const inward = policies.policy(draft.routeMap.in, draft.prefixList.in, own.line);
  const outward = policies.policy(draft.routeMap.out, draft.prefixList.out, own.line);
  return [
    {
      address,
      // Any other AS number is taken: 0 stands for it.
      asn: asn === 'external' ? 0 : asn,
      ...(inward === undefined ? {} : { in: inward }),
      ...(outward === undefined ? {} : { out: outward }),
      ...(draft.maxPrefixes === undefined ? {} : { maxPrefixes: draft.maxPrefixes }),
      ...(draft.force === true ? { maxPrefixesForce: true } : {}),
      bfd: draft.bfd ?? false,
      nextHopSelf: draft.nextHopSelf ?? false,
      line: own.line,
    },
  ];
}
