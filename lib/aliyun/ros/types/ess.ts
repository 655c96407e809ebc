// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Part of `AlarmTaskProps`: Dimensions. */
export interface AlarmTaskDimensions {
  readonly DimensionKey: Value<string>;
  readonly DimensionValue: Value<string>;
}

/** Properties of `ALIYUN::ESS::AlarmTask`. */
export interface AlarmTaskProps {
  /** 1 to 5 items. */
  readonly AlarmAction: Value<readonly Value<string>[]>;
  readonly ComparisonOperator?: Value<'>=' | '<=' | '>' | '<'>;
  readonly Description?: Value<string>;
  /** At least 1 items. */
  readonly Dimensions?: Value<readonly Value<AlarmTaskDimensions>[]>;
  /** A whole number. At least 1. */
  readonly EvaluationCount?: Value<number>;
  /** A whole number. */
  readonly GroupId?: Value<number>;
  readonly MetricName: Value<string>;
  readonly MetricType?: Value<'system' | 'custom'>;
  readonly Name?: Value<string>;
  /** A whole number. */
  readonly Period?: Value<15 | 60 | 120 | 300 | 900>;
  readonly ScalingGroupId: Value<string>;
  readonly Statistics?: Value<'Average' | 'Minimum' | 'Maximum'>;
  readonly Threshold: Value<number>;
}

/** Attributes of `ALIYUN::ESS::AlarmTask`. */
export type AlarmTaskAttribute = 'AlarmTaskId';

/** `ALIYUN::ESS::AlarmTask`. */
export class AlarmTask extends RosResource<AlarmTaskProps, AlarmTaskAttribute> {
  static readonly TYPE = 'ALIYUN::ESS::AlarmTask';

  constructor(scope: Construct, id: string, properties: AlarmTaskProps, options: ResourceOptions = {}) {
    super(scope, id, AlarmTask.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::ESS::LifecycleHook`. */
export interface LifecycleHookProps {
  readonly DefaultResult?: Value<'CONTINUE' | 'ABANDON' | 'ROLLBACK'>;
  /** A whole number. 30 to 86400. */
  readonly HeartbeatTimeout?: Value<number>;
  /** Matches `^[a-zA-Z0-9\u4e00-\u9fa5][-_.a-zA-Z0-9\u4e00-\u9fa5]{1,63}$`. */
  readonly LifecycleHookName?: Value<string>;
  readonly LifecycleTransition: Value<'SCALE_OUT' | 'SCALE_IN'>;
  /** At most 300 characters. */
  readonly NotificationArn?: Value<string>;
  /** At most 4096 characters. */
  readonly NotificationMetadata?: Value<string>;
  readonly ScalingGroupId: Value<string>;
}

/** Attributes of `ALIYUN::ESS::LifecycleHook`. */
export type LifecycleHookAttribute = 'LifecycleHookId' | 'ScalingGroupId';

/** `ALIYUN::ESS::LifecycleHook`. */
export class LifecycleHook extends RosResource<LifecycleHookProps, LifecycleHookAttribute> {
  static readonly TYPE = 'ALIYUN::ESS::LifecycleHook';

  constructor(scope: Construct, id: string, properties: LifecycleHookProps, options: ResourceOptions = {}) {
    super(scope, id, LifecycleHook.TYPE, properties, options);
  }
}

/** Part of `ScalingConfigurationProps`: CpuOptions. */
export interface ScalingConfigurationCpuOptions {
  readonly NestedVirtualization?: Value<'enabled' | 'disabled'>;
}

/** Part of `ScalingConfigurationProps`: DiskMappings. */
export interface ScalingConfigurationDiskMappings {
  readonly AutoSnapshotPolicyId?: Value<string>;
  readonly BurstingEnabled?: Value<boolean>;
  /** At most 10 items. */
  readonly Categories?: Value<readonly Value<string>[]>;
  readonly Category?: Value<string>;
  readonly DeleteWithInstance?: Value<boolean>;
  readonly Description?: Value<string>;
  readonly Device?: Value<string>;
  readonly DiskName?: Value<string>;
  readonly Encrypted?: Value<'true' | 'false'>;
  readonly KMSKeyId?: Value<string>;
  readonly PerformanceLevel?: Value<string>;
  readonly ProvisionedIops?: Value<number>;
  readonly Size?: Value<string>;
  readonly SnapshotId?: Value<string>;
}

/** Part of `ScalingConfigurationProps`: InstancePatternInfos. */
export interface ScalingConfigurationInstancePatternInfos {
  /** At most 10 items. */
  readonly Architectures?: Value<readonly Value<string>[]>;
  readonly BurstablePerformance?: Value<string>;
  readonly Cores?: Value<number>;
  /** At most 100 items. */
  readonly ExcludedInstanceTypes?: Value<readonly Value<string>[]>;
  readonly InstanceFamilyLevel?: Value<string>;
  readonly MaxPrice?: Value<number>;
  readonly Memory?: Value<number>;
}

/** Part of `ScalingConfigurationProps`: InstanceTypeOverrides. */
export interface ScalingConfigurationInstanceTypeOverrides {
  readonly InstanceType?: Value<string>;
  /** 1 to 500. */
  readonly WeightedCapacity?: Value<number>;
}

/** Part of `ScalingConfigurationProps`: PrivatePoolOptions. */
export interface ScalingConfigurationPrivatePoolOptions {
  readonly Id?: Value<string>;
  readonly MatchCriteria?: Value<string>;
}

/** Part of `ScalingConfigurationProps`: TagList. */
export interface ScalingConfigurationTagList {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::ESS::ScalingConfiguration`. */
export interface ScalingConfigurationProps {
  readonly Affinity?: Value<string>;
  /** A whole number. */
  readonly Cpu?: Value<number>;
  readonly CpuOptions?: Value<ScalingConfigurationCpuOptions>;
  readonly CreditSpecification?: Value<'Standard' | 'Unlimited'>;
  readonly DedicatedHostId?: Value<string>;
  readonly DeploymentSetId?: Value<string>;
  /** At most 16 items. */
  readonly DiskMappings?: Value<readonly Value<ScalingConfigurationDiskMappings>[]>;
  readonly HostName?: Value<string>;
  readonly HpcClusterId?: Value<string>;
  readonly ImageFamily?: Value<string>;
  readonly ImageId?: Value<string>;
  readonly ImageName?: Value<string>;
  readonly ImageOptionsLoginAsNonRoot?: Value<boolean>;
  readonly InstanceDescription?: Value<string>;
  readonly InstanceId?: Value<string>;
  readonly InstanceName?: Value<string>;
  readonly InstancePatternInfos?: Value<readonly Value<ScalingConfigurationInstancePatternInfos>[]>;
  readonly InstanceType?: Value<string>;
  /** At most 10 items. */
  readonly InstanceTypeOverrides?: Value<readonly Value<ScalingConfigurationInstanceTypeOverrides>[]>;
  /** 1 to 10 items. */
  readonly InstanceTypes?: Value<readonly Value<string>[]>;
  readonly InternetChargeType?: Value<'paybytraffic' | 'PayByTraffic' | 'paybybandwidth' | 'PayByBandwidth'>;
  /** A whole number. 1 to 200. */
  readonly InternetMaxBandwidthIn?: Value<number>;
  /** A whole number. 0 to 100. */
  readonly InternetMaxBandwidthOut?: Value<number>;
  readonly IoOptimized?: Value<'none' | 'optimized'>;
  /** A whole number. At least 0. */
  readonly Ipv6AddressCount?: Value<number>;
  readonly KeyPairName?: Value<string>;
  /** A whole number. 1 to 100. */
  readonly LoadBalancerWeight?: Value<number>;
  /** A whole number. */
  readonly Memory?: Value<number>;
  readonly Password?: Value<string>;
  readonly PasswordInherit?: Value<boolean>;
  readonly PrivatePoolOptions?: Value<ScalingConfigurationPrivatePoolOptions>;
  readonly RamRoleName?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  readonly ScalingConfigurationName?: Value<string>;
  readonly ScalingGroupId: Value<string>;
  readonly SecurityEnhancementStrategy?: Value<string>;
  readonly SecurityGroupId?: Value<string>;
  /** At most 16 items. */
  readonly SecurityGroupIds?: Value<readonly Value<string>[]>;
  /** A whole number. */
  readonly SpotDuration?: Value<0 | 1 | 2 | 3 | 4 | 5 | 6>;
  readonly SpotInterruptionBehavior?: Value<string>;
  readonly SpotPriceLimit?: Value<number>;
  readonly SpotPriceLimitForInstanceType?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly SpotStrategy?: Value<'NoSpot' | 'SpotWithPriceLimit' | 'SpotAsPriceGo'>;
  readonly SystemDiskAutoSnapshotPolicyId?: Value<string>;
  readonly SystemDiskBurstingEnabled?: Value<boolean>;
  /** At most 10 items. */
  readonly SystemDiskCategories?: Value<readonly Value<string>[]>;
  readonly SystemDiskCategory?: Value<'cloud' | 'cloud_efficiency' | 'cloud_ssd' | 'cloud_essd' | 'ephemeral_ssd' | 'cloud_auto'>;
  readonly SystemDiskDescription?: Value<string>;
  readonly SystemDiskDiskName?: Value<string>;
  readonly SystemDiskEncryptAlgorithm?: Value<string>;
  readonly SystemDiskEncrypted?: Value<boolean>;
  readonly SystemDiskKMSKeyId?: Value<string>;
  readonly SystemDiskPerformanceLevel?: Value<string>;
  /** A whole number. */
  readonly SystemDiskProvisionedIops?: Value<number>;
  /** A whole number. At least 20. */
  readonly SystemDiskSize?: Value<number>;
  /** At most 20 items. */
  readonly TagList?: Value<readonly Value<ScalingConfigurationTagList>[]>;
  readonly Tenancy?: Value<string>;
  readonly UserData?: Value<string>;
  readonly ZoneId?: Value<string>;
}

/** Attributes of `ALIYUN::ESS::ScalingConfiguration`. */
export type ScalingConfigurationAttribute = 'ScalingConfigurationId' | 'ScalingGroupId';

/** `ALIYUN::ESS::ScalingConfiguration`. */
export class ScalingConfiguration extends RosResource<ScalingConfigurationProps, ScalingConfigurationAttribute> {
  static readonly TYPE = 'ALIYUN::ESS::ScalingConfiguration';

  constructor(scope: Construct, id: string, properties: ScalingConfigurationProps, options: ResourceOptions = {}) {
    super(scope, id, ScalingConfiguration.TYPE, properties, options);
  }
}

/** Part of `ScalingGroupProps`: LaunchTemplateOverrides. */
export interface ScalingGroupLaunchTemplateOverrides {
  readonly InstanceType?: Value<string>;
  readonly SpotPriceLimit?: Value<number>;
  /** 1 to 500. */
  readonly WeightedCapacity?: Value<number>;
}

/** Part of `ScalingGroupProps`: NotificationConfigurations. */
export interface ScalingGroupNotificationConfigurations {
  /** At most 300 characters. Matches `^acs:ess:([a-zA-Z0-9-]+):(\d+):(((queue|topic)\/([a-zA-Z0-9][a-zA-Z0-9-]{0,255}))|cloudmonitor)$`. */
  readonly NotificationArn: Value<string>;
  /** 1 to 8 items. */
  readonly NotificationTypes: Value<readonly Value<string>[]>;
}

/** Part of `ScalingGroupProps`: ServerGroups. */
export interface ScalingGroupServerGroups {
  /** 0 to 65535. */
  readonly Port: Value<number>;
  readonly ServerGroupId: Value<string>;
  readonly Type: Value<'ALB' | 'NLB'>;
  /** 0 to 100. */
  readonly Weight: Value<number>;
}

/** Part of `ScalingGroupProps`: Tags. */
export interface ScalingGroupTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::ESS::ScalingGroup`. */
export interface ScalingGroupProps {
  readonly AllocationStrategy?: Value<'priority' | 'lowestPrice'>;
  readonly AzBalance?: Value<boolean>;
  readonly CompensateWithOnDemand?: Value<boolean>;
  readonly ContainerGroupId?: Value<string>;
  readonly CustomPolicyARN?: Value<string>;
  /** At most 100 items. */
  readonly DBInstanceIds?: Value<readonly Value<string>[]>;
  /** A whole number. 0 to 86400. */
  readonly DefaultCooldown?: Value<number>;
  /** A whole number. At least 0. */
  readonly DesiredCapacity?: Value<number>;
  readonly GroupDeletionProtection?: Value<boolean>;
  readonly GroupType?: Value<'ECS' | 'ECI'>;
  readonly HealthCheckType?: Value<'ECS' | 'NONE' | 'LOAD_BALANCER'>;
  /** 1 to 100 items. */
  readonly HealthCheckTypes?: Value<readonly Value<string>[]>;
  readonly InstanceId?: Value<string>;
  readonly LaunchTemplateId?: Value<string>;
  /** At most 10 items. */
  readonly LaunchTemplateOverrides?: Value<readonly Value<ScalingGroupLaunchTemplateOverrides>[]>;
  readonly LaunchTemplateVersion?: Value<string>;
  /** At most 100 items. */
  readonly LoadBalancerIds?: Value<readonly Value<string>[]>;
  /** A whole number. At least 86400. */
  readonly MaxInstanceLifetime?: Value<number>;
  /** A whole number. 0 to 2000. */
  readonly MaxSize: Value<number>;
  /** A whole number. 0 to 2000. */
  readonly MinSize: Value<number>;
  readonly MultiAZPolicy?: Value<'PRIORITY' | 'BALANCE' | 'COST_OPTIMIZED' | 'COMPOSABLE'>;
  readonly NotificationConfigurations?: Value<readonly Value<ScalingGroupNotificationConfigurations>[]>;
  /** A whole number. 0 to 1000. */
  readonly OnDemandBaseCapacity?: Value<number>;
  /** A whole number. 0 to 100. */
  readonly OnDemandPercentageAboveBaseCapacity?: Value<number>;
  /** At most 1000 items. */
  readonly ProtectedInstances?: Value<readonly Value<string>[]>;
  /** At most 3 items. */
  readonly RemovalPolicys?: Value<readonly Value<string>[]>;
  readonly ResourceGroupId?: Value<string>;
  /** Matches `^[a-zA-Z0-9\u4e00-\u9fa5][-_.a-zA-Z0-9\u4e00-\u9fa5]{1,63}$`. */
  readonly ScalingGroupName?: Value<string>;
  readonly ScalingPolicy?: Value<'recycle' | 'release' | 'forcerelease'>;
  /** At most 10 items. */
  readonly ServerGroups?: Value<readonly Value<ScalingGroupServerGroups>[]>;
  readonly SpotAllocationStrategy?: Value<'priority' | 'lowestPrice'>;
  /** A whole number. 1 to 10. */
  readonly SpotInstancePools?: Value<number>;
  readonly SpotInstanceRemedy?: Value<boolean>;
  /** At most 1000 items. */
  readonly StandbyInstances?: Value<readonly Value<string>[]>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<ScalingGroupTags>[]>;
  readonly VSwitchId?: Value<string>;
  /** 0 to 8 items. */
  readonly VSwitchIds?: Value<readonly Value<string>[]>;
}

/** Attributes of `ALIYUN::ESS::ScalingGroup`. */
export type ScalingGroupAttribute = 'Arn' | 'ScalingGroupId' | 'ScalingGroupName';

/** `ALIYUN::ESS::ScalingGroup`. */
export class ScalingGroup extends RosResource<ScalingGroupProps, ScalingGroupAttribute> {
  static readonly TYPE = 'ALIYUN::ESS::ScalingGroup';

  constructor(scope: Construct, id: string, properties: ScalingGroupProps, options: ResourceOptions = {}) {
    super(scope, id, ScalingGroup.TYPE, properties, options);
  }
}

/** Part of `ScalingGroupEnableProps`: AttachOptions. */
export interface ScalingGroupEnableAttachOptions {
  readonly Entrusted?: Value<boolean>;
  readonly LifecycleHook?: Value<boolean>;
}

/** Part of `ScalingGroupEnableProps`: DetachOptions. */
export interface ScalingGroupEnableDetachOptions {
  readonly DecreaseDesiredCapacity?: Value<boolean>;
  readonly DetachOption?: Value<string>;
  readonly LifecycleHook?: Value<boolean>;
}

/** Properties of `ALIYUN::ESS::ScalingGroupEnable`. */
export interface ScalingGroupEnableProps {
  readonly AttachOptions?: Value<ScalingGroupEnableAttachOptions>;
  readonly DetachOptions?: Value<ScalingGroupEnableDetachOptions>;
  /** At most 1000 items. */
  readonly InstanceIds?: Value<readonly Value<string>[]>;
  /** At most 1000 items. */
  readonly RemoveInstanceIds?: Value<readonly Value<string>[]>;
  readonly ScalingConfigurationId?: Value<string>;
  readonly ScalingGroupId: Value<string>;
  /** At most 10 items. */
  readonly ScalingRuleAris?: Value<readonly Value<string>[]>;
  /** A whole number. At least 0. */
  readonly ScalingRuleArisExecuteVersion?: Value<number>;
}

/** Attributes of `ALIYUN::ESS::ScalingGroupEnable`. */
export type ScalingGroupEnableAttribute =
  | 'LifecycleState'
  | 'ScalingGroupId'
  | 'ScalingInstanceDetails'
  | 'ScalingInstances'
  | 'ScalingRuleArisExecuteErrorInfo'
  | 'ScalingRuleArisExecuteResultInstancesAdded'
  | 'ScalingRuleArisExecuteResultInstancesRemoved'
  | 'ScalingRuleArisExecuteResultNumberOfAddedInstances';

/** `ALIYUN::ESS::ScalingGroupEnable`. */
export class ScalingGroupEnable extends RosResource<ScalingGroupEnableProps, ScalingGroupEnableAttribute> {
  static readonly TYPE = 'ALIYUN::ESS::ScalingGroupEnable';

  constructor(scope: Construct, id: string, properties: ScalingGroupEnableProps, options: ResourceOptions = {}) {
    super(scope, id, ScalingGroupEnable.TYPE, properties, options);
  }
}

/** Part of `ScalingRuleProps`: StepAdjustment. */
export interface ScalingRuleStepAdjustment {
  /** -9999999000000000000 to 9999999000000000000. */
  readonly MetricIntervalLowerBound?: Value<number>;
  /** -9999999000000000000 to 9999999000000000000. */
  readonly MetricIntervalUpperBound?: Value<number>;
  /** 0 to 1000. */
  readonly ScalingAdjustment?: Value<number>;
}

/** Properties of `ALIYUN::ESS::ScalingRule`. */
export interface ScalingRuleProps {
  readonly AdjustmentType?: Value<'QuantityChangeInCapacity' | 'PercentChangeInCapacity' | 'TotalCapacity'>;
  /** A whole number. -500 to 10000. */
  readonly AdjustmentValue?: Value<number>;
  /** A whole number. 0 to 86400. */
  readonly Cooldown?: Value<number>;
  readonly DisableScaleIn?: Value<boolean>;
  /** A whole number. 0 to 86400. */
  readonly EstimatedInstanceWarmup?: Value<number>;
  /** A whole number. 0 to 1000. */
  readonly InitialMaxSize?: Value<number>;
  readonly MetricName?: Value<string>;
  /** A whole number. 0 to 20. */
  readonly MinAdjustmentMagnitude?: Value<number>;
  readonly PredictiveScalingMode?: Value<'PredictAndScale' | 'PredictOnly'>;
  /** A whole number. 0 to 60. */
  readonly PredictiveTaskBufferTime?: Value<number>;
  readonly PredictiveValueBehavior?: Value<
    'MaxOverridePredictiveValue' | 'PredictiveValueOverrideMax' | 'PredictiveValueOverrideMaxWithBuffer'
  >;
  /** A whole number. 0 to 100. */
  readonly PredictiveValueBuffer?: Value<number>;
  /** A whole number. */
  readonly ScaleInEvaluationCount?: Value<number>;
  /** A whole number. */
  readonly ScaleOutEvaluationCount?: Value<number>;
  readonly ScalingGroupId: Value<string>;
  /** Matches `^[a-zA-Z0-9\u4e00-\u9fa5][-_.a-zA-Z0-9\u4e00-\u9fa5]{1,63}$`. */
  readonly ScalingRuleName?: Value<string>;
  readonly ScalingRuleType?: Value<
    'SimpleScalingRule' | 'TargetTrackingScalingRule' | 'StepScalingRule' | 'PredictiveScalingRule'
  >;
  readonly StepAdjustment?: Value<readonly Value<ScalingRuleStepAdjustment>[]>;
  readonly TargetValue?: Value<number>;
}

/** Attributes of `ALIYUN::ESS::ScalingRule`. */
export type ScalingRuleAttribute = 'ScalingRuleAri' | 'ScalingRuleId';

/** `ALIYUN::ESS::ScalingRule`. */
export class ScalingRule extends RosResource<ScalingRuleProps, ScalingRuleAttribute> {
  static readonly TYPE = 'ALIYUN::ESS::ScalingRule';

  constructor(scope: Construct, id: string, properties: ScalingRuleProps, options: ResourceOptions = {}) {
    super(scope, id, ScalingRule.TYPE, properties, options);
  }
}
