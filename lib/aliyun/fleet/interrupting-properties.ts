/**
 * What a change does to a member: one list, which the gates' digests and the diff read. Sources: ECS, "Change the instance type of a
 * pay-as-you-go instance" (stopped for it), "ModifyInstanceSpec"; ROS, "ALIYUN::ECS::Instance", each property's "Editable".
 */

/** The instance stops and starts in place. */
export const INTERRUPTING_INSTANCE_PROPERTIES = ['CreditSpecification', 'InstanceType', 'SecurityEnhancementStrategy'] as const;

/** ROS refuses the change, unless the stack may replace: then it deletes the instance before it makes another. Never done to members. */
export const REPLACING_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'ALIYUN::ECS::Instance': [
    'DedicatedHostId',
    'DiskMappings',
    'HostName',
    'HpcClusterId',
    'ImageId',
    'IoOptimized',
    'KeyPairName',
    'PrivateIpAddress',
    'SystemDiskCategory',
    'SystemDiskSize',
    'UserData',
    'VSwitchId',
    'VpcId',
    'ZoneId',
  ],
  'ALIYUN::ECS::Disk': ['DiskCategory', 'Encrypted', 'KMSKeyId', 'SnapshotId', 'ZoneId'],
  'ALIYUN::ECS::DiskAttachment': ['Device', 'DiskId', 'InstanceId'],
  'ALIYUN::ECS::Route': ['DestinationCidrBlock', 'NextHopId', 'NextHopType', 'RouteTableId'],
};
