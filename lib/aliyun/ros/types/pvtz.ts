// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Part of `ZoneProps`: Tags. */
export interface ZoneTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::PVTZ::Zone`. */
export interface ZoneProps {
  readonly DnsGroup?: Value<'NORMAL_ZONE' | 'FAST_ZONE'>;
  /** 0 to 20 items. */
  readonly IgnoredStackTagKeys?: Value<readonly Value<string>[]>;
  readonly ProxyPattern?: Value<'RECORD' | 'ZONE'>;
  /** At most 50 characters. Matches `^[-_,.\uff0c\u3002a-zA-Z0-9\u4e00-\u9fa5]{0,50}$`. */
  readonly Remark?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<ZoneTags>[]>;
  readonly ZoneName: Value<string>;
}

/** Attributes of `ALIYUN::PVTZ::Zone`. */
export type ZoneAttribute = 'Arn' | 'ZoneId' | 'ZoneName' | 'ZoneTag' | 'ZoneType';

/** `ALIYUN::PVTZ::Zone`. */
export class Zone extends RosResource<ZoneProps, ZoneAttribute> {
  static readonly TYPE = 'ALIYUN::PVTZ::Zone';

  constructor(scope: Construct, id: string, properties: ZoneProps, options: ResourceOptions = {}) {
    super(scope, id, Zone.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::PVTZ::ZoneRecord`. */
export interface ZoneRecordProps {
  /** A whole number. 1 to 99. */
  readonly Priority?: Value<number>;
  readonly Rr: Value<string>;
  readonly Status: Value<'DISABLE' | 'ENABLE'>;
  /** A whole number. 5 to 86400. */
  readonly Ttl?: Value<number>;
  readonly Type: Value<'A' | 'AAAA' | 'CNAME' | 'TXT' | 'MX' | 'PTR' | 'SRV'>;
  readonly Value: Value<string>;
  readonly ZoneId: Value<string>;
}

/** Attributes of `ALIYUN::PVTZ::ZoneRecord`. */
export type ZoneRecordAttribute = 'Record' | 'RecordId' | 'ZoneId';

/** `ALIYUN::PVTZ::ZoneRecord`. */
export class ZoneRecord extends RosResource<ZoneRecordProps, ZoneRecordAttribute> {
  static readonly TYPE = 'ALIYUN::PVTZ::ZoneRecord';

  constructor(scope: Construct, id: string, properties: ZoneRecordProps, options: ResourceOptions = {}) {
    super(scope, id, ZoneRecord.TYPE, properties, options);
  }
}

/** Part of `ZoneVpcBinderProps`: Vpcs. */
export interface ZoneVpcBinderVpcs {
  readonly RegionId: Value<string>;
  readonly VpcId: Value<string>;
}

/** Properties of `ALIYUN::PVTZ::ZoneVpcBinder`. */
export interface ZoneVpcBinderProps {
  /** 0 to 10 items. */
  readonly Vpcs: Value<readonly Value<ZoneVpcBinderVpcs>[]>;
  readonly ZoneId: Value<string>;
}

/** Attributes of `ALIYUN::PVTZ::ZoneVpcBinder`. */
export type ZoneVpcBinderAttribute = 'Vpcs' | 'ZoneId';

/** `ALIYUN::PVTZ::ZoneVpcBinder`. */
export class ZoneVpcBinder extends RosResource<ZoneVpcBinderProps, ZoneVpcBinderAttribute> {
  static readonly TYPE = 'ALIYUN::PVTZ::ZoneVpcBinder';

  constructor(scope: Construct, id: string, properties: ZoneVpcBinderProps, options: ResourceOptions = {}) {
    super(scope, id, ZoneVpcBinder.TYPE, properties, options);
  }
}
