import { type Json, neverSmaller, type UpdateTables } from '../../effect';

/** Text of a value, by which two are the same. @param without a key that doesn't count, wherever it stands */
const textOf = (value: Json | undefined, without?: string): string =>
  JSON.stringify(value ?? null, (key, inner: Json) => {
    if (key === without) return undefined;
    const isMap = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return isMap ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner;
  });

/** The address that makes an interface; further ones come and go. */
const primaryOf = (addresses: Json | undefined): Json | undefined => {
  const list = (Array.isArray(addresses) ? addresses : []) as { Primary?: Json; PrivateIpAddress?: Json }[];
  return list.find((one) => String(one?.Primary) === 'true')?.PrivateIpAddress;
};

/** For instances whose root disk is on EBS, which members' are: types with data on instance store are refused. */
export const computeUpdates: UpdateTables = {
  'AWS::EC2::Instance': {
    none: 'SecurityGroupIds',
    interrupt: 'AdditionalInfo Affinity EbsOptimized HostId InstanceType KernelId PrivateDnsNameOptions RamdiskId UserData',
    replace: `AvailabilityZone CpuOptions ElasticGpuSpecifications ElasticInferenceAccelerators EnclaveOptions HibernationOptions
      HostResourceGroupArn ImageId Ipv6AddressCount Ipv6Addresses KeyName LaunchTemplate LicenseSpecifications NetworkInterfaces
      PlacementGroupName PrivateIpAddress SecurityGroups SubnetId`,
    when: {
      // "AWS::EC2::Instance BlockDeviceMapping": only DeleteOnTermination of a mapping that stays can change on a running instance.
      BlockDeviceMappings: (before, after) =>
        textOf(before ?? [], 'DeleteOnTermination') === textOf(after ?? [], 'DeleteOnTermination') ? 'none' : 'replace',
      // "ModifyInstancePlacement": a dedicated instance can become one on a host and back; anything else is another instance.
      Tenancy: (before, after) =>
        [before, after].every((value) => value === 'dedicated' || value === 'host') ? 'interrupt' : 'replace',
    },
  },
  // "Updates are not supported"; of SourceVolumeId no page says so, and a volume can't become the copy of another one.
  'AWS::EC2::Volume': {
    refused: 'AvailabilityZone Encrypted KmsKeyId OutpostArn SnapshotId SourceVolumeId',
    // "ModifyVolume": the target size must be greater than or equal to the existing size.
    when: { Size: neverSmaller },
  },
  'AWS::EC2::NetworkInterface': {
    replace: 'InterfaceType PrivateIpAddress SubnetId',
    when: {
      PrivateIpAddresses: (before, after) => (textOf(primaryOf(before)) === textOf(primaryOf(after)) ? 'none' : 'replace'),
    },
  },
  'AWS::EC2::LaunchTemplate': { replace: 'LaunchTemplateName' },
  // New launch settings reach instances by the group's UpdatePolicy.
  'AWS::AutoScaling::AutoScalingGroup': { replace: 'AutoScalingGroupName InstanceId' },
  'AWS::AutoScaling::LifecycleHook': { replace: 'AutoScalingGroupName LifecycleHookName' },
  'AWS::AutoScaling::ScalingPolicy': { replace: 'AutoScalingGroupName' },
};
