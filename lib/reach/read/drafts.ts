/** The World while it is being read: the same shapes, still growing. */
import { byRange } from '../../estate/addresses/cidr';
import { readRange } from '../range';
import type { NatGateway, NetworkAcl, NetworkInterface, Range, Route, SecurityRule, Subnet, Vpc } from '../world';
import { placeOf } from './assembly';
import type { Found } from './references';
import { type Emitted, originOf, plannedName } from './resources';

export type Draft<T> = { -readonly [K in keyof T]: T[K] };

export interface TableDraft {
  readonly id: string;
  readonly name: string;
  readonly vpc: VpcDraft;
  readonly routes: Route[];
  readonly from: { readonly stack: string; readonly logicalId: string };
}

export interface GroupDraft {
  readonly id: string;
  readonly name: string;
  readonly vpc: VpcDraft;
  readonly ingress: SecurityRule[];
  readonly egress: SecurityRule[];
  readonly from: { readonly stack: string; readonly logicalId: string };
}

export interface InterfaceDraft extends Draft<Omit<NetworkInterface, 'containers' | 'prefixes'>> {
  readonly vpc: VpcDraft;
  readonly containers: Map<number, Range>;
  prefixes: Range[];
}

export interface SubnetDraft extends Draft<Subnet> {
  readonly vpc: VpcDraft;
}

export interface VpcDraft
  extends Draft<Pick<Vpc, 'provider' | 'id' | 'region' | 'cloudRegion' | 'account' | 'resolver' | 'ipv6' | 'from'>> {
  readonly cidrs: Range[];
  readonly subnets: SubnetDraft[];
  readonly tables: TableDraft[];
  readonly groups: GroupDraft[];
  readonly interfaces: InterfaceDraft[];
  readonly appliances: InterfaceDraft[];
  readonly nats: NatGateway[];
  readonly acls: NetworkAcl[];
}

/** Everything by id. */
export interface Drafts {
  readonly vpcs: Map<string, VpcDraft>;
  readonly subnets: Map<string, SubnetDraft>;
  readonly tables: Map<string, TableDraft>;
  readonly groups: Map<string, GroupDraft>;
  readonly interfaces: Map<string, InterfaceDraft>;
}

export function newDrafts(): Drafts {
  return { vpcs: new Map(), subnets: new Map(), tables: new Map(), groups: new Map(), interfaces: new Map() };
}

/** An empty VPC, as its template says where it is. */
export function addVpc(emitted: Emitted, drafts: Drafts, found: Found, provider?: Vpc['provider']): VpcDraft {
  const range = readRange(emitted.text(found, 'CidrBlock'));
  if (range === undefined) emitted.fault(found, 'its CidrBlock is no range');
  const vpc: VpcDraft = {
    ...(provider === undefined ? {} : { provider }),
    id: found.id,
    region: placeOf(found.stack),
    cloudRegion: found.stack.region,
    account: found.stack.account,
    cidrs: range === undefined ? [] : [range],
    subnets: [],
    tables: [],
    groups: [],
    interfaces: [],
    appliances: [],
    nats: [],
    acls: [],
    from: originOf(found),
  };
  drafts.vpcs.set(found.id, vpc);
  return vpc;
}

/** A subnet, in the zone that a property names. @param unzoned what follows where it names none */
export function addSubnet(
  emitted: Emitted,
  drafts: Drafts,
  found: Found,
  vpc: VpcDraft | undefined,
  zoneProperty: string,
  unzoned = '',
): void {
  const range = readRange(emitted.text(found, 'CidrBlock'));
  if (range === undefined) emitted.fault(found, 'its CidrBlock is no range');
  if (vpc === undefined || range === undefined) return;
  const zone = emitted.text(found, zoneProperty);
  if (zone === undefined) emitted.fault(found, `its ${zoneProperty} is not written${unzoned}`);
  const name = plannedName(found.logicalId, 'Subnet');
  // A vSwitch has the system table until a custom one is bound to it, and no emitter makes one. Source: VPC, "Route tables".
  const table = vpc.provider === 'aliyun' ? { table: vpc.tables[0]!.id } : {};
  const subnet = { id: found.id, name, zone: zone ?? '', range, ...table, from: originOf(found), vpc };
  vpc.subnets.push(subnet);
  drafts.subnets.set(found.id, subnet);
}

/** A route table, without routes yet. */
export function addTable(drafts: Drafts, vpc: VpcDraft, table: Pick<TableDraft, 'id' | 'name' | 'from'>): void {
  const draft = { ...table, vpc, routes: [] };
  vpc.tables.push(draft);
  drafts.tables.set(table.id, draft);
}

/** A security group of a VPC, without rules yet. */
export function addGroup(drafts: Drafts, found: Found, vpc: VpcDraft): void {
  const name = plannedName(found.logicalId, 'SecurityGroup');
  const group = { id: found.id, name, vpc, ingress: [], egress: [], from: originOf(found) };
  vpc.groups.push(group);
  drafts.groups.set(found.id, group);
}

export function finishVpc(draft: VpcDraft): Vpc {
  const { appliances, nats, acls, resolver, ipv6 } = draft;
  return {
    ...(draft.provider === undefined ? {} : { provider: draft.provider }),
    id: draft.id,
    region: draft.region,
    cloudRegion: draft.cloudRegion,
    account: draft.account,
    cidrs: draft.cidrs,
    // Zones of two clouds may have one name (`ap-southeast-1a`): where the region is called otherwise, its zones are too.
    subnets: draft.subnets.map(({ vpc: _, ...subnet }) =>
      draft.region === draft.cloudRegion ? subnet : { ...subnet, zone: `${draft.region}/${subnet.zone}` },
    ),
    tables: draft.tables.map(({ vpc: _, ...table }) => table),
    groups: draft.groups.map(({ vpc: _, ...group }) => group),
    interfaces: draft.interfaces.map(finishInterface),
    ...(appliances.length === 0 ? {} : { appliances: appliances.map(finishInterface) }),
    ...(nats.length === 0 ? {} : { nats }),
    ...(acls.length === 0 ? {} : { acls }),
    ...(resolver === undefined ? {} : { resolver }),
    ...(ipv6 === undefined ? {} : { ipv6 }),
    from: draft.from,
  };
}

function finishInterface({ vpc: _, containers, ...rest }: InterfaceDraft): NetworkInterface {
  return { ...rest, containers: [...containers.values()].sort(byRange) };
}
