/**
 * What a change to each property does to a member that stands. The one list: gates hash what interrupts, tests refuse
 * what replaces.
 *
 * Source: AWS CloudFormation Template Reference, "AWS::EC2::Instance", "AWS::EC2::NetworkInterface", "AWS::EC2::Volume" and
 * "AWS::EC2::Route", each property's "Update requires". For EBS-backed instances, which members are: types with data on
 * instance store are refused.
 */

/** "Some interruptions": CloudFormation stops and starts the instance. `Volumes` is changed in place, but the data goes away. */
export const INTERRUPTING_INSTANCE_PROPERTIES = [
  'AdditionalInfo',
  'Affinity',
  'EbsOptimized',
  'HostId',
  'InstanceType',
  'KernelId',
  'PrivateDnsNameOptions',
  'RamdiskId',
  'Tenancy',
  'UserData',
  'Volumes',
] as const;

/** "Replacement": never changed on a member that stands; the new instance couldn't take the interface that the old one holds. */
export const REPLACING_INSTANCE_PROPERTIES = [
  'AvailabilityZone',
  // Only DeleteOnTermination can change in place, and members never change it.
  'BlockDeviceMappings',
  'CpuOptions',
  'ElasticGpuSpecifications',
  'ElasticInferenceAccelerators',
  'EnclaveOptions',
  'HibernationOptions',
  'HostResourceGroupArn',
  'ImageId',
  'Ipv6AddressCount',
  'Ipv6Addresses',
  'KeyName',
  'LaunchTemplate',
  'LicenseSpecifications',
  'NetworkInterfaces',
  'PlacementGroupName',
  'PrivateIpAddress',
  'SecurityGroups',
  'SubnetId',
] as const;

/** The same for the other resources of a member, by type; for volumes also "updates are not supported", which fails a deploy. */
export const REPLACING_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Instance': REPLACING_INSTANCE_PROPERTIES,
  'AWS::EC2::NetworkInterface': ['InterfaceType', 'PrivateIpAddress', 'SubnetId'],
  'AWS::EC2::Volume': ['AvailabilityZone', 'Encrypted', 'KmsKeyId', 'OutpostArn', 'SnapshotId', 'SourceVolumeId'],
  'AWS::EC2::Route': ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId', 'RouteTableId'],
};
