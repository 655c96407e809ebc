import type { Stack } from '../../engine/stack';
import type { TokenAnswer } from '../aliyun/rpc/idempotence';
import { type AliyunAccount, type AliyunRegion, blankAliyunAccount, blankAliyunRegion } from '../aliyun/world/region';
import type { Listener, LoadBalancer, TargetGroup } from '../aws/world/balancing';
import type { Image, Instance, LaunchTemplate, ScalingGroup, Volume } from '../aws/world/compute';
import type { LambdaFunction } from '../aws/world/functions';
import type {
  CidrReservation,
  ElasticAddress,
  Endpoint,
  FlowLog,
  InternetGateway,
  NatGateway,
  NetworkInterface,
  Peering,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
} from '../aws/world/network';
import type { Bucket, Parameter, Profile, Role, Thing } from '../aws/world/records';
import type {
  CustomerGateway,
  DirectConnectAssociation,
  DirectConnectGateway,
  TransitAttachment,
  TransitGateway,
  TransitTable,
  VirtualInterface,
  Vpn,
} from '../aws/world/transit';

type Table<T> = Record<string, T>;

/** What stands in one region of one account. */
export interface Region {
  account: string;
  name: string;
  stacks: Table<Stack>;
  vpcs: Table<Vpc>;
  subnets: Table<Subnet>;
  routeTables: Table<RouteTable>;
  internetGateways: Table<InternetGateway>;
  addresses: Table<ElasticAddress>;
  natGateways: Table<NatGateway>;
  endpoints: Table<Endpoint>;
  groups: Table<SecurityGroup>;
  interfaces: Table<NetworkInterface>;
  peerings: Table<Peering>;
  reservations: Table<CidrReservation>;
  transitGateways: Table<TransitGateway>;
  transitTables: Table<TransitTable>;
  transitAttachments: Table<TransitAttachment>;
  customerGateways: Table<CustomerGateway>;
  vpns: Table<Vpn>;
  functions: Table<LambdaFunction>;
  flowLogs: Table<FlowLog>;
  volumes: Table<Volume>;
  instances: Table<Instance>;
  launchTemplates: Table<LaunchTemplate>;
  scalingGroups: Table<ScalingGroup>;
  loadBalancers: Table<LoadBalancer>;
  targetGroups: Table<TargetGroup>;
  listeners: Table<Listener>;
  images: Table<Image>;
  parameters: Table<Parameter>;
  things: Table<Thing>;
  /** Which interface holds which address: `<subnet> <address>` -> interface. */
  leases: Table<string>;
  /** What of Aliyun stands here. */
  aliyun: AliyunRegion;
}

/** What stands in one account: its regions, and what has none. */
export interface Account {
  id: string;
  regions: Table<Region>;
  roles: Table<Role>;
  policies: Table<Thing>;
  profiles: Table<Profile>;
  directConnectGateways: Table<DirectConnectGateway>;
  virtualInterfaces: Table<VirtualInterface>;
  directConnectAssociations: Table<DirectConnectAssociation>;
  /** Answers given to client tokens (Aliyun). */
  clientTokens: Table<TokenAnswer>;
  /** What of Aliyun stands here, but in no region. */
  aliyun: AliyunAccount;
}

/** Everything that stands: plain data, saved as it is. */
export interface World {
  format: 1;
  partition: string;
  accounts: Table<Account>;
  buckets: Table<Bucket>;
  /** OSS's: their names are taken over all accounts of Aliyun, and only of it. */
  ossBuckets: Table<Bucket>;
}

export const emptyWorld = (partition: string): World => ({ format: 1, partition, accounts: {}, buckets: {}, ossBuckets: {} });

const blankAccount = (id: string): Account => ({
  id,
  regions: {},
  roles: {},
  policies: {},
  profiles: {},
  directConnectGateways: {},
  virtualInterfaces: {},
  directConnectAssociations: {},
  clientTokens: {},
  aliyun: blankAliyunAccount(),
});

const blankRegion = (account: string, name: string): Region => ({
  account,
  name,
  stacks: {},
  vpcs: {},
  subnets: {},
  routeTables: {},
  internetGateways: {},
  addresses: {},
  natGateways: {},
  endpoints: {},
  groups: {},
  interfaces: {},
  peerings: {},
  reservations: {},
  transitGateways: {},
  transitTables: {},
  transitAttachments: {},
  customerGateways: {},
  vpns: {},
  functions: {},
  flowLogs: {},
  volumes: {},
  instances: {},
  launchTemplates: {},
  scalingGroups: {},
  loadBalancers: {},
  targetGroups: {},
  listeners: {},
  images: {},
  parameters: {},
  things: {},
  leases: {},
  aliyun: blankAliyunRegion(),
});

/** An account of the world; made when it is first asked for. */
export function accountOf(world: World, id: string): Account {
  world.accounts[id] ??= blankAccount(id);
  return world.accounts[id];
}

/** A region of an account; made when it is first asked for. */
export function regionOf(world: World, account: string, name: string): Region {
  const regions = accountOf(world, account).regions;
  regions[name] ??= blankRegion(account, name);
  return regions[name];
}

/** Gives a world that was saved by an older version the tables that are new since. */
export function completeWorld(world: World): void {
  world.ossBuckets ??= {};
  for (const [id, account] of Object.entries(world.accounts)) {
    world.accounts[id] = { ...blankAccount(id), ...account, aliyun: { ...blankAliyunAccount(), ...account.aliyun } };
    for (const [name, region] of Object.entries(account.regions)) {
      account.regions[name] = { ...blankRegion(id, name), ...region, aliyun: { ...blankAliyunRegion(), ...region.aliyun } };
      for (const stack of Object.values(region.stacks)) stack.type ??= 'AWS::CloudFormation::Stack';
    }
  }
}
