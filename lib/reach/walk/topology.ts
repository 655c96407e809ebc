/** The World as it routes while some of it is down: VPC tables as they were emitted, transit tables with what BGP taught them. */
import { type BgpState, settleBgp } from '../bgp/routes';
import { indexWorld, type WorldIndex } from '../index-world';
import { LongestPrefix } from '../longest-prefix';
import { rangeKey } from '../range';
import { NOTHING_DOWN, type Without } from '../without';
import type { Range, Router, Subnet, TransitAttachment, TransitGateway, TransitRoute, TransitTable, World } from '../world';

/** What a transit table answers. */
export interface TransitAnswer {
  readonly destination: Range;
  /** Undefined: blackhole. */
  readonly attachment?: TransitAttachment;
  /** Static, with where it stands; otherwise propagated. */
  readonly route?: TransitRoute;
  /** BGP goes on changing it. */
  readonly unsettled?: true;
  /** Router that told it. */
  readonly router?: Router;
  readonly pathLength: number;
}

export interface Topology {
  readonly index: WorldIndex;
  readonly without: Without;
  readonly bgp: BgpState;
  /** By id of the transit table. */
  readonly transitTables: ReadonlyMap<string, LongestPrefix<TransitAnswer>>;
  /** Attachment subnets of a VPC's attachment whose zones are up. */
  readonly entries: (attachment: TransitAttachment) => readonly Subnet[];
}

const known = new WeakMap<World, WeakMap<Without, Topology>>();

export function topologyOf(world: World, without: Without = NOTHING_DOWN): Topology {
  const before = known.get(world)?.get(without);
  if (before !== undefined) return before;
  const index = indexWorld(world);
  const bgp = settleBgp(world, without);
  const transitTables = new Map<string, LongestPrefix<TransitAnswer>>();
  for (const gateway of world.transits) {
    for (const table of gateway.tables) transitTables.set(table.id, transitTable(index, bgp, gateway, table));
  }
  const topology = { index, without, bgp, transitTables, entries: entriesOf(index, without) };
  if (!known.has(world)) known.set(world, new WeakMap());
  known.get(world)!.set(without, topology);
  return topology;
}

function entriesOf(index: WorldIndex, without: Without): Topology['entries'] {
  const found = new Map<string, readonly Subnet[]>();
  return ({ id, to }) => {
    let subnets = found.get(id);
    if (subnets === undefined) {
      const all = to.kind === 'vpc' ? to.subnets.map((subnet) => index.vpcs.get(to.vpc)?.subnets.get(subnet)) : [];
      subnets = all.filter((s) => s !== undefined && !without.zones.has(s.zone)) as Subnet[];
      found.set(id, subnets);
    }
    return subnets;
  };
}

/** Order among propagated routes to the same range: VPCs, Direct Connect, VPN; among VPNs the shorter path. */
const RANK = { vpc: 0, line: 1, vpn: 2, peering: 3 } as const;

/**
 * Longest prefix; static before propagated at the same length.
 *
 * Source: VPC guide to transit gateways, "Route evaluation order".
 */
function transitTable(
  index: WorldIndex,
  bgp: BgpState,
  gateway: TransitGateway,
  table: TransitTable,
): LongestPrefix<TransitAnswer> {
  const attachments = index.gateways.get(gateway.id)!.attachments;
  const answers = new LongestPrefix<TransitAnswer>();
  for (const route of table.routes) {
    const attachment = route.attachment === undefined ? undefined : attachments.get(route.attachment);
    answers.add(route.destination, {
      destination: route.destination,
      route,
      pathLength: 0,
      ...(attachment === undefined ? {} : { attachment }),
    });
  }
  const propagated = table.propagated
    .map((id) => attachments.get(id))
    .filter((attachment) => attachment !== undefined)
    .flatMap((attachment) => learnedBy(index, bgp, attachment));
  propagated.sort(
    (a, b) =>
      RANK[a.attachment!.to.kind] - RANK[b.attachment!.to.kind] ||
      a.pathLength - b.pathLength ||
      rangeKey(a.destination) - rangeKey(b.destination) ||
      (a.attachment!.id < b.attachment!.id ? -1 : 1),
  );
  for (const answer of propagated) answers.add(answer.destination, answer);
  return answers;
}

function learnedBy(index: WorldIndex, bgp: BgpState, attachment: TransitAttachment): TransitAnswer[] {
  const { to } = attachment;
  if (to.kind === 'vpc')
    return (index.vpcs.get(to.vpc)?.vpc.cidrs ?? []).map((destination) => ({ destination, attachment, pathLength: 0 }));
  if (to.kind === 'peering') return [];
  const id = to.kind === 'line' ? to.line : to.vpn;
  const changing = bgp.unsettled.get(id);
  return [
    ...[...(changing?.values() ?? [])].map((destination) => ({
      destination,
      attachment,
      unsettled: true as const,
      pathLength: 0,
    })),
    ...(bgp.learned.get(id) ?? [])
      .filter(({ prefix }) => changing?.has(rangeKey(prefix)) !== true)
      .map(({ prefix, path, router }) => ({ destination: prefix, attachment, router, pathLength: path.length })),
  ];
}
