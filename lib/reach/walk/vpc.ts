/** Packets inside a VPC: from an interface or an attachment subnet, by the subnet's route table, to an interface or out. */
import { CLOUDS } from '../../clouds/clouds';
import { formatIpv4 } from '../../estate/addresses/cidr';
import { PEERING_MTU } from '../../facts/packet-sizes';
import { hostOfInterface } from '../host/host';
import { routeTo, sendingSizes, takingSizes } from '../host/packet-sizes';
import { owns, type VpcIndex } from '../index-world';
import { formatRange, holds } from '../range';
import type { NetworkInterface, Origin, Route, Subnet } from '../world';
import { deadEnd, leaveHost, sendsWords } from './host';
import { isPublic, throughNat, toInternet } from './internet';
import type { Outcome } from './outcome';
import { hostService, isResolver } from './services';
import { enterTransit, transitWords } from './transit';
import { crossEdge, drop, reach, type Walk } from './walk';

/**
 * A packet that a host sends. With the source/destination check on, the interface sends only what comes from an address
 * that it owns. Source: EC2 user guide, "Elastic network interfaces" (source/destination checking).
 */
export function leaveInterface(walk: Walk, own: NetworkInterface): Outcome {
  const { index, trace, without } = walk;
  const { vpc, subnet } = index.interfaces.get(own.id)!;
  if (!own.up) return drop(walk, 'HOST_ABSENT', own.host, 'no instance stands on its interface', own.from);
  if (subnet === undefined) return drop(walk, 'NO_ROUTE', own.host, 'its subnet is in no template', own.from);
  if (without.zones.has(subnet.zone)) return drop(walk, 'ZONE_DOWN', own.host, `the zone ${subnet.zone} is down`, own.from);
  if (without.hosts.has(own.host)) return drop(walk, 'HOST_DOWN', own.host, 'the host is down', own.from);
  const before = walk.packet.source;
  const kept = leaveHost(walk, hostOfInterface(own));
  if (kept !== undefined) return kept;
  const { packet } = walk;
  const owned = owns(own, packet.source);
  if (!owned && own.sourceDestCheck)
    return drop(
      walk,
      'SOURCE_CHECK',
      own.host,
      `its interface does not own ${formatIpv4(packet.source)}, and the source/destination check is on`,
      own.from,
    );
  trace?.pass(
    own.host,
    owned ? sendsWords(before, packet) : `sends from its container ${formatIpv4(packet.source)}: source/destination check off`,
    own.from,
    sendingSizes(
      CLOUDS[vpc.vpc.provider ?? 'aws'].mtu,
      routeTo(own.network?.routes ?? [], packet.destination),
      before === own.address ? undefined : own.network?.mtu,
    ),
  );
  return hostService(walk, vpc, own) ?? route(walk, vpc, subnet, own);
}

/** By the table of the subnet that a packet comes from. @param sender absent: it came in through the attachment in this subnet */
export function route(walk: Walk, vpc: VpcIndex, subnet: Subnet, sender: NetworkInterface | undefined): Outcome {
  const { packet, trace } = walk;
  const table = subnet.table === undefined ? vpc.localOnly : (vpc.tables.get(subnet.table) ?? vpc.localOnly);
  const where = tableName(walk, vpc, subnet);
  if (asksEdge(vpc, sender)) crossEdge(walk, subnet, 'egress', packet.destination);
  const endpoint =
    packet.service === undefined ? undefined : walk.index.gatewayEndpoints.get(`${subnet.table} ${packet.service}`);
  if (endpoint !== undefined) return byGatewayEndpoint(walk, vpc, where, endpoint);
  if (vpc.vpc.provider === 'aliyun' && sender?.publicAddress !== undefined && isPublic(packet))
    return toInternet(walk, sender, where, undefined);
  const answer = table.find(packet.destination);
  if (answer === undefined) return drop(walk, 'NO_ROUTE', where, `no route to ${formatIpv4(packet.destination)}`, subnet.from);
  if ('local' in answer) {
    trace?.pass(where, `${formatRange(answer.local)} is local`, subnet.from);
    return local(walk, vpc);
  }
  return follow(walk, vpc, subnet, sender, answer.route, where);
}

function tableName(walk: Walk, vpc: VpcIndex, subnet: Subnet): string {
  if (walk.trace === undefined) return '';
  const table = subnet.table === undefined ? undefined : walk.index.tables.get(subnet.table);
  return `${vpc.vpc.region} route table ${table === undefined ? `of subnet ${subnet.name}: the main one, because no association names another` : table.name}`;
}

/**
 * A gateway endpoint takes what its own VPC's addresses send by a table that it stands in.
 *
 * Source: AWS PrivateLink guide, "Gateway endpoints" (not from outside of the VPC).
 */
function byGatewayEndpoint(walk: Walk, vpc: VpcIndex, where: string, from: Origin): Outcome {
  const { packet, trace } = walk;
  const [region, service] = packet.service!.split(' ');
  if (!vpc.vpc.cidrs.some((c) => holds(c, packet.source)))
    return drop(
      walk,
      'SERVICE_FOREIGN_SOURCE',
      where,
      `its gateway endpoint of ${service} takes addresses of its VPC only`,
      from,
    );
  trace?.pass(where, `leads to ${service} of ${region} by its gateway endpoint`, from);
  return reach(walk, { kind: 'service', words: `${service} of ${region} answers behind its gateway endpoint`, filtered: true });
}

/** The local route reaches addresses that interfaces of the VPC own, nothing else. */
function local(walk: Walk, vpc: VpcIndex, peered = false): Outcome {
  const { packet } = walk;
  const owner = vpc.owners.find(packet.destination);
  if (owner !== undefined) return arrive(walk, vpc, owner, peered);
  if (isResolver(vpc, packet.destination))
    return drop(walk, 'SERVICE_ELSEWHERE', vpc.vpc.region, 'its resolver answers hosts of its own VPC only', vpc.vpc.from);
  return drop(walk, 'NO_OWNER', vpc.vpc.region, `no interface owns ${formatIpv4(packet.destination)}`, vpc.vpc.from);
}

function follow(
  walk: Walk,
  vpc: VpcIndex,
  subnet: Subnet,
  sender: NetworkInterface | undefined,
  taken: Route,
  where: string,
): Outcome {
  const { index, packet, trace } = walk;
  const { target, from } = taken;
  const to = trace === undefined ? '' : formatRange(taken.destination);
  switch (target.kind) {
    case 'interface': {
      const found = index.interfaces.get(target.id);
      if (found === undefined || found.vpc !== vpc)
        return drop(walk, 'ROUTE_TO_NOTHING', where, `${to} leads to an interface that is not in this VPC`, from);
      trace?.pass(where, `${to} leads to the interface of ${found.own.host}`, from);
      return arrive(walk, vpc, found.own, false, taken);
    }
    case 'peering':
      trace?.pass(where, `${to} leads over a peering`, from);
      return cross(walk, vpc, sender, target.id);
    case 'transit':
      trace?.pass(where, `${to} leads to the ${transitWords(vpc.vpc)}`, from);
      return enterTransit(walk, vpc, subnet, target.id);
    case 'internet':
      return toInternet(walk, sender, where, taken);
    case 'nat':
      if (!vpc.vpc.cidrs.some((c) => holds(c, packet.source)))
        return drop(
          walk,
          'NAT_FOREIGN_SOURCE',
          where,
          `${to} leads to the NAT gateway, which takes addresses of its VPC only`,
          from,
        );
      if (!isPublic(packet))
        return drop(
          walk,
          'LEAVES_ESTATE',
          where,
          `${to} leads to the NAT gateway, out of the estate, where nobody has ${formatIpv4(packet.destination)}`,
          from,
        );
      trace?.pass(where, `${to} leads to the NAT gateway, out of the estate`, from);
      return throughNat(walk, vpc, target.id);
    case 'nothing':
      return drop(walk, 'ROUTE_TO_NOTHING', where, `${to} leads to nothing: ${target.words}`, from);
  }
}

/**
 * Over a peering go only packets whose source and destination are addresses of the two VPCs that interfaces own; on the far
 * side no route table is asked.
 *
 * Source: VPC peering guide, "VPC peering basics" and "Unsupported VPC peering configurations".
 */
function cross(walk: Walk, vpc: VpcIndex, sender: NetworkInterface | undefined, id: string): Outcome {
  const { index, packet, trace, without } = walk;
  const peering = index.peerings.get(id);
  const farId =
    peering === undefined
      ? undefined
      : peering.requester === vpc.vpc.id
        ? peering.accepter
        : peering.accepter === vpc.vpc.id
          ? peering.requester
          : undefined;
  const far = farId === undefined ? undefined : index.vpcs.get(farId);
  if (peering === undefined || far === undefined)
    return drop(walk, 'ROUTE_TO_NOTHING', 'peering', 'it does not join this VPC', peering?.from);
  const where = trace === undefined ? '' : `peering of ${vpc.vpc.region} and ${far.vpc.region}`;
  if (without.links.has(id)) return drop(walk, 'LINK_DOWN', where, 'it is down', peering.from);
  if (!peering.accepted) return drop(walk, 'PEERING_NOT_ACCEPTED', where, 'nobody has accepted it', peering.from);
  if (sender === undefined)
    return drop(
      walk,
      'PEERING_NOT_TRANSITIVE',
      where,
      'a peering is not transitive: it takes packets of its own VPC’s interfaces only',
      peering.from,
    );
  if (!owns(sender, packet.source) || !vpc.vpc.cidrs.some((c) => holds(c, packet.source)))
    return drop(
      walk,
      'PEERING_FOREIGN_SOURCE',
      where,
      `${formatIpv4(packet.source)} is no address that an interface of ${vpc.vpc.region} owns: a peering carries nothing else`,
      peering.from,
    );
  const inside = far.vpc.cidrs.some((c) => holds(c, packet.destination));
  const owner = inside ? far.owners.find(packet.destination) : undefined;
  if (owner === undefined)
    return drop(
      walk,
      'PEERING_FOREIGN_DESTINATION',
      where,
      inside
        ? isResolver(far, packet.destination)
          ? `the resolver of ${far.vpc.region} answers hosts of its own VPC only`
          : `no interface of ${far.vpc.region} owns ${formatIpv4(packet.destination)}`
        : `${formatIpv4(packet.destination)} is no address of ${far.vpc.region}: no route table is asked on the far side of a peering`,
      peering.from,
    );
  trace?.pass(
    where,
    `carries it: ${formatIpv4(packet.source)} and ${formatIpv4(packet.destination)} are the VPCs’ own addresses`,
    peering.from,
    peeringMtu(vpc, far),
  );
  // A rule by group looks over a peering only on AWS ("AuthorizeSecurityGroup": both groups in one VPC).
  return arrive(walk, far, owner, vpc.vpc.provider === undefined && vpc.vpc.cloudRegion === far.vpc.cloudRegion);
}

/** Within a region it takes what a VPC does. */
function peeringMtu({ vpc }: VpcIndex, far: VpcIndex): number {
  const own = CLOUDS[vpc.provider ?? 'aws'].mtu;
  return vpc.region === far.vpc.region ? own : Math.min(own, PEERING_MTU);
}

/** Aliyun's network ACLs look at what hosts send and get, not at attachments and load balancers ("Network ACL overview"). */
function asksEdge({ vpc }: VpcIndex, own: NetworkInterface | undefined): boolean {
  return vpc.provider === undefined || (own !== undefined && own.kind !== 'appliance');
}

/** At the interface. With the check on it takes only what is sent to an address that it owns. @param by route that led to it */
function arrive(walk: Walk, vpc: VpcIndex, own: NetworkInterface, peered: boolean, by?: Route): Outcome {
  const { packet, trace, without } = walk;
  const subnet = vpc.subnets.get(own.subnet);
  if (subnet !== undefined && asksEdge(vpc, own)) crossEdge(walk, subnet, 'ingress', packet.source);
  const zone = subnet?.zone ?? '';
  if (without.zones.has(zone)) return drop(walk, 'ZONE_DOWN', own.host, `the zone ${zone} is down`, own.from);
  if (!own.up) return drop(walk, 'HOST_ABSENT', own.host, 'no instance stands on its interface', own.from);
  if (without.hosts.has(own.host)) return deadEnd(walk, own.host, by?.destination, by?.from ?? own.from);
  const owned = owns(own, packet.destination);
  if (!owned && own.sourceDestCheck)
    return drop(
      walk,
      'DESTINATION_CHECK',
      own.host,
      `its interface does not own ${formatIpv4(packet.destination)}, and the source/destination check is on`,
      own.from,
    );
  if (!owned && !own.containers.some((c) => holds(c, packet.destination)))
    return drop(walk, 'NOT_ITS_CONTAINER', own.host, `${formatIpv4(packet.destination)} is none of its containers`, own.from);
  trace?.pass(
    own.host,
    owned ? 'its interface owns the address' : 'forwards it to its container: source/destination check off',
    own.from,
    takingSizes(packet.destination === own.address ? undefined : own.network?.mtu),
  );
  return reach(walk, { kind: 'interface', own, peered });
}
