/** Names that differ between aws, aws-cn and aws-us-gov. */
import type { CloudRegion, Partition } from '../estate/model/model';

/** Where a resource stands. Known at synth: nothing of it is an intrinsic function, so templates stay small and readable. */
export interface Place {
  readonly partition: Partition;
  readonly region: CloudRegion;
  readonly account: string;
  /** `amazonaws.com`, in China `amazonaws.com.cn`. */
  readonly dnsSuffix: string;
}

/** `arn:aws-cn:ssm:cn-north-1:123456789012:parameter/x`. */
export function arn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`;
}

/** ARN of a thing that has neither region nor account: a bucket or its objects. */
export function globalArn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}:::${resource}`;
}

/** ARN of a thing of the account as a whole: a role, a policy. */
export function accountArn(place: Place, service: string, resource: string): string {
  return `arn:${place.partition}:${service}::${place.account}:${resource}`;
}

/** ARN of a stack by its name: the last part is the stack's id, which is new each time that it is created. */
export function stackArn(place: Place, name: string): string {
  return arn(place, 'cloudformation', `stack/${name}/*`);
}

/** ARN of the SecureString parameters below a name. */
export function secretsArn(place: Place, prefix: string): string {
  return arn(place, 'ssm', `parameter${prefix}/*`);
}

/** ARN of an Auto Scaling group by its name: an id stands before it. */
export function scalingGroupArn(place: Place, name: string): string {
  return arn(place, 'autoscaling', `autoScalingGroup:*:autoScalingGroupName/${name}`);
}

/** EC2's own alarm action. Source: Amazon CloudWatch API Reference, "PutMetricAlarm", AlarmActions. */
export function recoverAction(place: Place): string {
  return `arn:${place.partition}:automate:${place.region}:ec2:recover`;
}

/**
 * Who EC2 is in a trust policy. Service principals end in `amazonaws.com` in every partition, China too.
 * Source: aws-cdk-lib 2.276.0 region-info ("service principals are now globally `<SERVICE>.amazonaws.com`").
 */
export function servicePrincipal(service: string): string {
  return `${service}.amazonaws.com`;
}
