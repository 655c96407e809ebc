import { neverSmaller, type UpdateTables } from '../../effect';

/** Hosts, disks and scaling groups. */
export const computeUpdates: UpdateTables = {
  'ALIYUN::ECS::Instance': {
    // Another UserData is shown after a restart, and cloud-init doesn't run it again ("ModifyInstanceAttribute").
    none: `DeletionProtection Description InstanceName InternetMaxBandwidthOut RamRoleName SecurityGroupId SecurityGroupIds
      SystemDiskSize UserData`,
    // The instance stops for it ("ModifyInstanceSpec", "ReplaceSystemDisk"); a new password holds after a restart.
    interrupt: 'ImageId InstanceType Password',
  },
  'ALIYUN::ECS::InstanceGroup': { none: 'Description ImageId MaxAmount RamRoleName UpdatePolicy UserData' },
  'ALIYUN::ECS::DeploymentSet': { none: 'DeploymentSetName Description' },
  'ALIYUN::ECS::Disk': {
    none: 'AutoSnapshotPolicyId DeleteAutoSnapshot Description DiskName ResourceGroupId',
    // "ResizeDisk": a disk can't be made smaller.
    when: { Size: neverSmaller },
  },
  'ALIYUN::ECS::DiskAttachment': { none: 'DeleteWithInstance' },
  'ALIYUN::ECS::RamRoleAttachment': {},
  'ALIYUN::ESS::ScalingGroup': {
    none: `DefaultCooldown DesiredCapacity GroupDeletionProtection HealthCheckType MaxInstanceLifetime MaxSize
      MinSize RemovalPolicys ScalingGroupName ScalingPolicy VSwitchIds`,
  },
  'ALIYUN::ESS::ScalingConfiguration': {
    none: `DiskMappings HostName ImageId InstanceName InstanceType InstanceTypes InternetMaxBandwidthOut KeyPairName
      RamRoleName ScalingConfigurationName SecurityGroupId SecurityGroupIds SystemDiskCategory SystemDiskSize
      TagList UserData`,
  },
  'ALIYUN::ESS::ScalingGroupEnable': { none: 'InstanceIds ScalingConfigurationId ScalingRuleArisExecuteVersion' },
  'ALIYUN::ESS::ScalingRule': { none: 'AdjustmentType AdjustmentValue Cooldown ScalingRuleName TargetValue' },
  'ALIYUN::ESS::LifecycleHook': { none: 'DefaultResult HeartbeatTimeout LifecycleTransition NotificationMetadata' },
  'ALIYUN::ESS::AlarmTask': { none: 'AlarmAction Description EvaluationCount Name Threshold' },
};
