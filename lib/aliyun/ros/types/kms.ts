// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Properties of `ALIYUN::KMS::Alias`. */
export interface AliasProps {
  /** 1 to 255 characters. */
  readonly AliasName: Value<string>;
  readonly KeyId: Value<string>;
}

/** Attributes of `ALIYUN::KMS::Alias`. */
export type AliasAttribute = never;

/** `ALIYUN::KMS::Alias`. */
export class Alias extends RosResource<AliasProps, AliasAttribute> {
  static readonly TYPE = 'ALIYUN::KMS::Alias';

  constructor(scope: Construct, id: string, properties: AliasProps, options: ResourceOptions = {}) {
    super(scope, id, Alias.TYPE, properties, options);
  }
}

/** Part of `KeyProps`: Tags. */
export interface KeyTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::KMS::Key`. */
export interface KeyProps {
  readonly DKMSInstanceId?: Value<string>;
  readonly DeletionProtection?: Value<boolean>;
  /** 0 to 8192 characters. */
  readonly Description?: Value<string>;
  readonly Enable?: Value<boolean>;
  readonly EnableAutomaticRotation?: Value<boolean>;
  readonly KeySpec?: Value<string>;
  readonly KeyUsage?: Value<string>;
  /** A whole number. 7 to 366. */
  readonly PendingWindowInDays?: Value<number>;
  readonly Policy?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly ProtectionLevel?: Value<string>;
  readonly RotationInterval?: Value<string>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<KeyTags>[]>;
}

/** Attributes of `ALIYUN::KMS::Key`. */
export type KeyAttribute = 'KeyId';

/** `ALIYUN::KMS::Key`. */
export class Key extends RosResource<KeyProps, KeyAttribute> {
  static readonly TYPE = 'ALIYUN::KMS::Key';

  constructor(scope: Construct, id: string, properties: KeyProps = {}, options: ResourceOptions = {}) {
    super(scope, id, Key.TYPE, properties, options);
  }
}
