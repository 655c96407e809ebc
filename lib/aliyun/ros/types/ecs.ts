// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Properties of `ALIYUN::ECS::DeploymentSet`. */
export interface DeploymentSetProps {
  readonly DeploymentSetName?: Value<string>;
  readonly Description?: Value<string>;
  /** 1 to 7. */
  readonly GroupCount?: Value<number>;
  readonly OnUnableToRedeployFailedInstance?: Value<'CancelMembershipAndStart' | 'KeepStopped'>;
  readonly Strategy?: Value<'Availability' | 'AvailabilityGroup' | 'LowLatency'>;
}

/** Attributes of `ALIYUN::ECS::DeploymentSet`. */
export type DeploymentSetAttribute = 'DeploymentSetId';

/** `ALIYUN::ECS::DeploymentSet`. */
export class DeploymentSet extends RosResource<DeploymentSetProps, DeploymentSetAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::DeploymentSet';

  constructor(scope: Construct, id: string, properties: DeploymentSetProps = {}, options: ResourceOptions = {}) {
    super(scope, id, DeploymentSet.TYPE, properties, options);
  }
}

/** Part of `DiskProps`: Tags. */
export interface DiskTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::ECS::Disk`. */
export interface DiskProps {
  readonly AutoSnapshotPolicyId?: Value<string>;
  readonly BurstingEnabled?: Value<boolean>;
  readonly DeleteAutoSnapshot?: Value<boolean>;
  readonly Description?: Value<string>;
  readonly DiskCategory?: Value<string>;
  readonly DiskName?: Value<string>;
  readonly Encrypted?: Value<boolean>;
  readonly InstanceId?: Value<string>;
  readonly KMSKeyId?: Value<string>;
  readonly MultiAttach?: Value<'Disabled' | 'Enabled'>;
  readonly PerformanceLevel?: Value<string>;
  /** A whole number. */
  readonly ProvisionedIops?: Value<number>;
  readonly ResourceGroupId?: Value<string>;
  /** A whole number. At least 1. */
  readonly Size?: Value<number>;
  readonly SnapshotId?: Value<string>;
  readonly StorageSetId?: Value<string>;
  /** A whole number. */
  readonly StorageSetPartitionNumber?: Value<number>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<DiskTags>[]>;
  readonly ZoneId?: Value<string>;
}

/** Attributes of `ALIYUN::ECS::Disk`. */
export type DiskAttribute = 'DiskId' | 'Status';

/** `ALIYUN::ECS::Disk`. */
export class Disk extends RosResource<DiskProps, DiskAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::Disk';

  constructor(scope: Construct, id: string, properties: DiskProps = {}, options: ResourceOptions = {}) {
    super(scope, id, Disk.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::ECS::DiskAttachment`. */
export interface DiskAttachmentProps {
  readonly Bootable?: Value<boolean>;
  readonly DeleteAutoSnapshot?: Value<boolean>;
  readonly DeleteWithInstance?: Value<boolean>;
  readonly Device?: Value<string>;
  readonly DiskId: Value<string>;
  readonly Force?: Value<boolean>;
  readonly InstanceId: Value<string>;
  readonly InstanceType?: Value<'LingJun' | 'ECS'>;
  readonly KeyPairName?: Value<string>;
  readonly Password?: Value<string>;
}

/** Attributes of `ALIYUN::ECS::DiskAttachment`. */
export type DiskAttachmentAttribute = 'Device' | 'DiskId' | 'Status';

/** `ALIYUN::ECS::DiskAttachment`. */
export class DiskAttachment extends RosResource<DiskAttachmentProps, DiskAttachmentAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::DiskAttachment';

  constructor(scope: Construct, id: string, properties: DiskAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, DiskAttachment.TYPE, properties, options);
  }
}

/** Part of `InstanceProps`: DiskMappings. */
export interface InstanceDiskMappings {
  readonly Category?: Value<string>;
  readonly Description?: Value<string>;
  readonly Device?: Value<string>;
  readonly DiskName?: Value<string>;
  readonly PerformanceLevel?: Value<string>;
  readonly Size: Value<string>;
  readonly SnapshotId?: Value<string>;
}

/** Part of `InstanceProps`: PrivatePoolOptions. */
export interface InstancePrivatePoolOptions {
  readonly Id?: Value<string>;
  readonly MatchCriteria?: Value<string>;
}

/** Part of `InstanceProps`: Tags. */
export interface InstanceTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::ECS::Instance`. */
export interface InstanceProps {
  readonly Affinity?: Value<string>;
  readonly AllocatePublicIP?: Value<boolean>;
  readonly AutoRenew?: Value<'True' | 'False'>;
  readonly AutoRenewPeriod?: Value<1 | 2 | 3 | 6 | 12 | 24 | 36 | 48 | 60>;
  readonly CreditSpecification?: Value<string>;
  readonly DedicatedHostId?: Value<string>;
  readonly DeletionProtection?: Value<boolean>;
  /** A whole number. 1 to 7. */
  readonly DeploymentSetGroupNo?: Value<number>;
  readonly DeploymentSetId?: Value<string>;
  readonly Description?: Value<string>;
  /** At most 16 items. */
  readonly DiskMappings?: Value<readonly Value<InstanceDiskMappings>[]>;
  /** 2 to 64 characters. */
  readonly HostName?: Value<string>;
  readonly HpcClusterId?: Value<string>;
  readonly HttpEndpoint?: Value<string>;
  readonly HttpTokens?: Value<string>;
  readonly ImageFamily?: Value<string>;
  readonly ImageId?: Value<string>;
  readonly InstanceChargeType?: Value<
    | 'PayAsYouGo'
    | 'PostPaid'
    | 'PayOnDemand'
    | 'Postpaid'
    | 'PostPay'
    | 'Postpay'
    | 'POSTPAY'
    | 'POST'
    | 'Subscription'
    | 'PrePaid'
    | 'Prepaid'
    | 'PrePay'
    | 'Prepay'
    | 'PREPAY'
    | 'PRE'
  >;
  readonly InstanceName?: Value<string>;
  readonly InstanceType: Value<string>;
  readonly InternetChargeType?: Value<'paybytraffic' | 'PayByTraffic' | 'paybybandwidth' | 'PayByBandwidth'>;
  /** A whole number. At least 0. */
  readonly InternetMaxBandwidthOut?: Value<number>;
  readonly IoOptimized?: Value<'none' | 'optimized'>;
  readonly KeyPairName?: Value<string>;
  readonly Password?: Value<string>;
  readonly PasswordInherit?: Value<boolean>;
  readonly Period?: Value<1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12 | 24 | 36 | 48 | 60>;
  readonly PeriodUnit?: Value<'Week' | 'Month' | 'Year'>;
  readonly PrivateIpAddress?: Value<string>;
  readonly PrivatePoolOptions?: Value<InstancePrivatePoolOptions>;
  readonly RamRoleName?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  readonly SecurityEnhancementStrategy?: Value<'Active' | 'Deactive'>;
  readonly SecurityGroupId?: Value<string>;
  /** 1 to 16 items. */
  readonly SecurityGroupIds?: Value<readonly Value<string>[]>;
  /** A whole number. */
  readonly SpotDuration?: Value<number>;
  readonly SpotInterruptionBehavior?: Value<string>;
  readonly SpotPriceLimit?: Value<string>;
  readonly SpotStrategy?: Value<'NoSpot' | 'SpotWithPriceLimit' | 'SpotAsPriceGo'>;
  readonly StorageSetId?: Value<string>;
  /** A whole number. At least 2. */
  readonly StorageSetPartitionNumber?: Value<number>;
  readonly SubscriptionDeletionForce?: Value<boolean>;
  readonly SystemDiskCategory?: Value<string>;
  readonly SystemDiskDescription?: Value<string>;
  readonly SystemDiskDiskName?: Value<string>;
  readonly SystemDiskPerformanceLevel?: Value<string>;
  /** At least 2. */
  readonly SystemDiskSize?: Value<number>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<InstanceTags>[]>;
  readonly Tenancy?: Value<string>;
  readonly UseAdditionalService?: Value<boolean>;
  readonly UserData?: Value<string>;
  readonly VSwitchId?: Value<string>;
  readonly VpcId?: Value<string>;
  readonly ZoneId?: Value<string>;
  readonly ZoneIds?: Value<readonly Value<string>[]>;
}

/** Attributes of `ALIYUN::ECS::Instance`. */
export type InstanceAttribute =
  | 'HostName'
  | 'InnerIp'
  | 'InstanceId'
  | 'PrimaryNetworkInterfaceId'
  | 'PrivateIp'
  | 'PublicIp'
  | 'SecurityGroupIds'
  | 'ZoneId';

/** `ALIYUN::ECS::Instance`. */
export class Instance extends RosResource<InstanceProps, InstanceAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::Instance';

  constructor(scope: Construct, id: string, properties: InstanceProps, options: ResourceOptions = {}) {
    super(scope, id, Instance.TYPE, properties, options);
  }
}

/** Part of `InstanceGroupProps`: CpuOptions. */
export interface InstanceGroupCpuOptions {
  readonly Core?: Value<number>;
  readonly NestedVirtualization?: Value<'enabled' | 'disabled'>;
  readonly ThreadsPerCore?: Value<number>;
}

/** Part of `InstanceGroupProps`: DiskMappings. */
export interface InstanceGroupDiskMappings {
  readonly AutoSnapshotPolicyId?: Value<string>;
  readonly BurstingEnabled?: Value<boolean>;
  readonly Category?: Value<string>;
  readonly Description?: Value<string>;
  readonly Device?: Value<string>;
  readonly DiskName?: Value<string>;
  readonly Encrypted?: Value<'true' | 'false'>;
  readonly KMSKeyId?: Value<string>;
  readonly PerformanceLevel?: Value<string>;
  readonly ProvisionedIops?: Value<number>;
  readonly Size: Value<string>;
  readonly SnapshotId?: Value<string>;
  readonly StorageClusterId?: Value<string>;
}

/** Part of `InstanceGroupProps`: EniMappings. */
export interface InstanceGroupEniMappings {
  readonly DeleteOnRelease?: Value<boolean>;
  readonly Description?: Value<string>;
  readonly InstanceType?: Value<'Primary' | 'Secondary'>;
  readonly Ipv6AddressCount?: Value<number>;
  /** At most 10 items. */
  readonly Ipv6Addresses?: Value<readonly Value<string>[]>;
  readonly NetworkCardIndex?: Value<number>;
  readonly NetworkInterfaceId?: Value<string>;
  readonly NetworkInterfaceName?: Value<string>;
  readonly NetworkInterfaceTrafficMode?: Value<'Standard' | 'HighPerformance'>;
  readonly PrimaryIpAddress?: Value<string>;
  /** 1 to 2048. */
  readonly QueueNumber?: Value<number>;
  readonly QueuePairNumber?: Value<number>;
  readonly SecurityGroupId?: Value<string>;
  readonly SecurityGroupIds?: Value<readonly Value<unknown>[]>;
  readonly VSwitchId?: Value<string>;
}

/** Part of `InstanceGroupProps`: ImageOptions. */
export interface InstanceGroupImageOptions {
  readonly LoginAsNonRoot?: Value<boolean>;
}

/** Part of `InstanceGroupProps`: NetworkOptions. */
export interface InstanceGroupNetworkOptions {
  readonly EnableJumboFrame?: Value<boolean>;
}

/** Part of `InstanceGroupProps`: PrivatePoolOptions. */
export interface InstanceGroupPrivatePoolOptions {
  readonly Id?: Value<string>;
  readonly MatchCriteria?: Value<string>;
}

/** Part of `InstanceGroupProps`: SchedulerOptions. */
export interface InstanceGroupSchedulerOptions {
  readonly DedicatedHostClusterId?: Value<string>;
  readonly ManagedPrivateSpaceId?: Value<string>;
}

/** Part of `InstanceGroupProps`: SecurityOptions. */
export interface InstanceGroupSecurityOptions {
  readonly TrustedSystemMode?: Value<string>;
}

/** Part of `InstanceGroupProps`: Tags. */
export interface InstanceGroupTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::ECS::InstanceGroup`. */
export interface InstanceGroupProps {
  readonly Affinity?: Value<string>;
  readonly AllocatePublicIP?: Value<boolean>;
  readonly AutoReleaseTime?: Value<string>;
  readonly AutoRenew?: Value<'True' | 'False'>;
  readonly AutoRenewPeriod?: Value<1 | 2 | 3 | 6 | 12 | 24 | 36 | 48 | 60>;
  readonly CpuOptions?: Value<InstanceGroupCpuOptions>;
  readonly CreditSpecification?: Value<string>;
  readonly DedicatedHostId?: Value<string>;
  readonly DeletionForce?: Value<boolean>;
  readonly DeletionProtection?: Value<boolean>;
  /** A whole number. 1 to 7. */
  readonly DeploymentSetGroupNo?: Value<number>;
  readonly DeploymentSetId?: Value<string>;
  readonly Description?: Value<string>;
  /** At most 16 items. */
  readonly DiskMappings?: Value<readonly Value<InstanceGroupDiskMappings>[]>;
  /** At most 2 items. */
  readonly EniMappings?: Value<readonly Value<InstanceGroupEniMappings>[]>;
  readonly HostName?: Value<string>;
  /** At most 1000 items. */
  readonly HostNames?: Value<readonly Value<string>[]>;
  readonly HpcClusterId?: Value<string>;
  readonly HttpEndpoint?: Value<string>;
  readonly HttpTokens?: Value<string>;
  readonly ImageFamily?: Value<string>;
  readonly ImageId?: Value<string>;
  readonly ImageOptions?: Value<InstanceGroupImageOptions>;
  readonly InstanceChargeType?: Value<
    | 'PayAsYouGo'
    | 'PostPaid'
    | 'PayOnDemand'
    | 'Postpaid'
    | 'PostPay'
    | 'Postpay'
    | 'POSTPAY'
    | 'POST'
    | 'Subscription'
    | 'PrePaid'
    | 'Prepaid'
    | 'PrePay'
    | 'Prepay'
    | 'PREPAY'
    | 'PRE'
  >;
  readonly InstanceName?: Value<string>;
  readonly InstanceType: Value<string>;
  readonly InternetChargeType?: Value<'paybytraffic' | 'PayByTraffic' | 'paybybandwidth' | 'PayByBandwidth'>;
  /** A whole number. At least 0. */
  readonly InternetMaxBandwidthOut?: Value<number>;
  readonly IoOptimized?: Value<'none' | 'optimized'>;
  /** A whole number. At least 0. */
  readonly Ipv6AddressCount?: Value<number>;
  /** At most 1 items. */
  readonly Ipv6Addresses?: Value<readonly Value<unknown>[]>;
  readonly KeyPairName?: Value<string>;
  readonly LaunchTemplateId?: Value<string>;
  readonly LaunchTemplateName?: Value<string>;
  /** Matches `^[1-9]\d*$`. */
  readonly LaunchTemplateVersion?: Value<string>;
  /** A whole number. 0 to 1000. */
  readonly MaxAmount: Value<number>;
  /** A whole number. */
  readonly NetworkInterfaceQueueNumber?: Value<number>;
  readonly NetworkOptions?: Value<InstanceGroupNetworkOptions>;
  readonly NetworkType?: Value<'vpc' | 'classic'>;
  readonly Password?: Value<string>;
  readonly PasswordInherit?: Value<boolean>;
  readonly Period?: Value<1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12 | 24 | 36 | 48 | 60>;
  readonly PeriodUnit?: Value<'Week' | 'Month' | 'Year'>;
  readonly PrivateIpAddress?: Value<string>;
  readonly PrivatePoolOptions?: Value<InstanceGroupPrivatePoolOptions>;
  readonly RamRoleName?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  readonly SchedulerOptions?: Value<InstanceGroupSchedulerOptions>;
  readonly SecurityEnhancementStrategy?: Value<'Active' | 'Deactive'>;
  readonly SecurityGroupId?: Value<string>;
  readonly SecurityGroupIds?: Value<readonly Value<string>[]>;
  readonly SecurityOptions?: Value<InstanceGroupSecurityOptions>;
  /** A whole number. */
  readonly SpotDuration?: Value<number>;
  readonly SpotInterruptionBehavior?: Value<string>;
  readonly SpotPriceLimit?: Value<string>;
  readonly SpotStrategy?: Value<'NoSpot' | 'SpotWithPriceLimit' | 'SpotAsPriceGo'>;
  readonly StorageSetId?: Value<string>;
  /** A whole number. At least 2. */
  readonly StorageSetPartitionNumber?: Value<number>;
  readonly SubscriptionDeletionForce?: Value<boolean>;
  readonly SystemDiskAutoSnapshotPolicyId?: Value<string>;
  readonly SystemDiskBurstingEnabled?: Value<boolean>;
  readonly SystemDiskCategory?: Value<string>;
  readonly SystemDiskDescription?: Value<string>;
  readonly SystemDiskDiskName?: Value<string>;
  readonly SystemDiskEncryptAlgorithm?: Value<'aes-256' | 'sm4-128'>;
  readonly SystemDiskEncrypted?: Value<'true' | 'false'>;
  readonly SystemDiskKMSKeyId?: Value<string>;
  readonly SystemDiskPerformanceLevel?: Value<string>;
  /** A whole number. */
  readonly SystemDiskProvisionedIops?: Value<number>;
  /** At least 2. */
  readonly SystemDiskSize?: Value<number>;
  readonly SystemDiskStorageClusterId?: Value<string>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<InstanceGroupTags>[]>;
  readonly Tenancy?: Value<string>;
  readonly UniqueSuffix?: Value<boolean>;
  readonly UpdatePolicy?: Value<'ForNewInstances' | 'ForAllInstances'>;
  readonly UseAdditionalService?: Value<boolean>;
  readonly UserData?: Value<string>;
  readonly VSwitchId?: Value<string>;
  readonly VpcId?: Value<string>;
  readonly ZoneId?: Value<string>;
  readonly ZoneIds?: Value<readonly Value<string>[]>;
}

/** Attributes of `ALIYUN::ECS::InstanceGroup`. */
export type InstanceGroupAttribute =
  | 'HostNames'
  | 'InnerIps'
  | 'InstanceIds'
  | 'Ipv6AddressIds'
  | 'Ipv6Addresses'
  | 'OrderId'
  | 'PrivateIps'
  | 'PublicIps'
  | 'ZoneIds';

/** `ALIYUN::ECS::InstanceGroup`. */
export class InstanceGroup extends RosResource<InstanceGroupProps, InstanceGroupAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::InstanceGroup';

  constructor(scope: Construct, id: string, properties: InstanceGroupProps, options: ResourceOptions = {}) {
    super(scope, id, InstanceGroup.TYPE, properties, options);
  }
}

/** Part of `NetworkInterfaceProps`: Tags. */
export interface NetworkInterfaceTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::ECS::NetworkInterface`. */
export interface NetworkInterfaceProps {
  readonly DeleteOnRelease?: Value<boolean>;
  readonly Description?: Value<string>;
  /** A whole number. 1 to 10. */
  readonly Ipv4PrefixCount?: Value<number>;
  /** At most 10 items. */
  readonly Ipv4Prefixes?: Value<readonly Value<string>[]>;
  /** A whole number. At least 1. */
  readonly Ipv6AddressCount?: Value<number>;
  /** At most 10 items. */
  readonly Ipv6Addresses?: Value<readonly Value<string>[]>;
  /** A whole number. 1 to 10. */
  readonly Ipv6PrefixCount?: Value<number>;
  /** At most 10 items. */
  readonly Ipv6Prefixes?: Value<readonly Value<string>[]>;
  readonly NetworkInterfaceName?: Value<string>;
  readonly NetworkInterfaceTrafficMode?: Value<'Standard' | 'HighPerformance'>;
  readonly PrimaryIpAddress?: Value<string>;
  /** At most 10 items. */
  readonly PrivateIpAddresses?: Value<readonly Value<string>[]>;
  /** A whole number. 1 to 2048. */
  readonly QueueNumber?: Value<number>;
  readonly ResourceGroupId?: Value<string>;
  /** A whole number. 8192 to 16384. */
  readonly RxQueueSize?: Value<number>;
  /** A whole number. 1 to 49. */
  readonly SecondaryPrivateIpAddressCount?: Value<number>;
  readonly SecurityGroupId?: Value<string>;
  /** At most 16 items. */
  readonly SecurityGroupIds?: Value<readonly Value<string>[]>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<NetworkInterfaceTags>[]>;
  /** A whole number. 8192 to 16384. */
  readonly TxQueueSize?: Value<number>;
  readonly VSwitchId: Value<string>;
}

/** Attributes of `ALIYUN::ECS::NetworkInterface`. */
export type NetworkInterfaceAttribute =
  | 'Arn'
  | 'MacAddress'
  | 'NetworkInterfaceId'
  | 'PrivateIpAddress'
  | 'SecondaryPrivateIpAddresses';

/** `ALIYUN::ECS::NetworkInterface`. */
export class NetworkInterface extends RosResource<NetworkInterfaceProps, NetworkInterfaceAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::NetworkInterface';

  constructor(scope: Construct, id: string, properties: NetworkInterfaceProps, options: ResourceOptions = {}) {
    super(scope, id, NetworkInterface.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::ECS::NetworkInterfaceAttachment`. */
export interface NetworkInterfaceAttachmentProps {
  readonly EcsRestartOption?: Value<'Auto' | 'NotRestart' | 'Restart'>;
  readonly InstanceId: Value<string>;
  readonly NetworkInterfaceId: Value<string>;
  readonly TrunkNetworkInstanceId?: Value<string>;
}

/** Attributes of `ALIYUN::ECS::NetworkInterfaceAttachment`. */
export type NetworkInterfaceAttachmentAttribute = 'InstanceId' | 'NetworkInterfaceId' | 'TrunkNetworkInstanceId';

/** `ALIYUN::ECS::NetworkInterfaceAttachment`. */
export class NetworkInterfaceAttachment extends RosResource<
  NetworkInterfaceAttachmentProps,
  NetworkInterfaceAttachmentAttribute
> {
  static readonly TYPE = 'ALIYUN::ECS::NetworkInterfaceAttachment';

  constructor(scope: Construct, id: string, properties: NetworkInterfaceAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, NetworkInterfaceAttachment.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::ECS::RamRoleAttachment`. */
export interface RamRoleAttachmentProps {
  /** 1 to 100 items. */
  readonly InstanceIds: Value<readonly Value<string>[]>;
  /** 1 to 1024 characters. */
  readonly Policy?: Value<string>;
  readonly RamRoleName: Value<string>;
}

/** Attributes of `ALIYUN::ECS::RamRoleAttachment`. */
export type RamRoleAttachmentAttribute = 'InstanceIds' | 'RamRoleName';

/** `ALIYUN::ECS::RamRoleAttachment`. */
export class RamRoleAttachment extends RosResource<RamRoleAttachmentProps, RamRoleAttachmentAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::RamRoleAttachment';

  constructor(scope: Construct, id: string, properties: RamRoleAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, RamRoleAttachment.TYPE, properties, options);
  }
}

/** Part of `RouteProps`: NextHopList. */
export interface RouteNextHopList {
  readonly NextHopId: Value<string>;
  readonly NextHopType?: Value<string>;
}

/** Properties of `ALIYUN::ECS::Route`. */
export interface RouteProps {
  readonly DestinationCidrBlock: Value<string>;
  readonly NextHopId?: Value<string>;
  readonly NextHopList?: Value<readonly Value<RouteNextHopList>[]>;
  readonly NextHopType?: Value<string>;
  readonly RouteTableId: Value<string>;
}

/** Attributes of `ALIYUN::ECS::Route`. */
export type RouteAttribute = 'RouteEntryId';

/** `ALIYUN::ECS::Route`. */
export class Route extends RosResource<RouteProps, RouteAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::Route';

  constructor(scope: Construct, id: string, properties: RouteProps, options: ResourceOptions = {}) {
    super(scope, id, Route.TYPE, properties, options);
  }
}

/** Part of `SecurityGroupProps`: SecurityGroupEgress. */
export interface SecurityGroupSecurityGroupEgress {
  /** 1 to 512 characters. */
  readonly Description?: Value<string>;
  readonly DestCidrIp?: Value<string>;
  readonly DestGroupId?: Value<string>;
  readonly DestGroupOwnerAccount?: Value<string>;
  readonly DestGroupOwnerId?: Value<string>;
  readonly DestPrefixListId?: Value<string>;
  readonly IpProtocol: Value<'tcp' | 'udp' | 'icmp' | 'gre' | 'all' | 'icmpv6'>;
  readonly Ipv6DestCidrIp?: Value<string>;
  readonly Ipv6SourceCidrIp?: Value<string>;
  readonly NicType?: Value<'internet' | 'intranet'>;
  readonly Policy?: Value<'accept' | 'drop'>;
  readonly PortRange: Value<string>;
  /** 1 to 100. */
  readonly Priority?: Value<number>;
  readonly SourceCidrIp?: Value<string>;
  readonly SourcePortRange?: Value<string>;
}

/** Part of `SecurityGroupProps`: SecurityGroupIngress. */
export interface SecurityGroupSecurityGroupIngress {
  /** 1 to 512 characters. */
  readonly Description?: Value<string>;
  readonly DestCidrIp?: Value<string>;
  readonly IpProtocol: Value<'tcp' | 'udp' | 'icmp' | 'gre' | 'all' | 'icmpv6'>;
  readonly Ipv6DestCidrIp?: Value<string>;
  readonly Ipv6SourceCidrIp?: Value<string>;
  readonly NicType?: Value<'internet' | 'intranet'>;
  readonly Policy?: Value<'accept' | 'drop'>;
  readonly PortRange: Value<string>;
  /** 1 to 100. */
  readonly Priority?: Value<number>;
  readonly SourceCidrIp?: Value<string>;
  readonly SourceGroupId?: Value<string>;
  readonly SourceGroupOwnerAccount?: Value<string>;
  readonly SourceGroupOwnerId?: Value<string>;
  readonly SourcePortRange?: Value<string>;
  readonly SourcePrefixListId?: Value<string>;
}

/** Part of `SecurityGroupProps`: Tags. */
export interface SecurityGroupTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::ECS::SecurityGroup`. */
export interface SecurityGroupProps {
  readonly Description?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  readonly SecurityGroupEgress?: Value<readonly Value<SecurityGroupSecurityGroupEgress>[]>;
  readonly SecurityGroupIngress?: Value<readonly Value<SecurityGroupSecurityGroupIngress>[]>;
  readonly SecurityGroupName?: Value<string>;
  readonly SecurityGroupType?: Value<'normal' | 'enterprise'>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<SecurityGroupTags>[]>;
  readonly VpcId?: Value<string>;
}

/** Attributes of `ALIYUN::ECS::SecurityGroup`. */
export type SecurityGroupAttribute = 'SecurityGroupId' | 'SecurityGroupName';

/** `ALIYUN::ECS::SecurityGroup`. */
export class SecurityGroup extends RosResource<SecurityGroupProps, SecurityGroupAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::SecurityGroup';

  constructor(scope: Construct, id: string, properties: SecurityGroupProps = {}, options: ResourceOptions = {}) {
    super(scope, id, SecurityGroup.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::ECS::SecurityGroupEgress`. */
export interface SecurityGroupEgressProps {
  /** 1 to 512 characters. */
  readonly Description?: Value<string>;
  readonly DestCidrIp?: Value<string>;
  readonly DestGroupId?: Value<string>;
  readonly DestGroupOwnerId?: Value<string>;
  readonly DestPrefixListId?: Value<string>;
  readonly IpProtocol: Value<'tcp' | 'udp' | 'icmp' | 'gre' | 'all' | 'icmpv6'>;
  readonly Ipv6DestCidrIp?: Value<string>;
  readonly NicType?: Value<'internet' | 'intranet'>;
  readonly Policy?: Value<'accept' | 'drop'>;
  readonly PortRange: Value<string>;
  /** A whole number. 1 to 100. */
  readonly Priority?: Value<number>;
  readonly SecurityGroupId?: Value<string>;
}

/** Attributes of `ALIYUN::ECS::SecurityGroupEgress`. */
export type SecurityGroupEgressAttribute = never;

/** `ALIYUN::ECS::SecurityGroupEgress`. */
export class SecurityGroupEgress extends RosResource<SecurityGroupEgressProps, SecurityGroupEgressAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::SecurityGroupEgress';

  constructor(scope: Construct, id: string, properties: SecurityGroupEgressProps, options: ResourceOptions = {}) {
    super(scope, id, SecurityGroupEgress.TYPE, properties, options);
  }
}

/** Part of `SecurityGroupEgressesProps`: Permissions. */
export interface SecurityGroupEgressesPermissions {
  /** 1 to 512 characters. */
  readonly Description?: Value<string>;
  readonly DestCidrIp?: Value<string>;
  readonly DestGroupId?: Value<string>;
  readonly DestGroupOwnerAccount?: Value<string>;
  readonly DestGroupOwnerId?: Value<string>;
  readonly DestPrefixListId?: Value<string>;
  readonly IpProtocol: Value<'tcp' | 'udp' | 'icmp' | 'gre' | 'all' | 'icmpv6'>;
  readonly Ipv6DestCidrIp?: Value<string>;
  readonly Ipv6SourceCidrIp?: Value<string>;
  readonly NicType?: Value<'internet' | 'intranet'>;
  readonly Policy?: Value<'accept' | 'drop'>;
  readonly PortRange: Value<string>;
  /** 1 to 100. */
  readonly Priority?: Value<number>;
  readonly SourceCidrIp?: Value<string>;
  readonly SourcePortRange?: Value<string>;
}

/** Properties of `ALIYUN::ECS::SecurityGroupEgresses`. */
export interface SecurityGroupEgressesProps {
  /** At most 100 items. */
  readonly Permissions: Value<readonly Value<SecurityGroupEgressesPermissions>[]>;
  readonly SecurityGroupId: Value<string>;
}

/** Attributes of `ALIYUN::ECS::SecurityGroupEgresses`. */
export type SecurityGroupEgressesAttribute = never;

/** `ALIYUN::ECS::SecurityGroupEgresses`. */
export class SecurityGroupEgresses extends RosResource<SecurityGroupEgressesProps, SecurityGroupEgressesAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::SecurityGroupEgresses';

  constructor(scope: Construct, id: string, properties: SecurityGroupEgressesProps, options: ResourceOptions = {}) {
    super(scope, id, SecurityGroupEgresses.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::ECS::SecurityGroupIngress`. */
export interface SecurityGroupIngressProps {
  /** 1 to 512 characters. */
  readonly Description?: Value<string>;
  readonly IpProtocol: Value<'tcp' | 'udp' | 'icmp' | 'gre' | 'all' | 'icmpv6'>;
  readonly Ipv6SourceCidrIp?: Value<string>;
  readonly NicType?: Value<'internet' | 'intranet'>;
  readonly Policy?: Value<'accept' | 'drop'>;
  readonly PortRange: Value<string>;
  /** A whole number. 1 to 100. */
  readonly Priority?: Value<number>;
  readonly SecurityGroupId?: Value<string>;
  readonly SourceCidrIp?: Value<string>;
  readonly SourceGroupId?: Value<string>;
  readonly SourceGroupOwnerId?: Value<string>;
  readonly SourcePortRange?: Value<string>;
  readonly SourcePrefixListId?: Value<string>;
}

/** Attributes of `ALIYUN::ECS::SecurityGroupIngress`. */
export type SecurityGroupIngressAttribute = never;

/** `ALIYUN::ECS::SecurityGroupIngress`. */
export class SecurityGroupIngress extends RosResource<SecurityGroupIngressProps, SecurityGroupIngressAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::SecurityGroupIngress';

  constructor(scope: Construct, id: string, properties: SecurityGroupIngressProps, options: ResourceOptions = {}) {
    super(scope, id, SecurityGroupIngress.TYPE, properties, options);
  }
}

/** Part of `SecurityGroupIngressesProps`: Permissions. */
export interface SecurityGroupIngressesPermissions {
  /** 1 to 512 characters. */
  readonly Description?: Value<string>;
  readonly DestCidrIp?: Value<string>;
  readonly IpProtocol: Value<'tcp' | 'udp' | 'icmp' | 'gre' | 'all' | 'icmpv6'>;
  readonly Ipv6DestCidrIp?: Value<string>;
  readonly Ipv6SourceCidrIp?: Value<string>;
  readonly NicType?: Value<'internet' | 'intranet'>;
  readonly Policy?: Value<'accept' | 'drop'>;
  readonly PortRange: Value<string>;
  /** 1 to 100. */
  readonly Priority?: Value<number>;
  readonly SourceCidrIp?: Value<string>;
  readonly SourceGroupId?: Value<string>;
  readonly SourceGroupOwnerAccount?: Value<string>;
  readonly SourceGroupOwnerId?: Value<string>;
  readonly SourcePortRange?: Value<string>;
  readonly SourcePrefixListId?: Value<string>;
}

/** Properties of `ALIYUN::ECS::SecurityGroupIngresses`. */
export interface SecurityGroupIngressesProps {
  /** At most 100 items. */
  readonly Permissions: Value<readonly Value<SecurityGroupIngressesPermissions>[]>;
  readonly SecurityGroupId: Value<string>;
}

/** Attributes of `ALIYUN::ECS::SecurityGroupIngresses`. */
export type SecurityGroupIngressesAttribute = never;

/** `ALIYUN::ECS::SecurityGroupIngresses`. */
export class SecurityGroupIngresses extends RosResource<SecurityGroupIngressesProps, SecurityGroupIngressesAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::SecurityGroupIngresses';

  constructor(scope: Construct, id: string, properties: SecurityGroupIngressesProps, options: ResourceOptions = {}) {
    super(scope, id, SecurityGroupIngresses.TYPE, properties, options);
  }
}

/** Part of `VPCProps`: Tags. */
export interface VPCTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::ECS::VPC`. */
export interface VPCProps {
  readonly CidrBlock?: Value<string>;
  readonly Description?: Value<string>;
  readonly EnableIpv6?: Value<boolean>;
  /** At least 1 characters. */
  readonly Ipv6CidrBlock?: Value<string>;
  readonly Ipv6Isp?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  /** 0 to 5 items. */
  readonly SecondaryCidrBlocks?: Value<readonly Value<string>[]>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<VPCTags>[]>;
  readonly UserCidr?: Value<string>;
  /** Matches `^(?!http:\/\/|https:\/\/).{1,128}$`. */
  readonly VpcName?: Value<string>;
}

/** Attributes of `ALIYUN::ECS::VPC`. */
export type VPCAttribute = 'RouteTableId' | 'VRouterId' | 'VpcId' | 'VpcName';

/** `ALIYUN::ECS::VPC`. */
export class VPC extends RosResource<VPCProps, VPCAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::VPC';

  constructor(scope: Construct, id: string, properties: VPCProps = {}, options: ResourceOptions = {}) {
    super(scope, id, VPC.TYPE, properties, options);
  }
}

/** Part of `VSwitchProps`: Tags. */
export interface VSwitchTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::ECS::VSwitch`. */
export interface VSwitchProps {
  readonly CidrBlock: Value<string>;
  readonly Description?: Value<string>;
  /** A whole number. 0 to 255. */
  readonly Ipv6CidrBlock?: Value<number>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<VSwitchTags>[]>;
  /** Matches `^(?!http:\/\/|https:\/\/).{1,128}$`. */
  readonly VSwitchName?: Value<string>;
  readonly VpcId: Value<string>;
  readonly VpcIpv6CidrBlock?: Value<string>;
  readonly ZoneId: Value<string>;
  readonly ZoneType?: Value<string>;
}

/** Attributes of `ALIYUN::ECS::VSwitch`. */
export type VSwitchAttribute = 'CidrBlock' | 'Ipv6CidrBlock' | 'VSwitchId' | 'VSwitchName';

/** `ALIYUN::ECS::VSwitch`. */
export class VSwitch extends RosResource<VSwitchProps, VSwitchAttribute> {
  static readonly TYPE = 'ALIYUN::ECS::VSwitch';

  constructor(scope: Construct, id: string, properties: VSwitchProps, options: ResourceOptions = {}) {
    super(scope, id, VSwitch.TYPE, properties, options);
  }
}
