/** Files of an assets' bucket in memory, and properties that name them. */
import { createHash } from 'node:crypto';
import type { FileProperty, RosStackProperties } from '../../../lib/aliyun/cdk/properties';
import { REGION, template, vpc, vSwitch } from '../../embedded-cloud/ros/ros-cloud';

export const files = new Map<string, string>();

export function asset(text: string): FileProperty {
  const digest = createHash('sha256').update(text).digest('hex');
  files.set(`${digest}.ros`, text);
  return { Bucket: 'assets', Key: `${digest}.ros`, Digest: digest };
}

/** A stack of a VPC and a switch, and what else a test says of it. */
export function stackOf(name: string, more: Partial<RosStackProperties> = {}, cidr = '10.0.0.0/24'): RosStackProperties {
  const text = template(
    { Vpc: vpc(), Switch: vSwitch({ CidrBlock: cidr }) },
    { Outputs: { VpcIdG1: { Value: { 'Fn::GetAtt': ['Vpc', 'VpcId'] } } } },
  );
  return {
    Region: REGION,
    StackName: name,
    Template: asset(text),
    Tags: { 'meissa:stack': name },
    TimeoutMinutes: '10',
    DisableRollback: 'false',
    DeletionProtection: 'false',
    Outputs: ['VpcIdG1'],
    RollCommand: 'meissa deploy cn-beijing',
    ...more,
  };
}
