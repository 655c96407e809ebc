/** All of ROS's types, from a dump that stands beside the repository: what templates are held against in tests, as a second opinion. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** The dump with what is newer, or undefined with a printed reason where the file isn't there. */
export function sharedSchema(): RosSchema | undefined {
  const path = above(__dirname);
  if (path === undefined) {
    console.warn('skipped: no shared/data/ros-resource-types.json above the repository');
    return undefined;
  }
  const dump = JSON.parse(readFileSync(path, 'utf8')) as RosSchema;
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

function above(start: string): string | undefined {
  for (let at = start; ; at = dirname(at)) {
    const path = join(at, 'shared', 'data', 'ros-resource-types.json');
    if (existsSync(path)) return path;
    if (dirname(at) === at) return undefined;
  }
}
