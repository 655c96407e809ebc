/** Emitters' and operators' mistakes: one thing of what was emitted is missing or turned round. Kernel and reach must agree on these too. */

import type { HostNetwork } from '../../lib/reach/host/model';
import { NOTHING_DOWN, type Without } from '../../lib/reach/without';
import type { RouteTable, SecurityGroup, TransitGateway, Vpc, World } from '../../lib/reach/world';
import type { Files } from '../estate/arbitrary';
import type { ReadBack } from './emitted';

export interface Broken<T> {
  readonly what: string;
  readonly broken: T;
}

/** The same with all security groups open: where packets go then is up to routes and checks alone. */
export function withOpenGroups(world: World): World {
  const from = { stack: 'proof', logicalId: 'Open' };
  const all = { protocol: '-1', fromPort: 0, toPort: 65535, peer: { kind: 'range', range: { base: 0, bits: 0 } }, from } as const;
  return {
    ...world,
    vpcs: world.vpcs.map((vpc) => ({ ...vpc, groups: vpc.groups.map((group) => ({ ...group, ingress: [all], egress: [all] })) })),
  };
}

type Change = Broken<World>;

/** Every single mistake of some kinds that can be made in a World, in an order that a seed shuffles. */
export function breakWorld(world: World, choose: number): Broken<World> | undefined {
  const kinds = KINDS.map((kind) => kind(world)).filter((changes) => changes.length > 0);
  if (kinds.length === 0) return undefined;
  const changes = kinds[choose % kinds.length]!;
  return changes[Math.floor(choose / kinds.length) % changes.length]!();
}

const inVpc = (world: World, vpc: Vpc, change: Partial<Vpc>): World => ({
  ...world,
  vpcs: world.vpcs.map((each) => (each === vpc ? { ...each, ...change } : each)),
});

const inGateway = (world: World, gateway: TransitGateway, change: Partial<TransitGateway>): World => ({
  ...world,
  transits: world.transits.map((each) => (each === gateway ? { ...each, ...change } : each)),
});

const without = <T>(list: readonly T[], one: T): T[] => list.filter((each) => each !== one);
const replace = <T>(list: readonly T[], one: T, other: T): T[] => list.map((each) => (each === one ? other : each));

const eachTable = <R>(world: World, make: (vpc: Vpc, table: RouteTable) => R[]): R[] =>
  world.vpcs.flatMap((vpc) => vpc.tables.flatMap((table) => make(vpc, table)));

const eachGroup = <R>(world: World, make: (vpc: Vpc, group: SecurityGroup) => R[]): R[] =>
  world.vpcs.flatMap((vpc) => vpc.groups.flatMap((group) => make(vpc, group)));

const KINDS: readonly ((world: World) => (() => Change)[])[] = [
  (world) =>
    eachTable(world, (vpc, table) =>
      table.routes
        .filter((route) => route.target.kind !== 'nat' && route.target.kind !== 'internet')
        .map((route) => () => ({
          what: `a route of ${table.id} is missing: ${route.from.logicalId}`,
          broken: inVpc(world, vpc, { tables: replace(vpc.tables, table, { ...table, routes: without(table.routes, route) }) }),
        })),
    ),
  (world) =>
    world.vpcs.flatMap((vpc) =>
      vpc.subnets.map((subnet) => () => {
        const { table: _, ...rest } = subnet;
        return {
          what: `the subnet ${subnet.id} has no table`,
          broken: inVpc(world, vpc, { subnets: replace(vpc.subnets, subnet, rest) }),
        };
      }),
    ),
  (world) =>
    world.vpcs.flatMap((vpc) =>
      vpc.interfaces.map((own) => () => ({
        what: `the source/destination check of ${own.host} is the other way round`,
        broken: inVpc(world, vpc, {
          interfaces: replace(vpc.interfaces, own, { ...own, sourceDestCheck: !own.sourceDestCheck }),
        }),
      })),
    ),
  (world) =>
    eachGroup(world, (vpc, group) =>
      group.ingress.map((rule) => () => ({
        what: `a rule of ${group.id} is missing: ${rule.from.logicalId}`,
        broken: inVpc(world, vpc, { groups: replace(vpc.groups, group, { ...group, ingress: without(group.ingress, rule) }) }),
      })),
    ),
  (world) =>
    eachGroup(world, (vpc, group) =>
      group.egress.map((rule) => () => ({
        what: `${group.id} lets out TCP 2379 only`,
        broken: inVpc(world, vpc, {
          groups: replace(vpc.groups, group, {
            ...group,
            egress: [{ ...rule, protocol: 'tcp' as const, fromPort: 2379, toPort: 2379 }],
          }),
        }),
      })),
    ),
  (world) =>
    eachTable(world, (vpc, table) =>
      table.routes
        .filter(({ target }) => target.kind === 'nat')
        .map((route) => () => ({
          what: `the NAT gateway of ${table.id} is lost`,
          broken: inVpc(world, vpc, {
            tables: replace(vpc.tables, table, {
              ...table,
              routes: replace(table.routes, route, { ...route, target: { kind: 'nothing' as const, words: 'lost' } }),
            }),
          }),
        })),
    ),
  (world) =>
    world.vpcs.flatMap((vpc) =>
      vpc.interfaces.slice(0, -1).map((own) => () => ({
        what: `${own.host} is absent`,
        broken: inVpc(world, vpc, { interfaces: replace(vpc.interfaces, own, { ...own, up: false }) }),
      })),
    ),
  (world) =>
    world.peerings.map((peering) => () => ({
      what: `nobody accepts ${peering.id}`,
      broken: { ...world, peerings: replace(world.peerings, peering, { ...peering, accepted: false }) },
    })),
  (world) =>
    world.transits.flatMap((gateway) =>
      gateway.tables.flatMap((table) =>
        table.routes.map((route) => () => ({
          what: `a transit route of ${gateway.id} is missing: ${route.from.logicalId}`,
          broken: inGateway(world, gateway, {
            tables: replace(gateway.tables, table, { ...table, routes: without(table.routes, route) }),
          }),
        })),
      ),
    ),
  (world) =>
    world.transits.flatMap((gateway) =>
      gateway.attachments.map((attachment) => () => {
        const { table: _, ...rest } = attachment;
        return {
          what: `the attachment ${attachment.id} of ${gateway.id} has no association`,
          broken: inGateway(world, gateway, { attachments: replace(gateway.attachments, attachment, rest) }),
        };
      }),
    ),
  (world) =>
    world.transits.flatMap((gateway) =>
      gateway.tables.flatMap((table) =>
        table.propagated.map((id) => () => ({
          what: `${id} propagates to no table of ${gateway.id}`,
          broken: inGateway(world, gateway, {
            tables: replace(gateway.tables, table, { ...table, propagated: without(table.propagated, id) }),
          }),
        })),
      ),
    ),
  (world) =>
    world.lines.flatMap((line) =>
      line.allowedPrefixes.map((prefix) => () => ({
        what: `an allowed prefix of ${line.id} is missing`,
        broken: {
          ...world,
          lines: replace(world.lines, line, { ...line, allowedPrefixes: without(line.allowedPrefixes, prefix) }),
        },
      })),
    ),
];

/**
 * Nobody keeps packets small: hosts have no routes with a size, bridges of containers take 9,001 bytes, routers leave segments of TCP as they are.
 * What is too large for a tunnel is lost then without a word.
 */
export function withoutSizes(read: ReadBack): ReadBack {
  const bare = <T extends { readonly network?: HostNetwork; readonly routes?: unknown }>({ network, routes: _, ...rest }: T) => {
    if (network === undefined) return rest;
    const { mtu: _mtu, routes: _routes, ...others } = network;
    return { ...rest, network: others };
  };
  const strip = (world: World): World => ({
    ...world,
    vpcs: world.vpcs.map((vpc) => ({ ...vpc, interfaces: vpc.interfaces.map(bare) as Vpc['interfaces'] })),
    idcHosts: world.idcHosts.map(bare) as World['idcHosts'],
    routers: world.routers.map(({ network, ...router }) =>
      network === undefined ? router : { ...router, network: { ...network, hooks: network.hooks.map(unclamped) } },
    ),
  });
  return {
    ...read,
    world: strip(read.world),
    kernelWorld: strip(read.kernelWorld),
    hostFilters: new Map([...read.hostFilters].map(([name, { mtu: _, routes: __, ...own }]) => [name, own])),
    routerFilters: new Map([...read.routerFilters].map(([id, text]) => [id, text.replaceAll(/^.*maxseg size set.*\n/gm, '')])),
  };
}

const unclamped = (chain: HostNetwork['hooks'][number]) => ({
  ...chain,
  rules: chain.rules.filter(({ verdict }) => typeof verdict !== 'object' || !('segment' in verdict)),
});

/**
 * Something of a World that fails: a link, a zone, a router or its BGP alone, the network between routers, a host; several links at once, or a
 * link and the network between routers.
 */
export function chooseFault(world: World, choose: number): Broken<Without> {
  const links = [...world.peerings, ...world.transitPeerings, ...world.lines, ...world.vpns].map(({ id }) => id);
  const zones = [...new Set(world.vpcs.flatMap((vpc) => vpc.subnets.map((subnet) => subnet.zone)))];
  const routers = world.routers.map(({ id }) => id);
  const cores = [...new Set(routers.map((id) => id.split('/')[0]!))].filter(
    (idc) => world.routers.filter((router) => router.idc === idc).length > 1,
  );
  const hosts = [...world.vpcs.flatMap((vpc) => vpc.interfaces.filter(({ up }) => up)), ...world.idcHosts].map(
    ({ host }) => host,
  );
  const outward = [...world.lines, ...world.vpns].map(({ id }) => id);
  const all: Readonly<Record<string, readonly Partial<Without>[]>> = {
    links: links.map((id) => ({ links: new Set([id]) })),
    zones: zones.map((id) => ({ zones: new Set([id]) })),
    routers: routers.map((id) => ({ routers: new Set([id]) })),
    bgp: routers.map((id) => ({ bgp: new Set([id]) })),
    hosts: hosts.map((host) => ({ hosts: new Set([host]) })),
    cores: cores.map((idc) => ({ cores: new Set([idc]) })),
    // A line and its fallback, and a line besides the network between the routers.
    'all links outward': outward.length > 1 ? [{ links: new Set(outward) }] : [],
    'a link and a core': cores.flatMap((idc) => outward.map((id) => ({ links: new Set([id]), cores: new Set([idc]) }))),
  };
  const kinds = Object.values(all).filter((some) => some.length > 0);
  const some = kinds[choose % kinds.length]!;
  const found = some[Math.floor(choose / kinds.length) % some.length]!;
  const what = Object.entries(found).map(([kind, ids]) => `${kind} ${[...ids].join(', ')} down`);
  return { what: what.join(' and '), broken: { ...NOTHING_DOWN, ...found } };
}

/** Resources that say where packets go. */
const DECIDING = new RegExp(
  `^AWS::EC2::(?:Route|SubnetRouteTableAssociation|TransitGatewayRoute|TransitGatewayRouteTableAssociation|TransitGatewayRouteTablePropagation|SecurityGroupIngress|VPCPeeringConnection)$` +
    `|^ALIYUN::(?:ECS::(?:Route|SecurityGroupIngress)|VPC::(?:VpcPeerConnection|BgpPeer|NatGateway)|CEN::TransitRouter(?:RouteEntry|RouteTableAssociation|RouteTablePropagation))$`,
);

/** Lines of a router's file that say where packets go. */
const DECIDING_LINE =
  /^(?: {2}network |ip prefix-list \S+ seq \d+ permit |ip route | {2}neighbor \S+ next-hop-self| set local-preference)/;

/** A resource is missing in a template, or a line in a router's file. */
export function breakFiles(files: Files, choose: number): Broken<Files> | undefined {
  const mistakes: (() => Broken<Files>)[] = [];
  for (const [path, text] of Object.entries(files)) {
    if (path.endsWith('.template.json')) {
      const template = JSON.parse(text) as { Resources: Record<string, { Type: string }> };
      for (const [id, { Type }] of Object.entries(template.Resources)) {
        if (!DECIDING.test(Type)) continue;
        mistakes.push(() => {
          const { [id]: _, ...rest } = template.Resources;
          return {
            what: `${id} is missing in ${path}`,
            broken: { ...files, [path]: JSON.stringify({ ...template, Resources: rest }) },
          };
        });
      }
    }
    if (path.endsWith('/frr.conf')) {
      const all = text.split('\n');
      all.forEach((line, n) => {
        if (!DECIDING_LINE.test(line)) return;
        mistakes.push(() => ({
          what: `line ${n + 1} is missing in ${path}: ${line.trim()}`,
          broken: { ...files, [path]: all.filter((_, k) => k !== n).join('\n') },
        }));
      });
    }
  }
  return mistakes.length === 0 ? undefined : mistakes[choose % mistakes.length]!();
}
