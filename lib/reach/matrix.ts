/** Who reaches whom in the whole estate, by classes of endpoints instead of pairs of hosts. */
import { hostOf, send } from './answer';
import { classKeys } from './classes';
import { type Endpoint, ofIdcHost, ofInterface } from './endpoint';
import { allowed } from './judge';
import { portWords } from './rules';
import type { DropCode, Outcome } from './walk/outcome';
import { topologyOf } from './walk/topology';
import type { Without } from './without';
import type { World } from './world';

export interface EndpointClass {
  /** `sa-east-1-core-storage-*`, with `:container`; a class that is only a part of its fleet says how many: `... (1 of 40)`. */
  readonly name: string;
  readonly place: string;
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
  const add = (endpoint: Endpoint, zone: string) => {
    const { name, place, container } = endpoint;
    const fleet = name.replace(/(?:-\d+|@[^:]*)(?=$|:container$)/, (part) => (part.startsWith('@') ? '@*' : '-*'));
    const down = without?.zones.has(zone) === true;
    const text = `${fleet} ${down} ${key(endpoint)}`;
    sizes.set(fleet, (sizes.get(fleet) ?? 0) + 1);
    const found = byKey.get(text);
    if (found === undefined) byKey.set(text, { fleet, place, container, members: [endpoint] });
    else found.members.push(endpoint);
  };
  for (const vpc of world.vpcs) {
    const zones = new Map(vpc.subnets.map((s) => [s.id, s.zone]));
    for (const own of vpc.interfaces) {
      for (const container of [false, true])
        for (const endpoint of ofInterface(own, vpc.region, container)) add(endpoint, zones.get(own.subnet) ?? '');
    }
  }
  for (const host of world.idcHosts) {
    for (const container of [false, true]) for (const endpoint of ofIdcHost(host, container)) add(endpoint, '');
  }
  return [...byKey.values()]
    .map(({ fleet, place, container, members }) => ({
      name:
        members.length === sizes.get(fleet)
          ? fleet
          : `${members.length === 1 ? members[0]!.name : fleet} (${members.length} of ${sizes.get(fleet)})`,
      place,
      container,
      members,
    }))
    .sort((a, b) => (a.place === b.place ? compare(a.name, b.name) : compare(a.place, b.place)));
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
  const cells = classes.map((_, i) =>
    classes.map((__, j): Cell | undefined => {
      const pair = pairs[i]![j];
      if (pair === undefined) return undefined;
      const going = outcomes[i]![j]!;
      if ('dropped' in going) return { yes: false, code: going.dropped };
      const { out, into, through } = allowed(topology, pair[0], pair[1], going.arrived);
      if (out?.length === 0) return { yes: false, code: 'EGRESS_RULES' };
      if (through.length === 0 && into !== undefined) return { yes: false, code: 'INGRESS_RULES' };
      const coming = outcomes[j]![i]!;
      if ('dropped' in coming) return { yes: false, code: coming.dropped, reply: true };
      return { yes: true, ports: portWords(through) };
    }),
  );
  return { classes, cells };
}

/** One endpoint of each class, on different hosts. */
function twoHosts(a: EndpointClass, b: EndpointClass): [Endpoint, Endpoint] | undefined {
  const from = a.members[0]!;
  const to = b.members[0]!;
  if (hostOf(from) !== hostOf(to)) return [from, to];
  if (b.members.length > 1) return [from, b.members[1]!];
  return a.members.length > 1 ? [a.members[1]!, to] : undefined;
}
