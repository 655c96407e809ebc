import type { Listener, LoadBalancer, TargetGroup } from './balancing';
import type { Image, Instance, LaunchTemplate, ScalingGroup, Volume } from './compute';
import type { LambdaFunction } from './functions';
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
} from './network';
import type { Parameter, Profile, Role, Thing } from './records';
import type {
  CustomerGateway,
  DirectConnectAssociation,
  DirectConnectGateway,
  TransitAttachment,
  TransitGateway,
  TransitTable,
  VirtualInterface,
  Vpn,
} from './transit';

type Table<T> = Record<string, T>;

/** What of AWS stands in one region of one account. */
export class AwsRegion {
  vpcs: Table<Vpc> = {};
  subnets: Table<Subnet> = {};
  routeTables: Table<RouteTable> = {};
  internetGateways: Table<InternetGateway> = {};
  addresses: Table<ElasticAddress> = {};
  natGateways: Table<NatGateway> = {};
  endpoints: Table<Endpoint> = {};
  groups: Table<SecurityGroup> = {};
  interfaces: Table<NetworkInterface> = {};
  peerings: Table<Peering> = {};
  reservations: Table<CidrReservation> = {};
  transitGateways: Table<TransitGateway> = {};
  transitTables: Table<TransitTable> = {};
  transitAttachments: Table<TransitAttachment> = {};
  customerGateways: Table<CustomerGateway> = {};
  vpns: Table<Vpn> = {};
  functions: Table<LambdaFunction> = {};
  flowLogs: Table<FlowLog> = {};
  volumes: Table<Volume> = {};
  instances: Table<Instance> = {};
  launchTemplates: Table<LaunchTemplate> = {};
  scalingGroups: Table<ScalingGroup> = {};
  loadBalancers: Table<LoadBalancer> = {};
  targetGroups: Table<TargetGroup> = {};
  listeners: Table<Listener> = {};
  images: Table<Image> = {};
  parameters: Table<Parameter> = {};
  things: Table<Thing> = {};
  /** Which interface holds which address: `<subnet> <address>` -> interface. */
  leases: Table<string> = {};
}

/** What of AWS stands in one account, but in no region. */
export class AwsAccount {
  roles: Table<Role> = {};
  policies: Table<Thing> = {};
  profiles: Table<Profile> = {};
  directConnectGateways: Table<DirectConnectGateway> = {};
  virtualInterfaces: Table<VirtualInterface> = {};
  directConnectAssociations: Table<DirectConnectAssociation> = {};
}

export const blankAwsRegion = (): AwsRegion => ({ ...new AwsRegion() });
export const blankAwsAccount = (): AwsAccount => ({ ...new AwsAccount() });
