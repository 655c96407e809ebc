/** Packets at transit gateways. */
import { CLOUDS } from '../../clouds/clouds';
import { formatIpv4 } from '../../estate/addresses/cidr';
import { TCP_HEADERS, TRANSIT_CLAMPS, TRANSIT_MTU, TRANSIT_TELLS, VPN_MTU } from '../../facts/packet-sizes';
import type { GatewayIndex, VpcIndex } from '../index-world';
import { formatRange } from '../range';
import type { Subnet, TransitAttachment } from '../world';
import type { Hop, Outcome, Sizes } from './outcome';
import { enterRouter } from './router';
import { route } from './vpc';
import { crossEdge, drop, type Walk } from './walk';

/** What its cloud calls it. */
export function transitWords({ provider }: { readonly provider?: 'aliyun' }): string {
  return CLOUDS[provider ?? 'aws'].transit;
}

/**
 * From a VPC into the gateway: by the attachment of the VPC, and only from zones where it has a subnet.
 *
 * Source: VPC guide to transit gateways, "Transit gateway attachments to a VPC" (availability zones).
 */
export function enterTransit(walk: Walk, vpc: VpcIndex, subnet: Subnet, id: string): Outcome {
  const { index, without } = walk;
  const gateway = index.gateways.get(id);
  const attached = gateway?.byVpc.get(vpc.vpc.id);
  const where = `${vpc.vpc.region} ${transitWords(vpc.vpc)}`;
  if (gateway === undefined || attached === undefined)
    return drop(walk, 'NOT_ATTACHED', where, 'the VPC is not attached to it', gateway?.gateway.from);
  const { zone } = subnet;
  if (!attached.zones.has(zone) || without.zones.has(zone))
    return drop(walk, 'ZONE_NOT_ATTACHED', where, `it has no attachment subnet in ${zone}`, attached.attachment.from);
  const entry = walk.entries(attached.attachment).find((each) => each.zone === zone);
  if (entry !== undefined && vpc.vpc.provider === undefined) crossEdge(walk, entry, 'ingress', walk.packet.source);
  return forward(walk, gateway, attached.attachment, zone);
}

/** By the table that the attachment is associated with. @param zone where the packet came from, in the gateway's region */
export function forward(walk: Walk, gateway: GatewayIndex, incoming: TransitAttachment, zone?: string): Outcome {
  const { packet, trace, transitTables } = walk;
  const where = trace === undefined ? '' : `${gateway.gateway.region} ${transitWords(gateway.gateway)}`;
  if (walk.hopsLeft-- <= 0) return drop(walk, 'LOOP', where, 'the packet goes round in a circle', gateway.gateway.from);
  const table = incoming.table === undefined ? undefined : transitTables.get(incoming.table);
  if (table === undefined)
    return drop(walk, 'NOT_ASSOCIATED', where, 'the attachment that it came from is associated with no table', incoming.from);
  const answer = table.find(packet.destination);
  if (answer === undefined)
    return drop(
      walk,
      'NO_ROUTE',
      where,
      `no route to ${formatIpv4(packet.destination)} in the table of the attachment that it came from`,
      incoming.from,
    );
  if (answer.unsettled === true)
    return drop(walk, 'UNSETTLED', where, `what BGP tells of ${formatRange(answer.destination)} does not settle`, incoming.from);
  const from = answer.route?.from ?? answer.attachment?.from;
  if (answer.attachment === undefined)
    return drop(
      walk,
      'BLACKHOLE',
      where,
      `${formatRange(answer.destination)} is a blackhole${answer.route?.nothing === undefined ? '' : `: ${answer.route.nothing}`}`,
      from,
    );
  trace?.pass(
    where,
    `${answer.route === undefined ? 'learned' : 'static'} route ${formatRange(answer.destination)} to ${target(walk, answer.attachment)}${answer.router === undefined ? '' : `, told by ${answer.router.id}`}`,
    from,
    sizesTo(walk, gateway, incoming, answer.attachment),
  );
  return leave(walk, gateway, answer.attachment, zone, where);
}

/** The gateway's own size, and that of the link that it leads to. */
function sizesTo({ index }: Walk, { gateway }: GatewayIndex, incoming: TransitAttachment, { to }: TransitAttachment): Sizes {
  const cloud = gateway.provider ?? 'aws';
  const own = Math.min(TRANSIT_MTU, CLOUDS[cloud].mtu);
  const link = to.kind === 'line' ? index.lines.get(to.line)?.mtu : to.kind === 'vpn' ? VPN_MTU[cloud] : undefined;
  const tells: readonly string[] = TRANSIT_TELLS[cloud];
  return {
    limits: [
      { mtu: own, told: tells.includes(incoming.to.kind) },
      ...(link === undefined || link >= own ? [] : [{ mtu: link, told: false }]),
    ],
    ...(TRANSIT_CLAMPS[cloud] ? { segment: own - TCP_HEADERS } : {}),
  };
}

function target({ index }: Walk, { to }: TransitAttachment): string {
  switch (to.kind) {
    case 'vpc':
      return 'the attachment of the VPC';
    case 'peering':
      return 'the peering of the gateways';
    case 'line':
      return `the leased line of ${index.lines.get(to.line)?.from.stack}`;
    case 'vpn':
      return `the VPN of ${index.vpns.get(to.vpn)?.from.stack}`;
  }
}

function leave(
  walk: Walk,
  gateway: GatewayIndex,
  attachment: TransitAttachment,
  zone: string | undefined,
  where: string,
): Outcome {
  const { to } = attachment;
  if (to.kind === 'vpc') return enterVpc(walk, attachment, to, zone);
  const { index, without, packet } = walk;
  const id = to.kind === 'peering' ? to.peering : to.kind === 'line' ? to.line : to.vpn;
  if (without.links.has(id)) return drop(walk, 'LINK_DOWN', where, 'that link is down', attachment.from);
  if (to.kind === 'peering') {
    const peering = index.transitPeerings.get(id);
    const other =
      peering === undefined
        ? undefined
        : index.gateways.get(peering.requester === gateway.gateway.id ? peering.accepter : peering.requester);
    const far = other?.attachments.get(attachment.id);
    if (peering === undefined || other === undefined || far === undefined || !peering.accepted)
      return drop(
        walk,
        'PEERING_NOT_ACCEPTED',
        where,
        'the other gateway has not accepted the peering',
        peering?.from ?? attachment.from,
      );
    return forward(walk, other, far);
  }
  const behind = routerBehind(walk, to);
  if (behind === undefined)
    return drop(
      walk,
      'ROUTER_DOWN',
      where,
      `no router has the other address of ${to.kind === 'line' ? 'the line' : 'its tunnels'}`,
      attachment.from,
    );
  return enterRouter(walk, behind.router, packet, behind.address);
}

function routerBehind({ index, without }: Walk, to: Extract<TransitAttachment['to'], { kind: 'line' | 'vpn' }>) {
  const addresses =
    to.kind === 'line'
      ? [index.lines.get(to.line)?.idcAddress ?? -1]
      : (index.vpns.get(to.vpn)?.tunnels.map((t) => t.idcAddress) ?? []);
  return addresses
    .flatMap((address) => {
      const router = index.routerAt.get(address);
      return router === undefined || without.routers.has(router.id) ? [] : [{ router, address }];
    })
    .at(0);
}

/**
 * Into a VPC: the table of the ATTACHMENT subnet decides where the packet goes. It comes out in the zone that it came from,
 * where the attachment has a subnet there; from elsewhere in any: then it must arrive from each of them.
 *
 * Source: VPC guide to transit gateways, "Transit gateway attachments to a VPC", "Transit gateway appliance scenario".
 */
function enterVpc(
  walk: Walk,
  attachment: TransitAttachment,
  to: Extract<TransitAttachment['to'], { kind: 'vpc' }>,
  zone: string | undefined,
): Outcome {
  const { index } = walk;
  const vpc = index.vpcs.get(to.vpc)!;
  const alive = walk.entries(attachment);
  const same = alive.filter((s) => s.zone === zone);
  const entries = same.length > 0 ? same : alive;
  const [only, ...others] = entries;
  if (only === undefined)
    return drop(
      walk,
      'ZONE_NOT_ATTACHED',
      `${vpc.vpc.region} attachment`,
      'no zone that it has a subnet in is up',
      attachment.from,
    );
  // Subnets with one table do the same.
  if (others.every((s) => s.table === only.table)) return route(walk, vpc, only, undefined);
  return fromEach(walk, vpc, entries);
}

/** The first way that fails, or the first of all. */
function fromEach(walk: Walk, vpc: VpcIndex, entries: readonly Subnet[]): Outcome {
  const { trace } = walk;
  const mark = trace?.hops.length ?? 0;
  let first: Outcome | undefined;
  let firstHops: Hop[] = [];
  for (const subnet of entries) {
    trace?.hops.splice(mark);
    const outcome = route({ ...walk }, vpc, subnet, undefined);
    if ('dropped' in outcome) return outcome;
    if (first === undefined) {
      first = outcome;
      firstHops = trace?.hops.slice(mark) ?? [];
    }
  }
  trace?.hops.splice(mark, Number.POSITIVE_INFINITY, ...firstHops);
  return first!;
}
