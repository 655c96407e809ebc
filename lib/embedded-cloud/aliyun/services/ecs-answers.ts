import type { Region } from '../../store/world';
import type { AliyunDisk, AliyunInstance } from '../world/compute';
import type { AliyunInterface } from '../world/network';
import type { AliyunRegion } from '../world/region';
import { tagSet } from './parameters';

/** ECS tells times to the minute. */
const minute = (iso: string): string => `${iso.slice(0, 16)}Z`;

/** An instance as DescribeInstances answers it. */
export function instanceAnswer(region: Region, i: AliyunInstance): object {
  const r = region.aliyun;
  const own = i.interfaces.flatMap((id) => r.interfaces[id] ?? []);
  return {
    InstanceId: i.id,
    InstanceName: i.name,
    HostName: i.hostName,
    Description: '',
    Status: i.state,
    InstanceType: i.type,
    InstanceTypeFamily: i.type.split('.').slice(0, 2).join('.'),
    ImageId: i.image,
    RegionId: region.name,
    ZoneId: i.zone,
    InstanceNetworkType: 'vpc',
    InstanceChargeType: 'PostPaid',
    CreationTime: minute(i.created),
    StartTime: minute(i.created),
    KeyPairName: i.keyPair ?? '',
    DeletionProtection: i.deletionProtection,
    VpcAttributes: {
      VpcId: i.vpc,
      VSwitchId: i.vSwitch,
      NatIpAddress: '',
      PrivateIpAddress: { IpAddress: own[0] ? [own[0].address] : [] },
    },
    NetworkInterfaces: {
      NetworkInterface: own.map((n) => ({
        NetworkInterfaceId: n.id,
        PrimaryIpAddress: n.address,
        MacAddress: n.mac,
        Type: n.primary ? 'Primary' : 'Secondary',
        PrivateIpSets: privateSets(n),
      })),
    },
    SecurityGroupIds: { SecurityGroupId: [...(own[0]?.groups ?? [])] },
    PublicIpAddress: { IpAddress: [] },
    InnerIpAddress: { IpAddress: [] },
    EipAddress: eipOf(r, i.id),
    OperationLocks: { LockReason: [] },
    Tags: tagSet(i.tags),
  };
}

const privateSets = (i: AliyunInterface) => ({
  PrivateIpSet: [i.address, ...i.secondary].map((PrivateIpAddress, n) => ({ PrivateIpAddress, Primary: n === 0 })),
});

function eipOf(r: AliyunRegion, owner: string): object {
  const eip = Object.values(r.eips).find((e) => e.boundTo === owner);
  return { AllocationId: eip?.id ?? '', IpAddress: eip?.address ?? '', InternetChargeType: '' };
}

/** An interface as DescribeNetworkInterfaces answers it. */
export function interfaceAnswer(r: AliyunRegion, account: string, i: AliyunInterface): object {
  const instance = r.instances[i.owner ?? ''];
  return {
    NetworkInterfaceId: i.id,
    NetworkInterfaceName: i.name,
    Description: '',
    Status: i.owner ? 'InUse' : 'Available',
    Type: i.primary ? 'Primary' : 'Secondary',
    InstanceId: instance?.id ?? '',
    VpcId: i.vpc,
    VSwitchId: i.vSwitch,
    ZoneId: i.zone,
    MacAddress: i.mac,
    PrivateIpAddress: i.address,
    PrivateIpSets: privateSets(i),
    SecurityGroupIds: { SecurityGroupId: [...i.groups] },
    SourceDestCheck: i.sourceDestCheck,
    ServiceManaged: i.owner !== undefined && !instance,
    DeleteOnRelease: i.primary,
    OwnerId: account,
    Attachment: instance ? { InstanceId: instance.id, DeviceIndex: instance.interfaces.indexOf(i.id) } : {},
    Tags: tagSet(i.tags),
  };
}

/** A disk as DescribeDisks answers it. */
export const diskAnswer = (region: Region, d: AliyunDisk): object => ({
  DiskId: d.id,
  DiskName: d.name,
  Type: d.system ? 'system' : 'data',
  Category: d.category,
  Size: d.size,
  Encrypted: d.encrypted,
  RegionId: region.name,
  ZoneId: d.zone,
  Status: d.attachment ? 'In_use' : 'Available',
  InstanceId: d.attachment?.instance ?? '',
  Device: d.attachment?.device ?? '',
  DeleteWithInstance: d.attachment?.deleteWithInstance ?? false,
  Portable: !d.system,
  Tags: tagSet(d.tags),
});
