/** The World by id and by address, for walking. Made once a World. */
import { CLOUDS } from '../clouds/clouds';
import { coresOf } from './cores';
import { LongestPrefix } from './longest-prefix';
import { holds, holdsRange, rangeKey } from './range';
import type {
  Balancer,
  CloudLine,
  CloudVpn,
  IdcEndpoint,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  Origin,
  Peering,
  Range,
  Route,
  Router,
  RouteTable,
  SecurityGroup,
  Subnet,
  TransitAttachment,
  TransitGateway,
  TransitPeering,
  TransitTable,
  Vpc,
  World,
} from './world';

/** What a VPC's table answers: a route that was emitted, or the local route of one of the VPC's ranges. */
export type TableAnswer = { readonly local: Range } | { readonly route: Route };

export interface VpcIndex {
  readonly vpc: Vpc;
  readonly subnets: ReadonlyMap<string, Subnet>;
  /** Each is made when it is first asked: one pair needs few of an estate's tables. */
  readonly tables: { get(id: string): LongestPrefix<TableAnswer> | undefined };
  /** Only the local routes: what a subnet without a table has. */
  readonly localOnly: LongestPrefix<TableAnswer>;
  /** Interfaces by an address that they own: their own, and those of their prefixes. */
  readonly owners: LongestPrefix<NetworkInterface>;
}

export interface GatewayIndex {
  readonly gateway: TransitGateway;
  readonly tables: ReadonlyMap<string, TransitTable>;
  readonly attachments: ReadonlyMap<string, TransitAttachment>;
  /** By id of the VPC: its attachment, and the zones that it has subnets in. */
  readonly byVpc: ReadonlyMap<string, { readonly attachment: TransitAttachment; readonly zones: ReadonlySet<string> }>;
}

export interface WorldIndex {
  readonly world: World;
  readonly vpcs: ReadonlyMap<string, VpcIndex>;
  readonly interfaces: ReadonlyMap<
    string,
    { readonly own: NetworkInterface; readonly vpc: VpcIndex; readonly subnet: Subnet | undefined }
  >;
  readonly tables: ReadonlyMap<string, RouteTable>;
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  readonly nats: ReadonlyMap<string, NatGateway>;
  readonly acls: ReadonlyMap<string, NetworkAcl>;
  /** By id of a node's interface. */
  readonly balancers: ReadonlyMap<string, Balancer>;
  /** Services that a route table leads to by a gateway endpoint: `<id of the table> <region> <service>`. */
  readonly gatewayEndpoints: ReadonlyMap<string, Origin>;
  readonly peerings: ReadonlyMap<string, Peering>;
  readonly gateways: ReadonlyMap<string, GatewayIndex>;
  readonly transitPeerings: ReadonlyMap<string, TransitPeering>;
  readonly lines: ReadonlyMap<string, CloudLine>;
  readonly vpns: ReadonlyMap<string, CloudVpn>;
  readonly routers: ReadonlyMap<string, Router>;
  /** Routers by an address of one of their interfaces. */
  readonly routerAt: ReadonlyMap<number, Router>;
  /** Routers by an address that they share, the one that has it while it is up first. */
  readonly sharing: ReadonlyMap<number, readonly Router[]>;
  readonly idcHostAt: ReadonlyMap<number, IdcEndpoint>;
  /** Networks between the routers of each data centre. */
  readonly cores: ReadonlyMap<string, readonly Range[]>;
}

const known = new WeakMap<World, WorldIndex>();

export function indexWorld(world: World): WorldIndex {
  let index = known.get(world);
  if (index === undefined) {
    index = build(world);
    known.set(world, index);
  }
  return index;
}

function byId<T extends { readonly id: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((item) => [item.id, item]));
}

/** What `make` makes of the item with an id, once. */
function lazily<T, U>(items: ReadonlyMap<string, T>, make: (item: T) => U): { get(id: string): U | undefined } {
  const made = new Map<string, U>();
  return {
    get(id) {
      const item = items.get(id);
      if (item === undefined) return undefined;
      let found = made.get(id);
      if (found === undefined) {
        found = make(item);
        made.set(id, found);
      }
      return found;
    },
  };
}

function build(world: World): WorldIndex {
  const vpcs = new Map(world.vpcs.map((vpc) => [vpc.id, indexVpc(vpc)]));
  const interfaces = new Map<string, { own: NetworkInterface; vpc: VpcIndex; subnet: Subnet | undefined }>();
  for (const vpc of vpcs.values()) {
    for (const own of [...vpc.vpc.interfaces, ...(vpc.vpc.appliances ?? [])])
      interfaces.set(own.id, { own, vpc, subnet: vpc.subnets.get(own.subnet) });
  }
  return {
    world,
    vpcs,
    interfaces,
    tables: new Map(world.vpcs.flatMap((v) => v.tables.map((t) => [t.id, t]))),
    groups: new Map(world.vpcs.flatMap((v) => v.groups.map((g) => [g.id, g]))),
    nats: byId(world.vpcs.flatMap((v) => v.nats ?? [])),
    acls: byId(world.vpcs.flatMap((v) => v.acls ?? [])),
    balancers: new Map((world.balancers ?? []).flatMap((b) => b.nodes.map((node) => [node, b]))),
    gatewayEndpoints: new Map(
      (world.endpoints ?? []).flatMap(({ by, region, service, from }) =>
        by.kind === 'gateway' ? by.tables.map((table): [string, Origin] => [`${table} ${region} ${service}`, from]) : [],
      ),
    ),
    peerings: byId(world.peerings),
    gateways: new Map(world.transits.map((gateway) => [gateway.id, indexGateway(vpcs, gateway)])),
    transitPeerings: byId(world.transitPeerings),
    lines: byId(world.lines),
    vpns: byId(world.vpns),
    routers: byId(world.routers),
    routerAt: new Map(world.routers.flatMap((r) => r.interfaces.map((i) => [i.address, r]))),
    sharing: sharingOf(world.routers),
    idcHostAt: new Map(world.idcHosts.map((h) => [h.address, h])),
    cores: coresOf(world),
  };
}

function sharingOf(routers: readonly Router[]): Map<number, Router[]> {
  const found = routers.flatMap((router) => (router.shared ?? []).map((each) => ({ ...each, router })));
  const byAddress = new Map<number, Router[]>();
  for (const { address, router } of found.sort((x, y) => y.priority - x.priority))
    byAddress.set(address, [...(byAddress.get(address) ?? []), router]);
  return byAddress;
}

function indexGateway(vpcs: ReadonlyMap<string, VpcIndex>, gateway: TransitGateway): GatewayIndex {
  const byVpc = new Map<string, { attachment: TransitAttachment; zones: Set<string> }>();
  for (const attachment of gateway.attachments) {
    const { to } = attachment;
    if (to.kind !== 'vpc' || byVpc.has(to.vpc)) continue;
    const subnets = to.subnets.map((id) => vpcs.get(to.vpc)?.subnets.get(id)).filter((s) => s !== undefined);
    byVpc.set(to.vpc, { attachment, zones: new Set(subnets.map((s) => s.zone)) });
  }
  return { gateway, tables: byId(gateway.tables), attachments: byId(gateway.attachments), byVpc };
}

function indexVpc(vpc: Vpc): VpcIndex {
  const owners = new LongestPrefix<NetworkInterface>();
  for (const own of [...vpc.interfaces, ...(vpc.appliances ?? [])]) {
    owners.add({ base: own.address, bits: 32 }, own);
    for (const prefix of own.prefixes) owners.add(prefix, own);
  }
  return {
    vpc,
    subnets: byId(vpc.subnets),
    tables: lazily(byId(vpc.tables), (table) => indexTable(vpc, table.routes)),
    localOnly: indexTable(vpc, []),
    owners,
  };
}

/**
 * Ranges that every table of a VPC reaches by itself.
 *
 * Source: VPC (Aliyun), "Route tables" (system routes: one a vSwitch, not one for the VPC).
 */
export function localRanges({
  provider,
  cidrs,
  subnets,
}: Pick<Vpc, 'provider' | 'cidrs'> & { readonly subnets: readonly Pick<Subnet, 'range'>[] }) {
  return CLOUDS[provider ?? 'aws'].localBySubnet ? subnets.map((s) => s.range) : cidrs;
}

/**
 * Longest prefix. Inside the VPC's own ranges the local route wins, except over a route to the whole range of one of its
 * subnets: only such a route is taken there.
 *
 * Source: VPC user guide, "Route table concepts" and "Subnet route tables" (routes more specific than the local route).
 */
function indexTable(vpc: Vpc, routes: readonly Route[]): LongestPrefix<TableAnswer> {
  const table = new LongestPrefix<TableAnswer>();
  const locals = localRanges(vpc);
  for (const local of locals) table.add(local, { local });
  // A subnet whose own range is the local route takes no second one.
  const subnets = new Set(CLOUDS[vpc.provider ?? 'aws'].localBySubnet ? [] : vpc.subnets.map((s) => rangeKey(s.range)));
  for (const route of routes) {
    const inside = locals.some((c) => holdsRange(c, route.destination));
    if (!inside || subnets.has(rangeKey(route.destination))) table.add(route.destination, { route });
  }
  return table;
}

/** Whether an interface owns an address: its own, or one of its prefixes. */
export function owns(own: NetworkInterface, address: number): boolean {
  return own.address === address || own.prefixes.some((p) => holds(p, address));
}
