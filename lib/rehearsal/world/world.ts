import type { Stack } from '../engine/stack';
import type { Image, Instance, LaunchTemplate, ScalingGroup, Volume } from './compute';
import type {
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
} from './network';
import type { Bucket, Parameter, Profile, Role, Thing } from './records';

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
  flowLogs: Table<FlowLog>;
  volumes: Table<Volume>;
  instances: Table<Instance>;
  launchTemplates: Table<LaunchTemplate>;
  scalingGroups: Table<ScalingGroup>;
  images: Table<Image>;
  parameters: Table<Parameter>;
  things: Table<Thing>;
  /** Which interface holds which address: `<subnet> <address>` -> interface. */
  leases: Table<string>;
}

/** What stands in one account: its regions, and what has none. */
export interface Account {
  id: string;
  regions: Table<Region>;
  roles: Table<Role>;
  policies: Table<Thing>;
  profiles: Table<Profile>;
}

/** Everything that stands: plain data, saved as it is. */
export interface World {
  format: 1;
  partition: string;
  accounts: Table<Account>;
  buckets: Table<Bucket>;
}

export const emptyWorld = (partition: string): World => ({ format: 1, partition, accounts: {}, buckets: {} });

/** An account of the world; made when it is first asked for. */
export function accountOf(world: World, id: string): Account {
  world.accounts[id] ??= { id, regions: {}, roles: {}, policies: {}, profiles: {} };
  return world.accounts[id];
}

/** A region of an account; made when it is first asked for. */
export function regionOf(world: World, account: string, name: string): Region {
  const regions = accountOf(world, account).regions;
  regions[name] ??= {
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
    flowLogs: {},
    volumes: {},
    instances: {},
    launchTemplates: {},
    scalingGroups: {},
    images: {},
    parameters: {},
    things: {},
    leases: {},
  };
  return regions[name];
}
