// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Properties of `ALIYUN::ROS::Sleep`. */
export interface SleepProps {
  /** 0 to 1800. */
  readonly CreateDuration?: Value<number>;
  /** 0 to 1800. */
  readonly DeleteDuration?: Value<number>;
  readonly Triggers?: Value<Readonly<Record<string, Value<unknown>>>>;
  /** 0 to 1800. */
  readonly UpdateDuration?: Value<number>;
  /** 0 to 1800. */
  readonly UpdateRollbackDuration?: Value<number>;
}

/** Attributes of `ALIYUN::ROS::Sleep`. */
export type SleepAttribute = never;

/** `ALIYUN::ROS::Sleep`. */
export class Sleep extends RosResource<SleepProps, SleepAttribute> {
  static readonly TYPE = 'ALIYUN::ROS::Sleep';

  constructor(scope: Construct, id: string, properties: SleepProps = {}, options: ResourceOptions = {}) {
    super(scope, id, Sleep.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::ROS::WaitCondition`. */
export interface WaitConditionProps {
  readonly Count?: Value<number>;
  readonly Handle: Value<string>;
  readonly ShowProgressEvent?: Value<'EnabledIfCreateStack' | 'Disabled' | 'Enabled'>;
  /** 1 to 43200. */
  readonly Timeout: Value<number>;
}

/** Attributes of `ALIYUN::ROS::WaitCondition`. */
export type WaitConditionAttribute = 'Data' | 'ErrorData' | 'JoinedErrorData';

/** `ALIYUN::ROS::WaitCondition`. */
export class WaitCondition extends RosResource<WaitConditionProps, WaitConditionAttribute> {
  static readonly TYPE = 'ALIYUN::ROS::WaitCondition';

  constructor(scope: Construct, id: string, properties: WaitConditionProps, options: ResourceOptions = {}) {
    super(scope, id, WaitCondition.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::ROS::WaitConditionHandle`. */
export interface WaitConditionHandleProps {
  /** A whole number. */
  readonly Count?: Value<number>;
  readonly Mode?: Value<'Increment' | 'Full'>;
}

/** Attributes of `ALIYUN::ROS::WaitConditionHandle`. */
export type WaitConditionHandleAttribute = 'CurlCli' | 'Headers' | 'PowerShellCurlCli' | 'URL' | 'WindowsCurlCli';

/** `ALIYUN::ROS::WaitConditionHandle`. */
export class WaitConditionHandle extends RosResource<WaitConditionHandleProps, WaitConditionHandleAttribute> {
  static readonly TYPE = 'ALIYUN::ROS::WaitConditionHandle';

  constructor(scope: Construct, id: string, properties: WaitConditionHandleProps = {}, options: ResourceOptions = {}) {
    super(scope, id, WaitConditionHandle.TYPE, properties, options);
  }
}
