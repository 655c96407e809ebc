/** Hosts with addresses on the internet. */
import { type Json, listOf, objectOf } from '../../model/json';
import type { Resource } from '../context';
import { isOn, newly, type SecurityRule, standing, weakness } from './weakness';

/** The property that gives a public address, and whether it does. */
const TESTS: Readonly<Record<string, readonly [property: string, test: (properties: Resource['Properties']) => boolean][]>> = {
  'AWS::EC2::Instance': [['NetworkInterfaces', ({ NetworkInterfaces }) => associates(NetworkInterfaces)]],
  'AWS::EC2::LaunchTemplate': [
    ['LaunchTemplateData', ({ LaunchTemplateData }) => associates(objectOf(LaunchTemplateData).NetworkInterfaces)],
  ],
  'AWS::EC2::Subnet': [['MapPublicIpOnLaunch', ({ MapPublicIpOnLaunch }) => isOn(MapPublicIpOnLaunch)]],
  'AWS::EC2::EIP': [['InstanceId', ({ InstanceId }) => InstanceId !== undefined]],
  'AWS::EC2::EIPAssociation': [['AllocationId', () => true]],
  'ALIYUN::ECS::Instance': [
    [
      'AllocatePublicIP',
      ({ AllocatePublicIP, InternetMaxBandwidthOut }) => isOn(AllocatePublicIP) && Number(InternetMaxBandwidthOut) > 0,
    ],
    ['InternetMaxBandwidthOut', ({ InternetMaxBandwidthOut }) => Number(InternetMaxBandwidthOut ?? 0) > 0],
  ],
  'ALIYUN::ESS::ScalingConfiguration': [
    ['InternetMaxBandwidthOut', ({ InternetMaxBandwidthOut }) => Number(InternetMaxBandwidthOut ?? 0) > 0],
  ],
  'ALIYUN::VPC::EIPAssociation': [['InstanceId', ({ InstanceType }) => InstanceType !== 'Nat']],
};
const TYPES: ReadonlySet<string> = new Set(Object.keys(TESTS));

function associates(interfaces: Json | undefined): boolean {
  return listOf(interfaces).some((one) => isOn(objectOf(one).AssociatePublicIpAddress));
}

const ONLY = 'only security rules keep the internet out';

export const hostsArePublic: SecurityRule = (context) =>
  standing(context, TYPES).flatMap((resource) => {
    const found = TESTS[resource.type]!.find(([, test]) => newly(resource, ({ Properties }) => test(Properties)));
    if (found === undefined) return [];
    const words = { hosts: `get public addresses: ${ONLY}`, thing: `gives public addresses: ${ONLY}` };
    return [weakness(context, resource, found[0], 'address-public', words)];
  });
