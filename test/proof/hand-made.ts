/** Worlds written by hand, for what the kernel model itself must do: two VPCs, joined by a peering or by transit gateways. */
import { cidr, parseIpv4 } from '../../lib/estate/addresses/cidr';
import type {
  NetworkInterface,
  Origin,
  Range,
  Route,
  RouteTable,
  RouteTarget,
  SecurityRule,
  Subnet,
  TransitGateway,
  TransitRoute,
  Vpc,
  World,
} from '../../lib/reach/world';

const from: Origin = { stack: 'hand/made', logicalId: 'Hand' };

export const range = (text: string): Range => cidr(text);
export const route = (destination: string, target: RouteTarget): Route => ({ destination: range(destination), target, from });
export const rule = (protocol: SecurityRule['protocol'], ports: readonly [number, number], peer: string): SecurityRule => ({
  protocol,
  fromPort: ports[0],
  toPort: ports[1],
  peer: /^\d/.test(peer) ? { kind: 'range', range: range(peer) } : { kind: 'group', id: peer },
  from,
});

export const ALL = rule('-1', [0, 65535], '0.0.0.0/0');

/** What differs from one World to the next. */
export interface Changes {
  /** Routes of every VPC's table `hosts`. */
  readonly hosts?: Readonly<Record<string, readonly Route[]>>;
  /** Routes of every VPC's table `attachment`. */
  readonly attachment?: Readonly<Record<string, readonly Route[]>>;
  readonly interfaces?: Readonly<Record<string, Partial<NetworkInterface>>>;
  readonly ingress?: readonly SecurityRule[];
  readonly egress?: readonly SecurityRule[];
  readonly transit?: Readonly<Record<string, Partial<TransitGateway>>>;
}

/** A VPC `10.<n>.0.0/16` with two hosts in zone a, one in zone b, each with containers `172.16.<n><k>.0/24`, and attachment subnets in zone a. */
export function vpc(n: number, changes: Changes = {}): Vpc {
  const id = `vpc${n}`;
  const table = (name: string, routes: readonly Route[]): RouteTable => ({ id: `${id}/${name}`, name, routes, from });
  const subnet = (name: string, zone: string, third: number, tableName: string): Subnet => ({
    id: `${id}/${name}`,
    name,
    zone,
    range: range(`10.${n}.${third}.0/24`),
    table: `${id}/${tableName}`,
    from,
  });
  const host = (k: number, subnetName: string, address: string): NetworkInterface => ({
    id: `${id}/h${k}`,
    host: `v${n}h${k}`,
    subnet: `${id}/${subnetName}`,
    kind: 'member',
    address: parseIpv4(address)!,
    prefixes: [],
    sourceDestCheck: false,
    groups: [`${id}/group`],
    containers: [range(`172.16.${n}${k}.0/24`)],
    up: true,
    from,
    ...changes.interfaces?.[`v${n}h${k}`],
  });
  return {
    id,
    region: `region-${n}`,
    cloudRegion: `region-${n}`,
    account: '111111111111',
    cidrs: [range(`10.${n}.0.0/16`)],
    subnets: [
      subnet('MembersA', 'a', 1, 'hosts'),
      subnet('MembersB', 'b', 2, 'hosts'),
      subnet('AttachmentA', 'a', 3, 'attachment'),
    ],
    tables: [table('hosts', changes.hosts?.[id] ?? []), table('attachment', changes.attachment?.[id] ?? [])],
    groups: [{ id: `${id}/group`, name: 'group', ingress: changes.ingress ?? [ALL], egress: changes.egress ?? [ALL], from }],
    interfaces: [host(1, 'MembersA', `10.${n}.1.11`), host(2, 'MembersA', `10.${n}.1.12`), host(3, 'MembersB', `10.${n}.2.13`)],
    from,
  };
}

/** The host-gw routes of a VPC's hosts. */
export const hostRoutes = (n: number): Route[] =>
  [1, 2, 3].map((k) => route(`172.16.${n}${k}.0/24`, { kind: 'interface', id: `vpc${n}/h${k}` }));

const nothing = { peerings: [], transits: [], transitPeerings: [], lines: [], vpns: [], routers: [], idcHosts: [], faults: [] };

export function alone(changes: Changes = {}): World {
  return { ...nothing, vpcs: [vpc(1, changes)] };
}

export function peered(changes: Changes = {}): World {
  return {
    ...nothing,
    vpcs: [vpc(1, changes), vpc(2, changes)],
    peerings: [{ id: 'pcx', requester: 'vpc1', accepter: 'vpc2', accepted: true, from }],
  };
}

/** Both VPCs behind gateways of their own, which are peered. */
export function joined(changes: Changes = {}): World {
  const towards = (destination: string, attachment: string | undefined): TransitRoute => ({
    destination: range(destination),
    ...(attachment === undefined ? {} : { attachment }),
    from,
  });
  const gateway = (n: number): TransitGateway => ({
    id: `tgw${n}`,
    region: `region-${n}`,
    asn: 64600 + n,
    tables: [
      {
        id: `tgw${n}/table`,
        routes: [1, 2].flatMap((to) => [
          towards(`10.${to}.0.0/16`, to === n ? `tgw${n}/vpc` : 'tpa'),
          ...[1, 2, 3].map((k) => towards(`172.16.${to}${k}.0/24`, to === n ? `tgw${n}/vpc` : 'tpa')),
        ]),
        propagated: [],
        from,
      },
    ],
    attachments: [
      { id: `tgw${n}/vpc`, table: `tgw${n}/table`, to: { kind: 'vpc', vpc: `vpc${n}`, subnets: [`vpc${n}/AttachmentA`] }, from },
      { id: 'tpa', table: `tgw${n}/table`, to: { kind: 'peering', peering: 'tpa' }, from },
    ],
    from,
    ...changes.transit?.[`tgw${n}`],
  });
  const routes = (n: number): Route[] => {
    const other = 3 - n;
    return [
      '10.0.0.0/8',
      `172.16.${other}0.0/22`,
      `172.16.${other}1.0/24`,
      `172.16.${other}2.0/24`,
      `172.16.${other}3.0/24`,
    ].flatMap((text) => (text.endsWith('/22') ? [] : [route(text, { kind: 'transit', id: `tgw${n}` })]));
  };
  const both = { vpc1: [...hostRoutes(1), ...routes(1)], vpc2: [...hostRoutes(2), ...routes(2)] };
  const full: Changes = { hosts: both, attachment: { vpc1: hostRoutes(1), vpc2: hostRoutes(2) }, ...changes };
  return {
    ...nothing,
    vpcs: [vpc(1, full), vpc(2, full)],
    transits: [gateway(1), gateway(2)],
    transitPeerings: [{ id: 'tpa', requester: 'tgw1', accepter: 'tgw2', accepted: true, from }],
  };
}
