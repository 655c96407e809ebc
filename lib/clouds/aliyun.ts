import { diskFaults, diskUpdate, SYSTEM_DISK, systemDiskGib } from '../facts/aliyun/disks';
import { CONNECTION_ID, IMAGE_ID, KEY_PAIR } from '../facts/aliyun/ids';
import { hasLocalDisks, hasSerials } from '../facts/aliyun/instance-types';
import {
  AS_NUMBER,
  BORDER_MTU,
  BORDER_NETWORK_BITS,
  BORDER_PEER_ROUTES,
  GROUP_RULES,
  LINE_PROBES,
  MOST_BORDER_VLAN,
  STACK_RESOURCES,
  STACK_RESOURCES_FOR_MEMBERS,
  TUNNELS_RESERVED_TOO,
  USER_DATA_BYTES,
  VPC_BITS,
  VPC_FORBIDDEN,
  VPC_MTU,
  VSWITCH_BITS,
  VSWITCH_RESERVED,
} from '../facts/aliyun/limits';
import { ALIYUN_REGIONS, aliyunZoneName, aliyunZones, isIndustryRegion } from '../facts/aliyun/regions';
import { ALIYUN_TAGS } from '../facts/aliyun/tags';
import { TUNNELS_RESERVED } from '../facts/aws/limits';
import { ALIYUN_HOST_SERVICES, ALIYUN_TIME_SERVERS } from '../facts/host-services';
import { LINK_LOCAL, SHARED } from '../facts/ranges';
import type { Cloud } from './cloud';

export const ALIYUN: Cloud = {
  provider: 'aliyun',
  name: 'Aliyun',
  engine: 'ROS',
  transit: 'transit router',
  lineEnd: 'virtual border router',
  staysOfMember: 'address and disks',
  accountDigits: 16,
  exampleRegion: 'cn-shanghai',
  newerRegions: '',
  imagesLocked: false,
  imageFix:
    'write `aliyun: { image: aliyun_3_x64_20G_alibase_20240819.vhd }` in estate.yaml or here; ids of public images hold their date',
  regions: () => ALIYUN_REGIONS,
  zones: (_, region) => aliyunZones(region),
  preferredZones: (_, region) => aliyunZones(region).reverse(),
  apart: (region) =>
    isIndustryRegion(region)
      ? "a region of Aliyun's finance or government cloud, whose endpoints this version doesn't know"
      : undefined,
  otherZone: () => undefined,
  zoneName: aliyunZoneName,
  engineRolls: false,
  stackResources: { all: STACK_RESOURCES, members: STACK_RESOURCES_FOR_MEMBERS },
  // An instance; a disk and its attachment a volume; the handle and the condition of a gate; the routes.
  memberResources: ({ volumes, gate, heartbeat = false, routes, absent }) =>
    volumes + (absent ? 0 : 1 + volumes + 2 * Number(gate) + Number(heartbeat) + routes),
  forbiddenRanges: VPC_FORBIDDEN,
  serviceRanges: [],
  // One of them lets everything out.
  rulesPerGroup: GROUP_RULES - 1,
  leastBits: { network: VPC_BITS.least, subnet: VSWITCH_BITS.least },
  tags: ALIYUN_TAGS,
  // Of hosts: Name and the fleet's; of members the number's too.
  ownTags: { place: 0, elastic: 2, member: 3 },
  reservedLast: VSWITCH_RESERVED.last,
  mtu: VPC_MTU,
  // Only the system table is told to a transit router ("Advertise routes to a transit router").
  oneRouteTable: true,
  // Auto Scaling, "ModifyScalingGroup" (VSwitchIds).
  groupZonesInPlace: true,
  asNumber: AS_NUMBER,
  instanceType: () => undefined,
  insteadOfNoSerials: (type) => (hasSerials(type) ? undefined : 'ecs.g7.large'),
  insteadOfLocalDisks: (type) => (hasLocalDisks(type) ? 'ecs.r7.xlarge' : undefined),
  localDisksEnd: 'loses its machine',
  volumeMib: () => Number.POSITIVE_INFINITY,
  volumeFaults: diskFaults,
  rootGib: (image) => systemDiskGib(SYSTEM_DISK, image),
  volumeUpdate: diskUpdate,
  connectionId: CONNECTION_ID,
  imageId: IMAGE_ID,
  keyPair: KEY_PAIR,
  lineLimits: { mtu: BORDER_MTU, vlan: MOST_BORDER_VLAN, bits: BORDER_NETWORK_BITS },
  lineRoutes: BORDER_PEER_ROUTES,
  lineProbes: LINE_PROBES,
  keyedLines: false,
  tunnelsReserved: [...TUNNELS_RESERVED, ...TUNNELS_RESERVED_TOO],
  accepts: false,
  cdk: false,
  localBySubnet: true,
  exchangesDisks: true,
  joinsAll: false,
  network: { nat: 'single', flowLogDays: 0 },
  privateContainers: true,
  containerModes: ['host', 'host-gw'],
  drains: false,
  reads: 'cloud-init',
  userDataIsBase64: false,
  userDataBytes: USER_DATA_BYTES,
  // Every host of a fleet reads all of it at every boot: a bound of ours.
  configurationBytes: 262_144,
  services: () => [SHARED, LINK_LOCAL],
  hostServices: ALIYUN_HOST_SERVICES,
  timeServers: ALIYUN_TIME_SERVERS,
  resolverInside: false,
  servicesRange: SHARED,
  servicesFiltered: true,
  // "Single-zone NAT Gateway": a gateway stands in two zones with automatic failover, unless one is asked for otherwise.
  natInZone: false,
  dnsSuffix: () => 'aliyuncs.com',
  // OSS, "Regions and endpoints" (internal).
  bucketUrl: (bucket, region, suffix) => `https://${bucket}.oss-${region}-internal.${suffix}`,
  types: {
    amd64: { voters: 'ecs.g7.large', adserver: 'ecs.c7.xlarge', storage: 'ecs.r7.xlarge' },
    arm64: { voters: 'ecs.g8y.large', adserver: 'ecs.c8y.xlarge', storage: 'ecs.r8y.xlarge' },
  },
};
