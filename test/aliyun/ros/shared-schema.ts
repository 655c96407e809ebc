/**
 * All of ROS's types, from a dump of its ListResourceTypes and GetResourceType (aliyun/infraguard, Apache-2.0, 2026-03): what templates are
 * held against in tests, as a second opinion.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EMITTED_TYPES, type RosSchema } from '../../../lib/aliyun/ros';

/** Properties that ROS got after the dump was made (2026-03); ros-cdk 1.15 (2026-09) has them. */
const NEWER: Readonly<Record<string, readonly string[]>> = {
  'ALIYUN::ESS::ScalingConfiguration': ['CpuOptions'],
  'ALIYUN::VPC::BgpPeer': ['BfdMultiHop', 'IpVersion'],
  'ALIYUN::VPC::CustomerGateway': ['ResourceGroupId'],
  'ALIYUN::VPC::EIP': ['InstanceId', 'IpAddress'],
  'ALIYUN::VPC::NatGateway': ['AccessMode', 'AvailabilityMode', 'Ipv4Prefix', 'NatIp', 'PrivateLinkEnabled'],
  'ALIYUN::VPC::SnatEntry': ['NetworkInterfaceId'],
  'ALIYUN::VPC::VirtualBorderRouter': ['Bandwidth', 'ResourceGroupId'],
  'ALIYUN::VPC::VpcPeerConnection': ['Bandwidth', 'LinkType', 'ResourceGroupId'],
  'ALIYUN::VPC::VpnAttachment': ['EnableTunnelsBgp', 'ResourceGroupId', 'TunnelBandwidth', 'TunnelOptionsSpecification'],
};
/** What was required once and is no more, since these have more than one tunnel. */
const OPTIONAL_NOW: readonly (readonly [type: string, property: string])[] = [
  ['ALIYUN::CEN::TransitRouterVpnAttachment', 'ZoneId'],
  ['ALIYUN::VPC::VpnAttachment', 'CustomerGatewayId'],
];

/** The dump with what is newer. */
export function sharedSchema(): RosSchema {
  const dump = JSON.parse(gunzipSync(readFileSync(join(__dirname, 'resource-types.json.gz'))).toString()) as RosSchema;
  const resourceTypes = { ...dump.resourceTypes };
  for (const [type, names] of Object.entries(NEWER)) {
    const newer = Object.fromEntries(
      names.map((name) => [name, { type: EMITTED_TYPES.resourceTypes[type]!.properties[name]!.type }]),
    );
    const known = resourceTypes[type]!;
    resourceTypes[type] = { ...known, properties: { ...newer, ...known.properties } };
  }
  for (const [type, name] of OPTIONAL_NOW) {
    const known = resourceTypes[type]!;
    resourceTypes[type] = {
      ...known,
      properties: { ...known.properties, [name]: { ...known.properties[name]!, required: false } },
    };
  }
  return { version: dump.version, resourceTypes };
}
