/** Packets that go round in a circle or into a hole: of every class of hosts, to every class and to what every route leads to. */
import { send } from '../answer';
import type { Endpoint } from '../endpoint';
import { classesOf } from '../matrix';
import { formatRange, rangeKey } from '../range';
import { type DropCode, Trace } from '../walk/outcome';
import { type Topology, topologyOf } from '../walk/topology';
import type { Range, World } from '../world';
import { type Remark, type RemarkCode, remark } from './remark';

const HOLES: Partial<Record<DropCode, readonly [RemarkCode, string]>> = {
  LOOP: ['REACH_LOOP', 'let one of the routes on the circle lead elsewhere'],
  BLACKHOLE: ['REACH_BLACKHOLE', 'let a longer or a nearer route lead to who has the address'],
  ROUTE_TO_NOTHING: ['REACH_BLACKHOLE', 'let the route lead to something that stands'],
  NOT_ATTACHED: ['REACH_BLACKHOLE', 'attach the network to the gateway'],
  NOT_ASSOCIATED: ['REACH_BLACKHOLE', 'associate the attachment with a table'],
  NAT_WITHOUT_INTERNET: ['REACH_BLACKHOLE', 'give the table of the NAT gateway’s subnet a route to the internet gateway'],
  UNSETTLED: ['REACH_UNSETTLED', 'let no two routers prefer what the other tells'],
};

/** One remark for what decides, however many packets meet it. */
export function lostPackets(world: World): Remark[] {
  const topology = topologyOf(world);
  const classes = classesOf(world).map(({ members }) => members[0]!);
  const found = new Map<string, Remark>();
  for (const from of classes) {
    for (const to of classes) look(topology, from, to, HOLES, found);
    // Nobody has most of these: only a circle is a fault there, a null route is meant.
    for (const range of routed(world)) look(topology, from, somebodyIn(range), { LOOP: HOLES.LOOP! }, found);
    look(topology, from, OUTSIDE, { NAT_WITHOUT_INTERNET: HOLES.NAT_WITHOUT_INTERNET!, LOOP: HOLES.LOOP! }, found);
  }
  return [...found.values()];
}

function look(topology: Topology, from: Endpoint, to: Endpoint, holes: typeof HOLES, found: Map<string, Remark>): void {
  const outcome = send(topology, from, to);
  if (!('dropped' in outcome)) return;
  const hole = holes[outcome.dropped];
  if (hole === undefined) return;
  const trace = new Trace();
  send(topology, from, to, trace);
  const last = trace.hops.at(-1);
  const origin = last?.from ?? { stack: last?.where ?? from.name, logicalId: 'path' };
  const key = `${hole[0]} ${origin.stack} ${origin.logicalId}`;
  if (!found.has(key))
    found.set(key, remark(hole[0], origin, `${from.name} -> ${to.name}: ${last?.where}: ${last?.words}`, hole[1]));
}

/** Every range that a route leads to, once. */
function routed(world: World): Range[] {
  const all = [
    ...world.vpcs.flatMap(({ tables }) =>
      tables.flatMap(({ routes }) =>
        routes.flatMap(({ destination, target }) => (target.kind === 'interface' ? [] : [destination])),
      ),
    ),
    ...world.transits.flatMap(({ tables }) => tables.flatMap(({ routes }) => routes.map(({ destination }) => destination))),
    ...world.routers.flatMap(({ statics, originates }) => [...statics.map(({ destination }) => destination), ...originates]),
  ];
  return [...new Map(all.map((range) => [rangeKey(range), range])).values()].filter(({ bits }) => bits > 0);
}

/** An address near the end of a range: hosts begin at its start. */
function somebodyIn(range: Range): Endpoint {
  const address = range.base + (range.bits >= 31 ? 0 : 2 ** (32 - range.bits) - 2);
  return { name: formatRange(range), place: '', address, container: false, at: { kind: 'outside' } };
}

const OUTSIDE: Endpoint = { name: 'internet', place: '', address: 0x08080808, container: false, at: { kind: 'outside' } };
