// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Properties of `ALIYUN::RAM::AttachPolicyToRole`. */
export interface AttachPolicyToRoleProps {
  readonly PolicyName: Value<string>;
  readonly PolicyType: Value<'System' | 'Custom'>;
  readonly RoleName: Value<string>;
}

/** Attributes of `ALIYUN::RAM::AttachPolicyToRole`. */
export type AttachPolicyToRoleAttribute = never;

/** `ALIYUN::RAM::AttachPolicyToRole`. */
export class AttachPolicyToRole extends RosResource<AttachPolicyToRoleProps, AttachPolicyToRoleAttribute> {
  static readonly TYPE = 'ALIYUN::RAM::AttachPolicyToRole';

  constructor(scope: Construct, id: string, properties: AttachPolicyToRoleProps, options: ResourceOptions = {}) {
    super(scope, id, AttachPolicyToRole.TYPE, properties, options);
  }
}

/** Part of `ManagedPolicyPolicyDocument`: Statement. */
export interface ManagedPolicyPolicyDocumentStatement {
  readonly Action?: Value<readonly Value<unknown>[]>;
  readonly Condition?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly Effect?: Value<string>;
  readonly NotAction?: Value<readonly Value<unknown>[]>;
  readonly Resource?: Value<readonly Value<unknown>[]>;
}

/** Part of `ManagedPolicyProps`: PolicyDocument. */
export interface ManagedPolicyPolicyDocument {
  readonly Statement: Value<readonly Value<ManagedPolicyPolicyDocumentStatement>[]>;
  readonly Version: Value<string>;
}

/** Properties of `ALIYUN::RAM::ManagedPolicy`. */
export interface ManagedPolicyProps {
  /** At most 1024 characters. */
  readonly Description?: Value<string>;
  readonly Groups?: Value<readonly Value<unknown>[]>;
  readonly IgnoreExisting?: Value<boolean>;
  readonly PolicyDocument?: Value<ManagedPolicyPolicyDocument>;
  readonly PolicyDocumentUnchecked?: Value<Readonly<Record<string, Value<unknown>>>>;
  /** At most 128 characters. */
  readonly PolicyName: Value<string>;
  readonly Roles?: Value<readonly Value<unknown>[]>;
  readonly Users?: Value<readonly Value<unknown>[]>;
}

/** Attributes of `ALIYUN::RAM::ManagedPolicy`. */
export type ManagedPolicyAttribute = 'PolicyName';

/** `ALIYUN::RAM::ManagedPolicy`. */
export class ManagedPolicy extends RosResource<ManagedPolicyProps, ManagedPolicyAttribute> {
  static readonly TYPE = 'ALIYUN::RAM::ManagedPolicy';

  constructor(scope: Construct, id: string, properties: ManagedPolicyProps, options: ResourceOptions = {}) {
    super(scope, id, ManagedPolicy.TYPE, properties, options);
  }
}

/** Part of `RoleAssumeRolePolicyDocumentStatement`: Condition. */
export interface RoleAssumeRolePolicyDocumentStatementCondition {
  readonly Bool?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly DateEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly DateGreaterThan?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly DateGreaterThanEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly DateLessThan?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly DateLessThanEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly DateNotEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly IpAddress?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly NotIpAddress?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly NumericEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly NumericGreaterThan?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly NumericGreaterThanEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly NumericLessThan?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly NumericLessThanEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly NumericNotEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly StringEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly StringEqualsIgnoreCase?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly StringLike?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly StringNotEquals?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly StringNotEqualsIgnoreCase?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly StringNotLike?: Value<Readonly<Record<string, Value<unknown>>>>;
}

/** Part of `RoleAssumeRolePolicyDocumentStatement`: Principal. */
export interface RoleAssumeRolePolicyDocumentStatementPrincipal {
  readonly Federated?: Value<readonly Value<unknown>[]>;
  readonly RAM?: Value<readonly Value<unknown>[]>;
  readonly Service?: Value<readonly Value<unknown>[]>;
}

/** Part of `RoleAssumeRolePolicyDocument`: Statement. */
export interface RoleAssumeRolePolicyDocumentStatement {
  readonly Action?: Value<string>;
  readonly Condition?: Value<RoleAssumeRolePolicyDocumentStatementCondition>;
  readonly Effect?: Value<string>;
  readonly Principal?: Value<RoleAssumeRolePolicyDocumentStatementPrincipal>;
}

/** Part of `RoleProps`: AssumeRolePolicyDocument. */
export interface RoleAssumeRolePolicyDocument {
  readonly Statement: Value<readonly Value<RoleAssumeRolePolicyDocumentStatement>[]>;
  readonly Version: Value<string>;
}

/** Part of `RolePoliciesPolicyDocument`: Statement. */
export interface RolePoliciesPolicyDocumentStatement {
  readonly Action?: Value<readonly Value<unknown>[]>;
  readonly Condition?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly Effect?: Value<string>;
  readonly NotAction?: Value<readonly Value<unknown>[]>;
  readonly Resource?: Value<readonly Value<unknown>[]>;
}

/** Part of `RolePolicies`: PolicyDocument. */
export interface RolePoliciesPolicyDocument {
  readonly Statement: Value<readonly Value<RolePoliciesPolicyDocumentStatement>[]>;
  readonly Version: Value<string>;
}

/** Part of `RoleProps`: Policies. */
export interface RolePolicies {
  /** At most 1024 characters. */
  readonly Description?: Value<string>;
  readonly IgnoreExisting?: Value<boolean>;
  readonly PolicyDocument: Value<RolePoliciesPolicyDocument>;
  /** At most 128 characters. */
  readonly PolicyName: Value<string>;
}

/** Part of `RoleProps`: PolicyAttachments. */
export interface RolePolicyAttachments {
  /** At most 5 items. */
  readonly Custom?: Value<readonly Value<string>[]>;
  /** At most 20 items. */
  readonly System?: Value<readonly Value<string>[]>;
}

/** Part of `RoleProps`: Tags. */
export interface RoleTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::RAM::Role`. */
export interface RoleProps {
  readonly AssumeRolePolicyDocument: Value<RoleAssumeRolePolicyDocument>;
  readonly DeletionForce?: Value<boolean>;
  /** At most 1024 characters. */
  readonly Description?: Value<string>;
  readonly IgnoreExisting?: Value<boolean>;
  /** A whole number. 3600 to 43200. */
  readonly MaxSessionDuration?: Value<number>;
  readonly Policies?: Value<readonly Value<RolePolicies>[]>;
  readonly PolicyAttachments?: Value<RolePolicyAttachments>;
  readonly RoleName: Value<string>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<RoleTags>[]>;
}

/** Attributes of `ALIYUN::RAM::Role`. */
export type RoleAttribute = 'Arn' | 'RoleId' | 'RoleName';

/** `ALIYUN::RAM::Role`. */
export class Role extends RosResource<RoleProps, RoleAttribute> {
  static readonly TYPE = 'ALIYUN::RAM::Role';

  constructor(scope: Construct, id: string, properties: RoleProps, options: ResourceOptions = {}) {
    super(scope, id, Role.TYPE, properties, options);
  }
}
