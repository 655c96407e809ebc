/**
 * A VPC as one router in a namespace: a port a host's interface, a kernel table a subnet chosen by the port that a packet came in
 * on, a port a peering and a port an attachment subnet of a transit gateway. Nothing of lib/reach but what it read.
 */
import type { NetworkInterface, Range, Route, Subnet, Vpc, World } from '../../lib/reach/world';
import { type Namespaces, OTHER_END } from './namespaces';
import { address, isIn, text } from './text';
import { type FilteredPorts, vpcFilter } from './vpc-filter';

/** Ports of a VPC's router, by the id of what is behind them. */
export interface VpcPorts extends FilteredPorts {
  /** By id of the attachment: a device an attachment subnet. */
  readonly attachments: ReadonlyMap<string, readonly { readonly subnet: Subnet; readonly device: string }[]>;
}

/** Kernel table of packets that come over a peering or back from a NAT gateway: they reach the VPC's own addresses and nothing else. */
const LOCAL_ONLY = 99;
const FIRST_SUBNET_TABLE = 100;
/** The address that ICMP comes from. */
const TELLER = '169.254.0.2';

export function addVpcRouting(namespaces: Namespaces, router: string, vpc: Vpc, ports: VpcPorts, world: World): void {
  const rule = (device: string, table: number): void => {
    namespaces.ip(router, `rule add iif ${device} lookup ${table} pref 1000`);
    // A table without a route is no reason to look into another one.
    namespaces.ip(router, `rule add iif ${device} blackhole pref 2000`);
  };
  const local = localRoutes(vpc, ports);
  const routes = (table: number, lines: readonly string[]): void => {
    for (const line of lines) namespaces.ip(router, `route add ${line} table ${table}`);
  };
  vpc.subnets.forEach((subnet, n) => {
    const routeTable = vpc.tables.find((each) => each.id === subnet.table);
    routes(FIRST_SUBNET_TABLE + n, [...local, ...(routeTable?.routes ?? []).map((r) => routeLine(r, subnet, vpc, ports, world))]);
  });
  const tableOf = (id: string): number => FIRST_SUBNET_TABLE + vpc.subnets.findIndex((subnet) => subnet.id === id);
  for (const each of vpc.interfaces) {
    const device = ports.hosts.get(each.id);
    if (device !== undefined) rule(device, tableOf(each.subnet));
  }
  routes(LOCAL_ONLY, local);
  for (const { device } of [...ports.peerings, ...ports.nats]) rule(device, LOCAL_ONLY);
  for (const attached of ports.attachments.values()) for (const { subnet, device } of attached) rule(device, tableOf(subnet.id));
  // Who sends packets that are too large for a peering, a NAT gateway or a transit gateway is told ("Path MTU Discovery").
  namespaces.ip(router, `address add ${TELLER}/32 dev lo`);
  vpc.subnets.forEach((_, n) => {
    namespaces.ip(router, `rule add iif lo ipproto icmp lookup ${FIRST_SUBNET_TABLE + n} pref ${900 + n}`);
  });
  namespaces.filter(router, vpcFilter(vpc, ports));
}

/** The local route: to interfaces' own addresses, each on its port; the rest of the VPC's ranges is nobody's. */
function localRoutes(vpc: Vpc, ports: FilteredPorts): string[] {
  // Of Aliyun's ranges only those of vSwitches are local (VPC, "Route tables": system routes).
  const ranges = vpc.provider === 'aliyun' ? vpc.subnets.map((subnet) => subnet.range) : vpc.cidrs;
  const lines = ranges.map((range) => `blackhole ${text(range)}`);
  for (const each of vpc.interfaces) {
    const device = ports.hosts.get(each.id);
    if (device === undefined) continue;
    for (const range of [{ base: each.address, bits: 32 }, ...each.prefixes]) lines.push(toHost(range, each, device));
  }
  return lines;
}

const toHost = (range: Range, each: NetworkInterface, device: string): string =>
  `${text(range)} via ${address(each.address)} dev ${device} onlink`;

/** A route of the template. What leads to the internet itself ends here: no host has a public address. */
function routeLine(route: Route, subnet: Subnet, vpc: Vpc, ports: VpcPorts, world: World): string {
  const destination = text(route.destination);
  const { target } = route;
  if (target.kind === 'interface') {
    const to = vpc.interfaces.find((each) => each.id === target.id);
    const device = to && ports.hosts.get(to.id);
    if (to && device !== undefined) return toHost(route.destination, to, device);
  }
  if (target.kind === 'peering') {
    const port = ports.peerings.find((each) => each.peering.id === target.id);
    if (port) return `${destination} via ${OTHER_END} dev ${port.device} onlink`;
  }
  if (target.kind === 'nat') {
    const port = ports.nats.find((each) => each.id === target.id);
    if (port) return `${destination} via ${OTHER_END} dev ${port.device} onlink`;
  }
  if (target.kind === 'transit') {
    const gateway = world.transits.find((each) => each.id === target.id);
    const attachment = gateway?.attachments.find((each) => each.to.kind === 'vpc' && each.to.vpc === vpc.id);
    // A gateway is reached in zones where it has a subnet, and only there (Amazon VPC attachments in Amazon VPC Transit Gateways).
    const port = attachment && ports.attachments.get(attachment.id)?.find((each) => each.subnet.zone === subnet.zone);
    if (port) return `${destination} via ${OTHER_END} dev ${port.device} onlink`;
  }
  return `blackhole ${destination}`;
}

/** Whether an address is one that some interface of the VPC owns. */
export function isOwned(vpc: Vpc, value: number): boolean {
  return vpc.interfaces.some((each) => each.address === value || each.prefixes.some((prefix) => isIn(prefix, value)));
}
