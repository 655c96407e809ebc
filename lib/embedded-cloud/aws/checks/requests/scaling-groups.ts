import { HEARTBEAT_SECONDS } from '../../../../facts/aws/requests';
import { choice, givenOf, number, type PropertyCheck } from '../given';

const LAUNCHERS = ['InstanceId', 'LaunchConfigurationName', 'LaunchTemplate', 'MixedInstancesPolicy'];

export const scalingChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::AutoScaling::AutoScalingGroup': (p) => {
    const sizes = ['MinSize', 'MaxSize', 'DesiredCapacity'].map((key) => number(p, key) ?? 0);
    return [
      ...['Cooldown', 'HealthCheckGracePeriod'].map((key) => (number(p, key) ?? 0) < 0 && `${key}: it is 0 or more`),
      sizes.some((n) => n < 0) && 'MinSize: a size is 0 or more',
      givenOf(p, LAUNCHERS).length !== 1 &&
        'LaunchTemplate: Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
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
