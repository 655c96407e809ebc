/** Who reaches whom in the whole estate, by classes of endpoints instead of pairs of hosts. */
import { hostOf, send } from './answer';
import { type AtomOf, atomsOf } from './atoms';
import { classKeys } from './classes';
import { pastEdges } from './edges';
import { type Endpoint, ofIdcHost, ofInterface } from './endpoint';
import { bridgeOf, type HostVerdict, passHost } from './host/host';
import type { HostNetwork } from './host/model';
import { type AskHost, hostSteps, narrowed, routerSteps, throughAll } from './host-judge';
import { allowed } from './judge';
import { type Passage, passages, portWords } from './rules';
import type { DropCode, Outcome } from './walk/outcome';
import { type Topology, topologyOf } from './walk/topology';
import type { Without } from './without';
import type { World } from './world';

export interface EndpointClass {
  /** `sa-east-1-core-storage-*`, with `:container`; a class that is only a part of its fleet says how many: `... (1 of 40)`. */
  readonly name: string;
  readonly place: string;
  /** `sa-east-1-core-storage-*`, with `:container`: its fleet, whole. */
  readonly fleet: string;
  readonly container: boolean;
  readonly members: readonly Endpoint[];
}

export type Cell =
  | { readonly yes: true /** What the rules let in. */; readonly ports: readonly string[] }
  | { readonly yes: false; readonly code: DropCode /** The packet arrives and its reply doesn't. */; readonly reply?: true };

export interface Matrix {
  /** Sorted by place and name. */
  readonly classes: readonly EndpointClass[];
  /** Row: from. Column: to. Undefined where a class of one host meets itself. */
  readonly cells: readonly (readonly (Cell | undefined)[])[];
}

export function classesOf(world: World, without?: Without): EndpointClass[] {
  const key = classKeys(world);
  const byKey = new Map<string, { fleet: string; place: string; container: boolean; members: Endpoint[] }>();
  const sizes = new Map<string, number>();
  const add = (endpoint: Endpoint, hosts: string, down: boolean) => {
    const { place, container } = endpoint;
    const fleet = container ? `${hosts}:container` : hosts;
    const text = `${fleet} ${down} ${key(endpoint)}`;
    sizes.set(fleet, (sizes.get(fleet) ?? 0) + 1);
    const found = byKey.get(text);
    if (found === undefined) byKey.set(text, { fleet, place, container, members: [endpoint] });
    else found.members.push(endpoint);
  };
  for (const vpc of world.vpcs) {
    const down = new Map(vpc.subnets.map((s) => [s.id, without?.zones.has(s.zone) === true]));
    for (const own of vpc.interfaces) {
      const hosts = fleetOf(own.host);
      const isDown = down.get(own.subnet) === true || without?.hosts.has(own.host) === true;
      for (const container of BOTH) for (const endpoint of ofInterface(own, vpc.region, container)) add(endpoint, hosts, isDown);
    }
  }
  for (const host of world.idcHosts) {
    const hosts = fleetOf(host.host);
    for (const container of BOTH)
      for (const endpoint of ofIdcHost(host, container)) add(endpoint, hosts, without?.hosts.has(host.host) === true);
  }
  return [...byKey.values()]
    .map(({ fleet, place, container, members }) => {
      const all = sizes.get(fleet)!;
      const part = `${members.length === 1 ? members[0]!.name : fleet} (${members.length} of ${all})`;
      return { name: members.length === all ? fleet : part, place, fleet, container, members };
    })
    .sort((a, b) => (a.place === b.place ? compare(a.name, b.name) : compare(a.place, b.place)));
}

const BOTH = [false, true] as const;

/** `sa-east-1-core-storage-*` of `sa-east-1-core-storage-3`; elastic: `sa-east-1-core-adserver@*`. */
function fleetOf(host: string): string {
  const at = host.indexOf('@');
  if (at >= 0) return `${host.slice(0, at)}@*`;
  return host.replace(/-\d+$/, '-*');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function reachMatrix(world: World, without?: Without): Matrix {
  const topology = topologyOf(world, without);
  const classes = classesOf(world, without);
  const outcomes: Outcome[][] = classes.map(() => []);
  const pairs: ([Endpoint, Endpoint] | undefined)[][] = classes.map(() => []);
  for (const [i, a] of classes.entries()) {
    for (const [j, b] of classes.entries()) {
      const pair = twoHosts(a, b);
      pairs[i]![j] = pair;
      if (pair !== undefined) outcomes[i]![j] = send(topology, pair[0], pair[1]);
    }
  }
  const words = new WeakMap<readonly Passage[], string[]>();
  const wordsOf = (list: readonly Passage[]) => {
    let text = words.get(list);
    if (text === undefined) {
      text = portWords(list);
      words.set(list, text);
    }
    return text;
  };
  const atomOf = atomsOf(world);
  const ask = remembered(atomOf);
  const askHost = rememberedHosts(atomOf);
  const cells = classes.map((_, i) =>
    classes.map((__, j): Cell | undefined => {
      const pair = pairs[i]![j];
      if (pair === undefined) return undefined;
      const going = outcomes[i]![j]!;
      if ('dropped' in going) return dropped(going.dropped, false);
      const [from, to] = pair;
      const seen = going.source === undefined ? from : { ...from, address: going.source };
      const { out, into, through } = allowed(topology, seen, to, going.arrived, ask);
      if (out?.length === 0) return dropped('EGRESS_RULES', false);
      if (through.length === 0 && into !== undefined) return dropped('INGRESS_RULES', false);
      const steps = [...hostSteps(from, to, going, askHost), ...routerSteps(going, false)];
      const first = narrowed(through, throughAll(steps));
      if (first.length === 0) return dropped('HOST_FILTER', false);
      const coming = replyOf(topology, pair, seen, outcomes[j]![i]!);
      if ('dropped' in coming) return dropped(coming.dropped, true);
      const open = narrowed(first, throughAll(routerSteps(coming, true)));
      if (open.length === 0) return dropped('HOST_FILTER', true);
      if (going.crossings === undefined && coming.crossings === undefined) return { yes: true, ports: wordsOf(open) };
      const left = pastEdges(topology.index, open, going.crossings, coming.crossings);
      return left.length === 0 ? dropped('NETWORK_ACL', false) : { yes: true, ports: wordsOf(left) };
    }),
  );
  return { classes, cells };
}

/** A first packet the other way is the reply, where no host changes addresses. */
function replyOf(topology: Topology, [from, to]: readonly [Endpoint, Endpoint], seen: Endpoint, first: Outcome): Outcome {
  const same = 'arrived' in first ? first.source === undefined : first.dropped !== 'HOST_FILTER';
  return same && seen === from ? first : send(topology, to, seen, undefined, true);
}

function dropped(code: DropCode, reply: boolean): Cell {
  return reply ? { yes: false, code, reply } : { yes: false, code };
}

/** A host's filter, asked about addresses that no rule tells apart, says the same. */
function rememberedHosts(atomOf: AtomOf): AskHost {
  const known = new Map<HostNetwork, Map<string, HostVerdict>>();
  return (host, passing) => {
    const { near, far, leaves, reply, masqueraded } = passing;
    let verdicts = known.get(host.network);
    if (verdicts === undefined) {
      verdicts = new Map();
      known.set(host.network, verdicts);
    }
    const key = `${near === host.address ? '' : bridgeOf(host, near)} ${atomOf(near)} ${atomOf(far)} ${leaves} ${reply} ${masqueraded}`;
    let found = verdicts.get(key);
    if (found === undefined) {
      found = passHost(host, passing);
      verdicts.set(key, found);
    }
    return found;
  };
}

/** The same groups, asked about addresses that no rule tells apart, say the same. */
function remembered(atomOf: AtomOf): typeof passages {
  const known = new Map<string, Map<number, Passage[]>>();
  return (index, own, direction, other) => {
    // Rules by group look at the other interface.
    if (other.own !== undefined) return passages(index, own, direction, other);
    const key = direction + (own.groups.length === 1 ? own.groups[0] : own.groups.join());
    let byAtom = known.get(key);
    if (byAtom === undefined) {
      byAtom = new Map();
      known.set(key, byAtom);
    }
    const atom = atomOf(other.address);
    let found = byAtom.get(atom);
    if (found === undefined) {
      found = passages(index, own, direction, other);
      byAtom.set(atom, found);
    }
    return found;
  };
}

/** One endpoint of each class, on different hosts. */
function twoHosts(a: EndpointClass, b: EndpointClass): [Endpoint, Endpoint] | undefined {
  const from = a.members[0]!;
  const to = b.members[0]!;
  if (hostOf(from) !== hostOf(to)) return [from, to];
  if (b.members.length > 1) return [from, b.members[1]!];
  return a.members.length > 1 ? [a.members[1]!, to] : undefined;
}
