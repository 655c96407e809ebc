import { type EditTable, edits } from './table';

/**
 * What an update edits of hosts, disks and scaling groups. A new ImageId replaces the system disk of the instance that stands
 * ("ReplaceSystemDisk"); a new UserData is shown after a restart, but cloud-init doesn't run it again ("ModifyInstanceAttribute").
 */
export const computeEdits: Record<string, EditTable> = {
  ...edits(
    'ALIYUN::ECS::Instance',
    [
      'DeletionProtection',
      'Description',
      'HostName',
      'InstanceName',
      'InternetMaxBandwidthOut',
      'KeyPairName',
      'RamRoleName',
    ].concat(['SecurityGroupId', 'SecurityGroupIds', 'SystemDiskSize', 'UserData']),
    ['ImageId', 'InstanceType', 'Password'],
  ),
  ...edits('ALIYUN::ECS::InstanceGroup', ['Description', 'MaxAmount', 'UserData', 'ImageId', 'RamRoleName', 'UpdatePolicy']),
  ...edits('ALIYUN::ECS::DeploymentSet', ['Description', 'DeploymentSetName']),
  ...edits('ALIYUN::ECS::Disk', ['AutoSnapshotPolicyId', 'Description', 'DiskName', 'Size', 'DeleteAutoSnapshot']),
  ...edits('ALIYUN::ECS::DiskAttachment', ['DeleteWithInstance']),
  ...edits('ALIYUN::ECS::RamRoleAttachment', []),
  ...edits(
    'ALIYUN::ESS::ScalingGroup',
    ['DefaultCooldown', 'DesiredCapacity', 'HealthCheckType', 'MaxSize', 'MinSize', 'RemovalPolicys', 'ScalingGroupName'].concat([
      'ScalingPolicy',
      'VSwitchIds',
      'GroupDeletionProtection',
      'MaxInstanceLifetime',
    ]),
  ),
  ...edits(
    'ALIYUN::ESS::ScalingConfiguration',
    ['DiskMappings', 'HostName', 'ImageId', 'InstanceName', 'InstanceType', 'InstanceTypes', 'InternetMaxBandwidthOut']
      .concat(['KeyPairName', 'RamRoleName', 'ScalingConfigurationName', 'SystemDiskCategory', 'SystemDiskSize', 'TagList'])
      .concat(['SecurityGroupId', 'SecurityGroupIds', 'UserData']),
  ),
  ...edits('ALIYUN::ESS::ScalingGroupEnable', ['ScalingConfigurationId', 'InstanceIds', 'ScalingRuleArisExecuteVersion']),
  ...edits('ALIYUN::ESS::ScalingRule', ['AdjustmentType', 'AdjustmentValue', 'Cooldown', 'ScalingRuleName', 'TargetValue']),
  ...edits('ALIYUN::ESS::LifecycleHook', ['DefaultResult', 'HeartbeatTimeout', 'LifecycleTransition', 'NotificationMetadata']),
  ...edits('ALIYUN::ESS::AlarmTask', ['Description', 'Name', 'Threshold', 'EvaluationCount', 'AlarmAction']),
};
