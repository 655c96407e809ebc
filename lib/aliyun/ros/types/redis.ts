// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Part of `InstanceProps`: BackupPolicy. */
export interface InstanceBackupPolicy {
  readonly EnableBackupLog?: Value<number>;
  readonly PreferredBackupPeriod: Value<string>;
  readonly PreferredBackupTime: Value<string>;
}

/** Part of `InstanceConnections`: ClassicInnerConnection. */
export interface InstanceConnectionsClassicInnerConnection {
  /** 1024 to 65535. */
  readonly ConnectionPort: Value<number>;
  /** Matches `^[a-z][a-z0-9-]{7,63}`. */
  readonly ConnectionString?: Value<string>;
}

/** Part of `InstanceConnections`: DirectConnection. */
export interface InstanceConnectionsDirectConnection {
  /** 1024 to 65535. */
  readonly ConnectionPort: Value<number>;
  /** Matches `^[a-z][a-z0-9-]{7,63}`. */
  readonly ConnectionString?: Value<string>;
}

/** Part of `InstanceConnections`: PublicConnection. */
export interface InstanceConnectionsPublicConnection {
  /** 1024 to 65535. */
  readonly ConnectionPort: Value<number>;
  /** Matches `^[a-z][a-z0-9-]{7,63}`. */
  readonly ConnectionString?: Value<string>;
}

/** Part of `InstanceConnections`: VpcPrivateConnection. */
export interface InstanceConnectionsVpcPrivateConnection {
  /** 1024 to 65535. */
  readonly ConnectionPort: Value<number>;
  /** Matches `^[a-z][a-z0-9-]{7,63}`. */
  readonly ConnectionString?: Value<string>;
}

/** Part of `InstanceProps`: Connections. */
export interface InstanceConnections {
  readonly ClassicInnerConnection?: Value<InstanceConnectionsClassicInnerConnection>;
  readonly DirectConnection?: Value<InstanceConnectionsDirectConnection>;
  readonly PublicConnection?: Value<InstanceConnectionsPublicConnection>;
  readonly VpcPrivateConnection?: Value<InstanceConnectionsVpcPrivateConnection>;
}

/** Part of `InstanceProps`: InstanceMaintainTime. */
export interface InstanceInstanceMaintainTime {
  /** Matches `^([0-1][0-9]|2[0-3]):([0-5][0-9])Z$`. */
  readonly MaintainEndTime?: Value<string>;
  /** Matches `^([0-1][0-9]|2[0-3]):([0-5][0-9])Z$`. */
  readonly MaintainStartTime?: Value<string>;
}

/** Part of `InstanceProps`: Tags. */
export interface InstanceTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Part of `InstanceProps`: TairConfig. */
export interface InstanceTairConfig {
  readonly ShardCount?: Value<number>;
  readonly Storage?: Value<number>;
  readonly StorageType?: Value<string>;
}

/** Properties of `ALIYUN::REDIS::Instance`. */
export interface InstanceProps {
  /** A whole number. 1 to 12. */
  readonly AutoRenewDuration?: Value<number>;
  readonly BackupPolicy?: Value<InstanceBackupPolicy>;
  readonly ChargeType?: Value<
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
  readonly Connections?: Value<InstanceConnections>;
  readonly DeletionForce?: Value<boolean>;
  readonly DeletionProtection?: Value<boolean>;
  readonly EngineVersion?: Value<string>;
  readonly EvictionPolicy?: Value<
    'noeviction' | 'allkeys-lru' | 'volatile-lru' | 'allkeys-random' | 'volatile-random' | 'volatile-ttl'
  >;
  readonly InstanceClass?: Value<string>;
  readonly InstanceMaintainTime?: Value<InstanceInstanceMaintainTime>;
  readonly InstanceName?: Value<string>;
  readonly NodeType?: Value<string>;
  readonly Password?: Value<string>;
  /** A whole number. */
  readonly Period?: Value<1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12 | 24 | 36 | 60>;
  readonly PeriodUnit?: Value<'month' | 'year' | 'Month' | 'Year'>;
  readonly ProductType?: Value<string>;
  /** A whole number. 1 to 9. */
  readonly ReadOnlyCount?: Value<number>;
  readonly ResourceGroupId?: Value<string>;
  readonly SSLEnabled?: Value<'Disable' | 'Enable' | 'Update'>;
  readonly SecondaryZoneId?: Value<string>;
  readonly SecurityGroupId?: Value<string>;
  /** A whole number. */
  readonly ShardCount?: Value<number>;
  readonly SubscriptionDeletionForce?: Value<boolean>;
  readonly TLSProtocol?: Value<'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<InstanceTags>[]>;
  readonly TairConfig?: Value<InstanceTairConfig>;
  readonly VSwitchId?: Value<string>;
  readonly VpcId?: Value<string>;
  readonly VpcPasswordFree?: Value<boolean>;
  readonly ZoneId?: Value<string>;
}

/** Attributes of `ALIYUN::REDIS::Instance`. */
export type InstanceAttribute =
  | 'ArchitectureType'
  | 'Bandwidth'
  | 'Capacity'
  | 'ChargeType'
  | 'ClassicInnerConnectionPort'
  | 'ClassicInnerConnectionString'
  | 'ConnectionDomain'
  | 'Connections'
  | 'DirectConnectionPort'
  | 'DirectConnectionString'
  | 'EngineVersion'
  | 'HasRenewChangeOrder'
  | 'InstanceClass'
  | 'InstanceId'
  | 'InstanceName'
  | 'InstanceType'
  | 'NetworkType'
  | 'NodeType'
  | 'OrderId'
  | 'PackageType'
  | 'Port'
  | 'PrivateIp'
  | 'PublicConnectionPort'
  | 'PublicConnectionString'
  | 'QPS'
  | 'ResourceGroupId'
  | 'VSwitchId'
  | 'VpcId'
  | 'VpcPrivateConnectionPort'
  | 'VpcPrivateConnectionString'
  | 'ZoneId';

/** `ALIYUN::REDIS::Instance`. */
export class Instance extends RosResource<InstanceProps, InstanceAttribute> {
  static readonly TYPE = 'ALIYUN::REDIS::Instance';

  constructor(scope: Construct, id: string, properties: InstanceProps = {}, options: ResourceOptions = {}) {
    super(scope, id, Instance.TYPE, properties, options);
  }
}
