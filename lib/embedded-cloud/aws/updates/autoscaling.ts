import type { UpdateTable } from './effect';

/** What an update does to Auto Scaling's resources. New launch settings reach instances by the group's UpdatePolicy. */
export const autoScalingUpdates: Record<string, UpdateTable> = {
  'AWS::AutoScaling::AutoScalingGroup': {
    page: 'AWS::AutoScaling::AutoScalingGroup',
    properties: {
      AutoScalingGroupName: 'replace',
      AvailabilityZones: 'none',
      CapacityRebalance: 'none',
      Cooldown: 'none',
      DesiredCapacity: 'none',
      HealthCheckGracePeriod: 'none',
      HealthCheckType: 'none',
      InstanceId: 'replace',
      LaunchConfigurationName: 'none',
      LaunchTemplate: 'none',
      LifecycleHookSpecificationList: 'none',
      MaxInstanceLifetime: 'none',
      MaxSize: 'none',
      MetricsCollection: 'none',
      MinSize: 'none',
      MixedInstancesPolicy: 'none',
      NewInstancesProtectedFromScaleIn: 'none',
      NotificationConfigurations: 'none',
      Tags: 'none',
      TargetGroupARNs: 'none',
      TerminationPolicies: 'none',
      VPCZoneIdentifier: 'none',
    },
  },
  'AWS::AutoScaling::LifecycleHook': {
    page: 'AWS::AutoScaling::LifecycleHook',
    properties: {
      AutoScalingGroupName: 'replace',
      DefaultResult: 'none',
      HeartbeatTimeout: 'none',
      LifecycleHookName: 'replace',
      LifecycleTransition: 'none',
      NotificationMetadata: 'none',
      NotificationTargetARN: 'none',
      RoleARN: 'none',
    },
  },
  'AWS::AutoScaling::ScalingPolicy': {
    page: 'AWS::AutoScaling::ScalingPolicy',
    properties: { AutoScalingGroupName: 'replace' },
  },
};
