import type { JsonObject } from '../../../../engine/json';
import { CLOUD_AS_NUMBERS, TUNNELS_RESERVED, VPC_BITS } from '../../../../facts/aws/limits';
import { FLOW_LOG_INTERVALS, MOST_AS_NUMBER, VPN_TUNNELS } from '../../../../facts/aws/requests';
import { address, block, canonical } from '../../../ipv4';
import { choice, givenOf, maps, members, number, type PropertyCheck, type Said, text, unless } from '../known';
import { cidrFault } from './security-groups';

/** A VPC's or subnet's range: EC2 takes it with bits of the host, and keeps it without ("CreateVpc", CidrBlock). */
function rangeFaults(p: JsonObject, code: string): Said[] {
  const cidr = text(p, 'CidrBlock');
  if (cidr === undefined) return [];
  const bits = block(canonical(cidr) ?? '')?.bits;
  const { least, most } = VPC_BITS;
  return [
    (bits === undefined || bits < least || bits > most) &&
      `CidrBlock: The CIDR '${cidr}' is invalid. (${code}: /${least} to /${most})`,
  ];
}

const DESTINATIONS = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'];
const TARGETS = [
  'CarrierGatewayId',
  'CoreNetworkArn',
  'EgressOnlyInternetGatewayId',
  'GatewayId',
  'InstanceId',
  'LocalGatewayId',
  'NatGatewayId',
  'NetworkInterfaceId',
  'OdbNetworkArn',
  'TransitGatewayId',
  'VpcEndpointId',
  'VpcPeeringConnectionId',
];

const one = (p: JsonObject, keys: readonly string[], what: string): Said =>
  givenOf(p, keys).length !== 1 &&
  `The request must contain exactly one ${what} of ${keys.join(', ')}; it contains ${givenOf(p, keys).join(', ') || 'none'}`;

const cloudNumber = (p: JsonObject): Said => {
  const asn = number(p, 'AmazonSideAsn');
  return (
    asn !== undefined &&
    !CLOUD_AS_NUMBERS.some(([least, most]) => asn >= least && asn <= most) &&
    `AmazonSideAsn: Amazon side ASN ${asn} is not a private one`
  );
};

const addressFault = (p: JsonObject, key: string): Said =>
  text(p, key) !== undefined &&
  address(text(p, key) as string) === undefined &&
  !text(p, key)?.includes(':') &&
  `${key}: Value (${text(p, key)}) for parameter address is invalid. Address is malformed`;

const SWITCHES = [
  'AutoAcceptSharedAttachments',
  'DefaultRouteTableAssociation',
  'DefaultRouteTablePropagation',
  'DnsSupport',
  'MulticastSupport',
  'VpnEcmpSupport',
];

const attachment: PropertyCheck = (p) => [
  Array.isArray(p.SubnetIds) && p.SubnetIds.length === 0 && 'SubnetIds: The request must contain the parameter subnetIds',
];

const tunnelFaults = (tunnel: JsonObject, path: string): Said[] => {
  const inside = text(tunnel, 'TunnelInsideCidr');
  return [
    unless(
      VPN_TUNNELS.key,
      text(tunnel, 'PreSharedKey'),
      () => `${path}.PreSharedKey: 8 to 64 letters, digits, . and _, not starting with zero`,
    ),
    inside !== undefined &&
      (!VPN_TUNNELS.inside.test(inside) || TUNNELS_RESERVED.includes(inside)) &&
      `${path}.TunnelInsideCidr: ${inside} is not a /30 of 169.254.0.0/16 that is free for tunnels`,
  ];
};

export const networkChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::EC2::VPC': (p) => [
    ...rangeFaults(p, 'InvalidVpc.Range'),
    text(p, 'EnableDnsSupport') === 'false' &&
      text(p, 'EnableDnsHostnames') === 'true' &&
      'EnableDnsHostnames: DNS hostnames need DNS support',
  ],
  'AWS::EC2::Subnet': (p) => rangeFaults(p, 'InvalidSubnet.Range'),
  'AWS::EC2::Route': (p) => [
    one(p, DESTINATIONS, 'destination'),
    one(p, TARGETS, 'target'),
    cidrFault(text(p, 'DestinationCidrBlock'), 'DestinationCidrBlock'),
  ],
  'AWS::EC2::NatGateway': (p) => [
    unless(
      /^eipalloc-[0-9a-f]+$/,
      text(p, 'AllocationId'),
      (id) => `AllocationId: Elastic IP address ${id} could not be associated: it is no allocation's id`,
    ),
    choice(p, 'ConnectivityType', 'public') === 'public' &&
      p.AvailabilityMode === undefined &&
      p.AllocationId === undefined &&
      'AllocationId: The request must contain the parameter AllocationId',
    text(p, 'ConnectivityType') === 'private' &&
      p.AllocationId !== undefined &&
      'AllocationId: a private NAT gateway has no address of the internet',
  ],
  'AWS::EC2::FlowLog': (p) => [
    number(p, 'MaxAggregationInterval') !== undefined &&
      !FLOW_LOG_INTERVALS.includes(number(p, 'MaxAggregationInterval') as number) &&
      `MaxAggregationInterval: Invalid Flow Log Max Aggregation Interval: ${FLOW_LOG_INTERVALS.join(' or ')}`,
    choice(p, 'LogDestinationType', 'cloud-watch-logs') === 'cloud-watch-logs' &&
      p.DeliverLogsPermissionArn === undefined &&
      "DeliverLogsPermissionArn: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
  ],
  'AWS::EC2::VPCPeeringConnection': (p) => [
    p.PeerRegion === undefined &&
      p.PeerOwnerId === undefined &&
      p.VpcId !== undefined &&
      JSON.stringify(p.VpcId) === JSON.stringify(p.PeerVpcId) &&
      'PeerVpcId: a VPC is no peer of itself',
  ],
  'AWS::EC2::TransitGateway': (p) => [
    cloudNumber(p),
    ...SWITCHES.map((key) =>
      unless(/^(enable|disable)$/, text(p, key), (v) => `${key}: Value (${v}) is invalid: enable or disable`),
    ),
  ],
  'AWS::EC2::TransitGatewayAttachment': attachment,
  'AWS::EC2::TransitGatewayVpcAttachment': attachment,
  'AWS::EC2::TransitGatewayRoute': (p) => [
    choice(p, 'Blackhole', 'false') === 'true' &&
      p.TransitGatewayAttachmentId !== undefined &&
      'TransitGatewayAttachmentId: a blackhole leads nowhere',
    choice(p, 'Blackhole', 'false') === 'false' &&
      p.TransitGatewayAttachmentId === undefined &&
      'TransitGatewayAttachmentId: The request must contain it, or Blackhole',
    cidrFault(text(p, 'DestinationCidrBlock'), 'DestinationCidrBlock'),
  ],
  'AWS::DirectConnect::DirectConnectGateway': (p) => [cloudNumber(p)],
  'AWS::EC2::CustomerGateway': (p) => [
    unless(/^ipsec\.1$/, text(p, 'Type'), (type) => `Type: Value (${type}) for parameter type is invalid: ipsec.1`),
    ...['BgpAsn', 'BgpAsnExtended'].map((key) => {
      const asn = number(p, key);
      return (
        asn !== undefined && (asn < 1 || asn > MOST_AS_NUMBER) && `${key}: ${asn} is not an AS number from 1 to ${MOST_AS_NUMBER}`
      );
    }),
    addressFault(p, 'IpAddress'),
  ],
  'AWS::EC2::VPNConnection': (p) => [
    unless(/^ipsec\.1$/, text(p, 'Type'), (type) => `Type: Value (${type}) for parameter type is invalid: ipsec.1`),
    one(p, ['TransitGatewayId', 'VpnGatewayId', 'VpnConcentratorId'], 'gateway'),
    members(p.VpnTunnelOptionsSpecifications).length > VPN_TUNNELS.most &&
      `VpnTunnelOptionsSpecifications: a connection has ${VPN_TUNNELS.most} tunnels`,
    ...maps(p.VpnTunnelOptionsSpecifications).flatMap((t, i) => tunnelFaults(t, `VpnTunnelOptionsSpecifications.${i}`)),
  ],
  'AWS::EC2::NetworkInterface': (p) => [
    addressFault(p, 'PrivateIpAddress'),
    givenOf(p, ['Ipv4PrefixCount', 'Ipv4Prefixes']).length > 1 && 'Ipv4Prefixes: either Ipv4PrefixCount or Ipv4Prefixes',
  ],
  'AWS::EC2::SubnetCidrReservation': (p) => [cidrFault(text(p, 'Cidr'), 'Cidr')],
};
