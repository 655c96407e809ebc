/** The way out of the estate and in from outside: NAT gateways, internet gateways, public addresses. */
import { CLOUDS } from '../../clouds/clouds';
import { cidr, formatIpv4 } from '../../estate/addresses/cidr';
import { INTERNET_MTU } from '../../facts/packet-sizes';
import { NOT_PUBLIC } from '../../facts/ranges';
import { owns, type VpcIndex } from '../index-world';
import { formatRange, holds } from '../range';
import type { NatGateway, NetworkInterface, Route, Subnet } from '../world';
import { deadEnd } from './host';
import type { Outcome } from './outcome';
import { crossEdge, drop, type Packet, reach, type Walk } from './walk';

const RANGES = NOT_PUBLIC.map((text) => cidr(text));

/** Whether the internet carries packets to it, and nobody of the estate has it. */
export function isPublic({ estate, destination }: Packet): boolean {
  return !estate && isPublicAddress(destination);
}

export function isPublicAddress(address: number): boolean {
  return !RANGES.some((range) => holds(range, address));
}

/** Straight through the internet gateway: only with a public address, and only for what the interface itself owns. */
export function toInternet(walk: Walk, sender: NetworkInterface | undefined, where: string, taken: Route | undefined): Outcome {
  const { packet, trace } = walk;
  const to = trace === undefined || taken === undefined ? '' : `${formatRange(taken.destination)} leads to the internet gateway`;
  if (sender?.publicAddress === undefined || !owns(sender, packet.source))
    return drop(walk, 'NO_PUBLIC_ADDRESS', where, `${to}, and ${formatIpv4(packet.source)} has no public address`, taken?.from);
  if (!isPublic(packet))
    return drop(
      walk,
      'LEAVES_ESTATE',
      where,
      `${to}, out of the estate, where nobody has ${formatIpv4(packet.destination)}`,
      taken?.from,
    );
  trace?.pass(
    where,
    to === '' ? 'its public address leads out of the estate' : `${to}, out of the estate by its public address`,
    sender.publicAddress,
    INTERNET_MTU,
  );
  return reach(walk, { kind: 'outside', by: 'own address' });
}

/**
 * A NAT gateway that stands in a zone fails with it, and sends on by the table of its own subnet.
 *
 * Source: VPC user guide, "NAT gateway basics", "NAT gateway use cases".
 */
export function throughNat(walk: Walk, vpc: VpcIndex, id: string): Outcome {
  const { index, packet, trace, without } = walk;
  const nat = index.nats.get(id);
  const outside = { kind: 'outside', by: 'NAT' } as const;
  if (nat === undefined) return reach(walk, outside);
  const where = `${vpc.vpc.region} NAT gateway ${nat.name}`;
  if (!nat.public) return drop(walk, 'NO_PUBLIC_ADDRESS', where, 'it has no public address', nat.from);
  const subnet = nat.subnet === undefined ? undefined : vpc.subnets.get(nat.subnet);
  if (subnet === undefined || !CLOUDS[vpc.vpc.provider ?? 'aws'].natInZone) {
    trace?.pass(where, 'sends it from its own address', nat.from, INTERNET_MTU);
    return reach(walk, outside);
  }
  if (without.zones.has(subnet.zone)) return drop(walk, 'ZONE_DOWN', where, `its zone ${subnet.zone} is down`, nat.from);
  crossEdge(walk, subnet, 'ingress', packet.source);
  crossEdge(walk, subnet, 'egress', packet.destination, true);
  const why = withoutInternet(vpc, subnet, nat, packet.destination);
  if (why !== undefined) return drop(walk, 'NAT_WITHOUT_INTERNET', where, why, nat.from);
  trace?.pass(where, 'sends it from its own address, by the internet gateway', nat.from, INTERNET_MTU);
  return reach(walk, outside);
}

/** Why the table of a gateway's subnet doesn't lead to the internet; undefined where it does. */
function withoutInternet(vpc: VpcIndex, subnet: Subnet, nat: NatGateway, destination: number): string | undefined {
  const table = subnet.table === undefined ? vpc.localOnly : (vpc.tables.get(subnet.table) ?? vpc.localOnly);
  const answer = table.find(destination);
  const its = `the table of its subnet ${subnet.name}`;
  if (answer === undefined || 'local' in answer) return `${its} has no route to ${formatIpv4(destination)}`;
  const { target } = answer.route;
  if (target.kind === 'internet') return undefined;
  if (target.kind === 'nothing') return `${its} leads to nothing: ${target.words}`;
  return target.kind === 'nat' && target.id === nat.id ? `${its} leads back to it` : `${its} leads to no internet gateway`;
}

/** A packet from the internet to a host: to its public address, which stands for its own. Aliyun's need no route. */
export function enterFromInternet(walk: Walk, own: NetworkInterface, container: boolean): Outcome {
  const { index, packet, trace, without } = walk;
  const { subnet } = index.interfaces.get(own.id)!;
  const balancer = index.balancers.get(own.id);
  if (balancer !== undefined && !balancer.internetFacing)
    return drop(walk, 'NOT_INTERNET_FACING', own.host, 'it is internal: its addresses are private', balancer.from);
  if (own.publicAddress === undefined || container)
    return drop(
      walk,
      'NO_PUBLIC_ADDRESS',
      own.host,
      `${formatIpv4(packet.destination)} is private, and no public address leads to it`,
      own.from,
    );
  if (subnet !== undefined && without.zones.has(subnet.zone))
    return drop(walk, 'ZONE_DOWN', own.host, `the zone ${subnet.zone} is down`, own.from);
  if (!own.up) return drop(walk, 'HOST_ABSENT', own.host, 'no instance stands on its interface', own.from);
  if (without.hosts.has(own.host)) return deadEnd(walk, own.host, undefined, own.from);
  if (subnet !== undefined) crossEdge(walk, subnet, 'ingress', packet.source);
  trace?.pass(own.host, 'its public address leads to it', own.publicAddress, INTERNET_MTU);
  return reach(walk, { kind: 'interface', own, peered: false });
}
