import type { JsonObject } from '../../../../engine/json';
import { FLOW_LOG_INTERVALS } from '../../../../facts/aws/requests';
import { choice, givenOf, number, type PropertyCheck, type Said, text, unless } from '../given';

const DESTINATIONS = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'];
const one = (p: JsonObject, keys: readonly string[], what: string): Said =>
  givenOf(p, keys).length !== 1 &&
  `The request must contain exactly one ${what} of ${keys.join(', ')}; it contains ${givenOf(p, keys).join(', ') || 'none'}`;

export const networkChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::EC2::VPC': (p) => [
    text(p, 'EnableDnsSupport') === 'false' &&
      text(p, 'EnableDnsHostnames') === 'true' &&
      'EnableDnsHostnames: DNS hostnames need DNS support',
  ],
  'AWS::EC2::Route': (p) => [one(p, DESTINATIONS, 'destination')],
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
  'AWS::EC2::VPNConnection': (p) => [one(p, ['TransitGatewayId', 'VpnGatewayId', 'VpnConcentratorId'], 'gateway')],
  'AWS::EC2::NetworkInterface': (p) => [
    givenOf(p, ['Ipv4PrefixCount', 'Ipv4Prefixes']).length > 1 && 'Ipv4Prefixes: either Ipv4PrefixCount or Ipv4Prefixes',
  ],
};
