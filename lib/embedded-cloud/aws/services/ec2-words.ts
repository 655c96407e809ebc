import type { XmlValue } from '../../http/xml';
import { block } from '../../ipv4';
import type { Region } from '../../store/world';
import type { Image, Instance, Volume } from '../world/compute';
import type {
  ElasticAddress,
  Endpoint,
  InternetGateway,
  NatGateway,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  SecurityRule,
  Subnet,
  Tags,
  Vpc,
} from '../world/network';
import { routeState } from '../world/routes';
import { partitionOf } from '../world/zones';

export const tagSet = (tags: Tags): XmlValue => Object.entries(tags).map(([key, value]) => ({ key, value }));

export const vpc = (r: Region, v: Vpc): XmlValue => ({
  vpcId: v.id,
  ownerId: r.account,
  state: 'available',
  cidrBlock: v.cidr,
  instanceTenancy: v.tenancy,
  isDefault: false,
  tagSet: tagSet(v.tags),
});

export const subnet = (r: Region, s: Subnet): XmlValue => {
  const used = Object.keys(r.leases).filter((k) => k.startsWith(`${s.id} `)).length;
  return {
    subnetId: s.id,
    state: 'available',
    vpcId: s.vpc,
    cidrBlock: s.cidr,
    availableIpAddressCount: (block(s.cidr)?.size ?? 0) - 5 - used,
    availabilityZone: s.zone,
    mapPublicIpOnLaunch: s.mapPublicIp,
    defaultForAz: false,
    ownerId: r.account,
    subnetArn: `arn:${partitionOf(r.name)}:ec2:${r.name}:${r.account}:subnet/${s.id}`,
    tagSet: tagSet(s.tags),
  };
};

const targetNames = {
  local: 'gatewayId',
  gateway: 'gatewayId',
  endpoint: 'gatewayId',
  nat: 'natGatewayId',
  interface: 'networkInterfaceId',
  peering: 'vpcPeeringConnectionId',
  transit: 'transitGatewayId',
  instance: 'instanceId',
} as const;

export const routeTable = (r: Region, t: RouteTable): XmlValue => ({
  routeTableId: t.id,
  vpcId: t.vpc,
  ownerId: r.account,
  routeSet: t.routes.map((x) => ({
    destinationCidrBlock: x.destination,
    [targetNames[x.target.kind]]: x.target.id,
    state: routeState(r, t.vpc, x),
    origin: x.target.kind === 'local' ? 'CreateRouteTable' : 'CreateRoute',
  })),
  associationSet: [
    ...(t.main
      ? [
          {
            routeTableAssociationId: `${t.id.replace('rtb-', 'rtbassoc-')}`,
            routeTableId: t.id,
            main: true,
            associationState: { state: 'associated' },
          },
        ]
      : []),
    ...Object.entries(t.associations).map(([id, a]) => ({
      routeTableAssociationId: id,
      routeTableId: t.id,
      subnetId: a.subnet,
      main: false,
      associationState: { state: 'associated' },
    })),
  ],
  tagSet: tagSet(t.tags),
});

export const networkInterface = (r: Region, i: NetworkInterface): XmlValue => ({
  networkInterfaceId: i.id,
  subnetId: i.subnet,
  vpcId: i.vpc,
  availabilityZone: i.zone,
  description: i.description,
  ownerId: r.account,
  status: i.attachment ? 'in-use' : 'available',
  interfaceType: 'interface',
  privateIpAddress: i.address,
  sourceDestCheck: i.sourceDestCheck,
  groupSet: i.groups.map((g) => ({ groupId: g, groupName: r.groups[g]?.name })),
  attachment: i.attachment && {
    attachmentId: i.attachment.id,
    instanceId: i.attachment.owner.startsWith('i-') ? i.attachment.owner : undefined,
    deviceIndex: i.attachment.index,
    status: 'attached',
    deleteOnTermination: i.attachment.deleteOnTermination,
  },
  privateIpAddressesSet: [i.address, ...i.secondary].map((a, n) => ({ privateIpAddress: a, primary: n === 0 })),
  ipv4PrefixSet: i.prefixes.map((p) => ({ ipv4Prefix: p })),
  tagSet: tagSet(i.tags),
});

/** Rules of one protocol and port range are told together. */
const permissions = (rules: SecurityRule[]): XmlValue => {
  const byPorts = new Map<string, SecurityRule[]>();
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.from} ${rule.to}`;
    byPorts.set(key, [...(byPorts.get(key) ?? []), rule]);
  }
  return [...byPorts.values()].map((same) => ({
    ipProtocol: same[0]?.protocol,
    fromPort: same[0]?.from,
    toPort: same[0]?.to,
    ipRanges: same.filter((x) => x.cidr !== undefined).map((x) => ({ cidrIp: x.cidr, description: x.description })),
    groups: same.filter((x) => x.group !== undefined).map((x) => ({ groupId: x.group, description: x.description })),
  }));
};

/** A rule by itself, as `DescribeSecurityGroupRules` tells it. */
export const securityRule = (r: Region, group: string, rule: SecurityRule): XmlValue => ({
  securityGroupRuleId: rule.id,
  groupId: group,
  groupOwnerId: r.account,
  isEgress: rule.direction === 'egress',
  ipProtocol: rule.protocol,
  fromPort: rule.from ?? -1,
  toPort: rule.to ?? -1,
  cidrIpv4: rule.cidr,
  referencedGroupInfo: rule.group === undefined ? undefined : { groupId: rule.group, userId: r.account },
  description: rule.description,
});

export const securityGroup = (r: Region, g: SecurityGroup): XmlValue => ({
  groupId: g.id,
  groupName: g.name,
  groupDescription: g.description,
  vpcId: g.vpc,
  ownerId: r.account,
  ipPermissions: permissions(g.rules.filter((x) => x.direction === 'ingress')),
  ipPermissionsEgress: permissions(g.rules.filter((x) => x.direction === 'egress')),
  tagSet: tagSet(g.tags),
});

export const internetGateway = (r: Region, g: InternetGateway): XmlValue => ({
  internetGatewayId: g.id,
  ownerId: r.account,
  attachmentSet: g.vpc === undefined ? [] : [{ vpcId: g.vpc, state: 'available' }],
  tagSet: tagSet(g.tags),
});

export const natGateway = (r: Region, n: NatGateway): XmlValue => ({
  natGatewayId: n.id,
  subnetId: n.subnet,
  vpcId: n.vpc,
  state: 'available',
  connectivityType: n.allocation === undefined ? 'private' : 'public',
  natGatewayAddressSet: [
    {
      allocationId: n.allocation,
      networkInterfaceId: n.interface,
      privateIp: r.interfaces[n.interface]?.address,
      publicIp: r.addresses[n.allocation ?? '']?.address,
    },
  ],
  tagSet: tagSet(n.tags),
});

export const endpoint = (r: Region, e: Endpoint): XmlValue => ({
  vpcEndpointId: e.id,
  vpcEndpointType: e.kind,
  vpcId: e.vpc,
  serviceName: e.service,
  state: 'available',
  ownerId: r.account,
  routeTableIdSet: e.routeTables,
  subnetIdSet: e.subnets,
  groupSet: e.groups.map((id) => ({ groupId: id, groupName: r.groups[id]?.name })),
  networkInterfaceIdSet: e.interfaces,
  tagSet: tagSet(e.tags),
});

export const elasticAddress = (a: ElasticAddress): XmlValue => ({
  allocationId: a.allocation,
  publicIp: a.address,
  domain: 'vpc',
  tagSet: tagSet(a.tags),
});

export const volume = (v: Volume): XmlValue => ({
  volumeId: v.id,
  size: v.size,
  volumeType: v.type,
  iops: v.iops,
  throughput: v.throughput,
  encrypted: v.encrypted,
  availabilityZone: v.zone,
  status: v.attachment ? 'in-use' : 'available',
  attachmentSet: v.attachment
    ? [
        {
          volumeId: v.id,
          instanceId: v.attachment.instance,
          device: v.attachment.device,
          status: 'attached',
          deleteOnTermination: v.attachment.deleteOnTermination,
        },
      ]
    : [],
  tagSet: tagSet(v.tags),
});

const stateCodes = { running: 16, stopped: 80, terminated: 48 };

export const instance = (r: Region, i: Instance): XmlValue => {
  const primary = i.state === 'terminated' ? undefined : r.interfaces[i.interfaces[0] ?? ''];
  return {
    instanceId: i.id,
    imageId: i.image,
    instanceState: { code: stateCodes[i.state], name: i.state },
    instanceType: i.type,
    launchTime: i.launched,
    placement: { availabilityZone: i.zone, tenancy: 'default' },
    keyName: i.keyName,
    subnetId: primary && i.subnet,
    vpcId: primary && i.vpc,
    privateIpAddress: primary?.address,
    sourceDestCheck: primary?.sourceDestCheck,
    ebsOptimized: i.ebsOptimized,
    iamInstanceProfile: i.profile && { arn: `arn:${partitionOf(r.name)}:iam::${r.account}:instance-profile/${i.profile}` },
    groupSet: primary?.groups.map((g) => ({ groupId: g, groupName: r.groups[g]?.name })),
    metadataOptions: {
      state: 'applied',
      httpTokens: String(i.metadataOptions.HttpTokens ?? 'optional'),
      httpPutResponseHopLimit: Number(i.metadataOptions.HttpPutResponseHopLimit ?? 1),
      httpEndpoint: String(i.metadataOptions.HttpEndpoint ?? 'enabled'),
      instanceMetadataTags: String(i.metadataOptions.InstanceMetadataTags ?? 'disabled'),
    },
    networkInterfaceSet:
      i.state === 'terminated'
        ? []
        : i.interfaces.flatMap((id) => (r.interfaces[id] ? [networkInterface(r, r.interfaces[id])] : [])),
    blockDeviceMapping: Object.entries(i.volumes).map(([deviceName, volumeId]) => ({
      deviceName,
      ebs: { volumeId, status: 'attached' },
    })),
    rootDeviceType: 'ebs',
    tagSet: tagSet(i.tags),
  };
};

export const image = (r: Region, i: Image): XmlValue => ({
  imageId: i.id,
  name: i.name,
  imageState: 'available',
  imageOwnerId: r.account,
  creationDate: i.created,
  isPublic: false,
  architecture: 'x86_64',
  rootDeviceType: 'ebs',
  tagSet: tagSet(i.tags),
});
