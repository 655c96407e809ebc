import { HEARTBEAT_SECONDS } from '../../../../facts/aws/requests';
import { choice, givenOf, number, type PropertyCheck } from '../known';

const LAUNCHERS = ['InstanceId', 'LaunchConfigurationName', 'LaunchTemplate', 'MixedInstancesPolicy'];

export const scalingChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::AutoScaling::AutoScalingGroup': (p) => {
    const [min, max, desired] = [number(p, 'MinSize'), number(p, 'MaxSize'), number(p, 'DesiredCapacity')];
    return [
      min !== undefined && max !== undefined && min > max && 'MinSize: Max bound must be greater than or equal to min bound',
      ...['Cooldown', 'HealthCheckGracePeriod'].map((key) => (number(p, key) ?? 0) < 0 && `${key}: it is 0 or more`),
      [min, max, desired].some((n) => n !== undefined && n < 0) && 'MinSize: a size is 0 or more',
      desired !== undefined &&
        ((min !== undefined && desired < min) || (max !== undefined && desired > max)) &&
        `DesiredCapacity: Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
      givenOf(p, LAUNCHERS).length !== 1 &&
        'LaunchTemplate: Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
      givenOf(p, ['AvailabilityZones', 'AvailabilityZoneIds', 'InstanceId', 'VPCZoneIdentifier']).length === 0 &&
        'VPCZoneIdentifier: At least one Availability Zone or VPC Subnet is required.',
    ];
  },
  'AWS::AutoScaling::LifecycleHook': (p) => {
    const seconds = number(p, 'HeartbeatTimeout');
    const { least, most } = HEARTBEAT_SECONDS;
    return [
      seconds !== undefined && (seconds < least || seconds > most) && `HeartbeatTimeout: it is from ${least} to ${most} seconds`,
    ];
  },
  'AWS::AutoScaling::ScalingPolicy': (p) => {
    const type = choice(p, 'PolicyType', 'SimpleScaling');
    const wanted = {
      TargetTrackingScaling: 'TargetTrackingConfiguration',
      StepScaling: 'StepAdjustments',
      SimpleScaling: 'ScalingAdjustment',
      PredictiveScaling: 'PredictiveScalingConfiguration',
    }[type ?? ''];
    return [wanted !== undefined && p[wanted] === undefined && `${wanted}: a policy of type ${type} needs it`];
  },
};
