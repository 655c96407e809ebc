/** Lists of what stands in a region: by ids, by filters, in pages. */
import type { XmlValue } from '../../http/xml';
import type { Region } from '../../store/world';
import { AwsError } from '../aws-error';
import type { SecurityRule } from '../world/network';
import { zonesOf } from '../world/zones';
import { type Action, type Fields, listing, lost, paged } from './ec2-filters';
import * as words from './ec2-words';

const vpcs = listing(
  (r) => r.vpcs,
  'VpcId',
  lost('InvalidVpcID.NotFound', 'vpc'),
  (v, r) => ({
    'vpc-id': [v.id],
    cidr: [v.cidr],
    'cidr-block': [v.cidr],
    'cidr-block-association.cidr-block': [v.cidr],
    'is-default': ['false'],
    'owner-id': [r.account],
    state: ['available'],
  }),
);
const subnets = listing(
  (r) => r.subnets,
  'SubnetId',
  lost('InvalidSubnetID.NotFound', 'subnet'),
  (s) => ({
    'subnet-id': [s.id],
    'vpc-id': [s.vpc],
    'availability-zone': [s.zone],
    'cidr-block': [s.cidr],
    'default-for-az': ['false'],
    'map-public-ip-on-launch': [String(s.mapPublicIp)],
    state: ['available'],
  }),
);
/** Filters of a route table by where its routes go. */
const ROUTE_TARGETS = {
  gateway: 'route.gateway-id',
  nat: 'route.nat-gateway-id',
  transit: 'route.transit-gateway-id',
  peering: 'route.vpc-peering-connection-id',
  instance: 'route.instance-id',
} as const;
const routeTables = listing(
  (r) => r.routeTables,
  'RouteTableId',
  lost('InvalidRouteTableID.NotFound', 'routeTable'),
  (t) => ({
    'route-table-id': [t.id],
    'vpc-id': [t.vpc],
    'association.subnet-id': Object.values(t.associations).map((a) => a.subnet),
    'association.main': [String(t.main)],
    'association.route-table-association-id': Object.keys(t.associations),
    'route.destination-cidr-block': t.routes.map((x) => x.destination),
    ...Object.fromEntries(
      Object.entries(ROUTE_TARGETS).map(([kind, filter]) => [
        filter,
        t.routes.filter((x) => x.target.kind === kind).map((x) => x.target.id),
      ]),
    ),
  }),
);
const interfaces = listing(
  (r) => r.interfaces,
  'NetworkInterfaceId',
  lost('InvalidNetworkInterfaceID.NotFound', 'networkInterface'),
  (i) => ({
    'network-interface-id': [i.id],
    'vpc-id': [i.vpc],
    'subnet-id': [i.subnet],
    'private-ip-address': [i.address],
    'addresses.private-ip-address': [i.address, ...i.secondary],
    'attachment.instance-id': [i.attachment?.owner],
    'group-id': i.groups,
    status: [i.attachment ? 'in-use' : 'available'],
  }),
);
const groups = listing(
  (r) => r.groups,
  'GroupId',
  (id) => new AwsError('InvalidGroup.NotFound', `The security group '${id}' does not exist`),
  (g) => ({ 'group-id': [g.id], 'group-name': [g.name], 'vpc-id': [g.vpc], description: [g.description] }),
);
const volumes = listing(
  (r) => r.volumes,
  'VolumeId',
  (id) => new AwsError('InvalidVolume.NotFound', `The volume '${id}' does not exist.`),
  (v) => ({
    'volume-id': [v.id],
    'availability-zone': [v.zone],
    'attachment.instance-id': [v.attachment?.instance],
    status: [v.attachment ? 'in-use' : 'available'],
  }),
);
const instances = listing(
  (r) => r.instances,
  'InstanceId',
  lost('InvalidInstanceID.NotFound', 'instance'),
  (i, r) => ({
    'instance-id': [i.id],
    'vpc-id': [i.vpc],
    'subnet-id': [i.subnet],
    'availability-zone': [i.zone],
    'instance-type': [i.type],
    'image-id': [i.image],
    'instance-state-name': [i.state],
    'private-ip-address': [r.interfaces[i.interfaces[0] ?? '']?.address],
  }),
);
const images = listing(
  (r) => r.images,
  'ImageId',
  (id) => new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`),
  (i) => ({ 'image-id': [i.id], name: [i.name], state: ['available'] }),
);

const internetGateways = listing(
  (r) => r.internetGateways,
  'InternetGatewayId',
  lost('InvalidInternetGatewayID.NotFound', 'internetGateway'),
  (g) => ({ 'internet-gateway-id': [g.id], 'attachment.vpc-id': [g.vpc], 'attachment.state': [g.vpc && 'available'] }),
);
const natGateways = listing(
  (r) => r.natGateways,
  'NatGatewayId',
  (id) => new AwsError('NatGatewayNotFound', `NAT gateway ${id} was not found`),
  (n) => ({ 'nat-gateway-id': [n.id], 'vpc-id': [n.vpc], 'subnet-id': [n.subnet], state: ['available'] }),
);
const endpoints = listing(
  (r) => r.endpoints,
  'VpcEndpointId',
  (id) => new AwsError('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`),
  (e) => ({
    'vpc-endpoint-id': [e.id],
    'vpc-id': [e.vpc],
    'service-name': [e.service],
    'vpc-endpoint-type': [e.kind],
    'vpc-endpoint-state': ['available'],
  }),
);
const addresses = listing(
  (r) => r.addresses,
  'AllocationId',
  (id) => new AwsError('InvalidAllocationID.NotFound', `The allocation ID '${id}' does not exist`),
  (a) => ({ 'allocation-id': [a.allocation], 'public-ip': [a.address], domain: ['vpc'] }),
);
const launchTemplates = listing(
  (r) => r.launchTemplates,
  'LaunchTemplateId',
  lost('InvalidLaunchTemplateId.NotFound', 'launch template'),
  (t) => ({ 'launch-template-name': [t.name] }),
);
/** No resource type here makes one: a list, as empty as it is. */
const vpnGateways = listing(
  () => ({}) as Record<string, { tags: Record<string, string> }>,
  'VpnGatewayId',
  lost('InvalidVpnGatewayID.NotFound', 'vpnGateway'),
  () => ({}),
);
type OwnRule = SecurityRule & { readonly owner: string; readonly tags: Record<string, string> };
const rules = listing(
  (r) =>
    Object.fromEntries(
      Object.values(r.groups).flatMap((g) => g.rules.map((x): [string, OwnRule] => [x.id, { ...x, owner: g.id, tags: {} }])),
    ),
  'SecurityGroupRuleId',
  (id) => new AwsError('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`),
  (x) => ({ 'group-id': [x.owner], 'security-group-rule-id': [x.id] }),
);

/** A list in pages. */
const list =
  <T>(set: string, rows: (region: Region, form: Fields) => T[], word: (region: Region, item: T) => XmlValue): Action =>
  (_backend, region, form) =>
    paged(form, set, rows(region, form), (item) => word(region, item));

/** Calls that list. */
export const describeActions: Record<string, Action> = {
  DescribeVpcs: list('vpcSet', vpcs, words.vpc),
  DescribeSubnets: list('subnetSet', subnets, words.subnet),
  DescribeRouteTables: list('routeTableSet', routeTables, words.routeTable),
  DescribeNetworkInterfaces: list('networkInterfaceSet', interfaces, words.networkInterface),
  DescribeSecurityGroups: list('securityGroupInfo', groups, words.securityGroup),
  DescribeSecurityGroupRules: list('securityGroupRuleSet', rules, (r, x) => words.securityRule(r, x.owner, x)),
  DescribeVolumes: list('volumeSet', volumes, (_r, v) => words.volume(v)),
  DescribeInstances: list('reservationSet', instances, (r, i) => ({
    reservationId: i.id.replace('i-', 'r-'),
    ownerId: r.account,
    instancesSet: [words.instance(r, i)],
  })),
  DescribeImages: list('imagesSet', images, words.image),
  DescribeInternetGateways: list('internetGatewaySet', internetGateways, words.internetGateway),
  DescribeNatGateways: list('natGatewaySet', natGateways, words.natGateway),
  DescribeVpcEndpoints: list('vpcEndpointSet', endpoints, words.endpoint),
  DescribeAddresses: list('addressesSet', addresses, (_r, a) => words.elasticAddress(a)),
  DescribeLaunchTemplates: list('launchTemplates', launchTemplates, (_r, t) => ({
    launchTemplateId: t.id,
    launchTemplateName: t.name,
    defaultVersionNumber: 1,
    latestVersionNumber: t.versions.length,
    tagSet: words.tagSet(t.tags),
  })),
  DescribeVpnGateways: list('vpnGatewaySet', vpnGateways, () => ({})),
  DescribeAvailabilityZones: (_b, r) => ({
    availabilityZoneInfo: zonesOf(r.name).map((z) => ({
      zoneName: z,
      zoneState: 'available',
      regionName: r.name,
      zoneType: 'availability-zone',
      optInStatus: 'opt-in-not-required',
    })),
  }),
};
