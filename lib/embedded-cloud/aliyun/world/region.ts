import type { Role, Thing } from '../../aws/world/records';
import type { AliyunDisk, AliyunInstance, AliyunScalingConfiguration, AliyunScalingGroup, CommandRun } from './compute';
import type {
  AliyunEip,
  AliyunGroup,
  AliyunInterface,
  AliyunNatGateway,
  AliyunPeering,
  AliyunRouteTable,
  AliyunVpc,
  VSwitch,
} from './network';
import type {
  AliyunCustomerGateway,
  AliyunVpnConnection,
  AliyunVpnGateway,
  BgpGroup,
  BgpPeer,
  BorderRouter,
  Cen,
  IpsecAttachment,
  PublishedRoute,
  RouterAttachment,
  RouterTable,
  TransitRouter,
  VbrHealthCheck,
} from './transit';

type Table<T> = Record<string, T>;

/** What of Aliyun stands in one region of one account. */
export class AliyunRegion {
  vpcs: Table<AliyunVpc> = {};
  vSwitches: Table<VSwitch> = {};
  routeTables: Table<AliyunRouteTable> = {};
  groups: Table<AliyunGroup> = {};
  interfaces: Table<AliyunInterface> = {};
  eips: Table<AliyunEip> = {};
  natGateways: Table<AliyunNatGateway> = {};
  peerings: Table<AliyunPeering> = {};
  instances: Table<AliyunInstance> = {};
  disks: Table<AliyunDisk> = {};
  scalingGroups: Table<AliyunScalingGroup> = {};
  scalingConfigurations: Table<AliyunScalingConfiguration> = {};
  commandRuns: Table<CommandRun> = {};
  transitRouters: Table<TransitRouter> = {};
  attachments: Table<RouterAttachment> = {};
  routerTables: Table<RouterTable> = {};
  published: Table<PublishedRoute> = {};
  borderRouters: Table<BorderRouter> = {};
  bgpGroups: Table<BgpGroup> = {};
  bgpPeers: Table<BgpPeer> = {};
  /** `<router> <range>` -> range. */
  bgpNetworks: Table<string> = {};
  customerGateways: Table<AliyunCustomerGateway> = {};
  ipsecAttachments: Table<IpsecAttachment> = {};
  vpnGateways: Table<AliyunVpnGateway> = {};
  vpnConnections: Table<AliyunVpnConnection> = {};
  things: Table<Thing> = {};
  /** Signals that wait condition handles got: `<stack id> <logical id>` -> sender -> signal. */
  signals: Table<Table<{ status: string; data: string }>> = {};
  /** Which interface holds which address: `<vSwitch> <address>` -> interface. */
  leases: Table<string> = {};
}

/** What of Aliyun stands in one account, but in no region. */
export class AliyunAccount {
  roles: Table<Role> = {};
  policies: Table<Thing> = {};
  cens: Table<Cen> = {};
  healthChecks: Table<VbrHealthCheck> = {};
}

export const blankAliyunRegion = (): AliyunRegion => ({ ...new AliyunRegion() });
export const blankAliyunAccount = (): AliyunAccount => ({ ...new AliyunAccount() });
