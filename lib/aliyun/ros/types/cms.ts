// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Part of `ContactProps`: Channels. */
export interface ContactChannels {
  readonly AliIM?: Value<string>;
  readonly DingWebHook?: Value<string>;
  readonly Mail?: Value<string>;
  readonly SMS?: Value<string>;
}

/** Properties of `ALIYUN::CMS::Contact`. */
export interface ContactProps {
  readonly Channels: Value<ContactChannels>;
  readonly ContactName: Value<string>;
  readonly Describe: Value<string>;
}

/** Attributes of `ALIYUN::CMS::Contact`. */
export type ContactAttribute = 'ContactName';

/** `ALIYUN::CMS::Contact`. */
export class Contact extends RosResource<ContactProps, ContactAttribute> {
  static readonly TYPE = 'ALIYUN::CMS::Contact';

  constructor(scope: Construct, id: string, properties: ContactProps, options: ResourceOptions = {}) {
    super(scope, id, Contact.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CMS::ContactGroup`. */
export interface ContactGroupProps {
  readonly ContactGroupName: Value<string>;
  /** 1 to 100 items. */
  readonly ContactNames: Value<readonly Value<string>[]>;
  readonly Describe: Value<string>;
  readonly EnableSubscribed?: Value<boolean>;
}

/** Attributes of `ALIYUN::CMS::ContactGroup`. */
export type ContactGroupAttribute = 'ContactGroupName';

/** `ALIYUN::CMS::ContactGroup`. */
export class ContactGroup extends RosResource<ContactGroupProps, ContactGroupAttribute> {
  static readonly TYPE = 'ALIYUN::CMS::ContactGroup';

  constructor(scope: Construct, id: string, properties: ContactGroupProps, options: ResourceOptions = {}) {
    super(scope, id, ContactGroup.TYPE, properties, options);
  }
}

/** Part of `GroupMetricRuleEscalations`: Critical. */
export interface GroupMetricRuleEscalationsCritical {
  readonly ComparisonOperator: Value<string>;
  readonly Statistics: Value<string>;
  readonly Threshold: Value<number>;
  readonly Times: Value<number>;
}

/** Part of `GroupMetricRuleEscalations`: Info. */
export interface GroupMetricRuleEscalationsInfo {
  readonly ComparisonOperator: Value<string>;
  readonly Statistics: Value<string>;
  readonly Threshold: Value<number>;
  readonly Times: Value<number>;
}

/** Part of `GroupMetricRuleEscalations`: Warn. */
export interface GroupMetricRuleEscalationsWarn {
  readonly ComparisonOperator: Value<string>;
  readonly Statistics: Value<string>;
  readonly Threshold: Value<number>;
  readonly Times: Value<number>;
}

/** Part of `GroupMetricRuleProps`: Escalations. */
export interface GroupMetricRuleEscalations {
  readonly Critical?: Value<GroupMetricRuleEscalationsCritical>;
  readonly Info?: Value<GroupMetricRuleEscalationsInfo>;
  readonly Warn?: Value<GroupMetricRuleEscalationsWarn>;
}

/** Properties of `ALIYUN::CMS::GroupMetricRule`. */
export interface GroupMetricRuleProps {
  readonly Category: Value<string>;
  readonly ContactGroups?: Value<readonly Value<string>[]>;
  readonly Dimensions?: Value<string>;
  readonly EffectiveInterval?: Value<string>;
  readonly EmailSubject?: Value<string>;
  readonly Escalations: Value<GroupMetricRuleEscalations>;
  readonly ExtraDimensionJson?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly GroupId: Value<string>;
  /** A whole number. */
  readonly Interval?: Value<number>;
  readonly MetricName: Value<string>;
  readonly Namespace: Value<string>;
  readonly NoDataPolicy?: Value<'KEEP_LAST_STATE' | 'INSUFFICIENT_DATA' | 'OK'>;
  readonly NoEffectiveInterval?: Value<string>;
  readonly Options?: Value<string>;
  /** A whole number. */
  readonly Period?: Value<number>;
  readonly RuleId: Value<string>;
  readonly RuleName: Value<string>;
  /** A whole number. At least 60. */
  readonly SilenceTime?: Value<number>;
  readonly Webhook?: Value<string>;
}

/** Attributes of `ALIYUN::CMS::GroupMetricRule`. */
export type GroupMetricRuleAttribute = 'RuleId';

/** `ALIYUN::CMS::GroupMetricRule`. */
export class GroupMetricRule extends RosResource<GroupMetricRuleProps, GroupMetricRuleAttribute> {
  static readonly TYPE = 'ALIYUN::CMS::GroupMetricRule';

  constructor(scope: Construct, id: string, properties: GroupMetricRuleProps, options: ResourceOptions = {}) {
    super(scope, id, GroupMetricRule.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CMS::MonitorGroup`. */
export interface MonitorGroupProps {
  readonly ContactGroups?: Value<string>;
  readonly GroupName: Value<string>;
}

/** Attributes of `ALIYUN::CMS::MonitorGroup`. */
export type MonitorGroupAttribute = 'GroupId';

/** `ALIYUN::CMS::MonitorGroup`. */
export class MonitorGroup extends RosResource<MonitorGroupProps, MonitorGroupAttribute> {
  static readonly TYPE = 'ALIYUN::CMS::MonitorGroup';

  constructor(scope: Construct, id: string, properties: MonitorGroupProps, options: ResourceOptions = {}) {
    super(scope, id, MonitorGroup.TYPE, properties, options);
  }
}

/** Part of `MonitorGroupInstancesProps`: Instances. */
export interface MonitorGroupInstancesInstances {
  readonly Category: Value<string>;
  readonly InstanceId: Value<string>;
  readonly InstanceName: Value<string>;
  readonly RegionId: Value<string>;
}

/** Properties of `ALIYUN::CMS::MonitorGroupInstances`. */
export interface MonitorGroupInstancesProps {
  readonly GroupId: Value<string>;
  /** 1 to 100 items. */
  readonly Instances: Value<readonly Value<MonitorGroupInstancesInstances>[]>;
}

/** Attributes of `ALIYUN::CMS::MonitorGroupInstances`. */
export type MonitorGroupInstancesAttribute = 'GroupId';

/** `ALIYUN::CMS::MonitorGroupInstances`. */
export class MonitorGroupInstances extends RosResource<MonitorGroupInstancesProps, MonitorGroupInstancesAttribute> {
  static readonly TYPE = 'ALIYUN::CMS::MonitorGroupInstances';

  constructor(scope: Construct, id: string, properties: MonitorGroupInstancesProps, options: ResourceOptions = {}) {
    super(scope, id, MonitorGroupInstances.TYPE, properties, options);
  }
}

/** Part of `DynamicTagGroupProps`: MatchExpress. */
export interface DynamicTagGroupMatchExpress {
  readonly TagValue: Value<string>;
  readonly TagValueMatchFunction: Value<'contains' | 'startWith' | 'endWith' | 'notContains' | 'equals' | 'all'>;
}

/** Properties of `ALIYUN::CMS::DynamicTagGroup`. */
export interface DynamicTagGroupProps {
  readonly ContactGroupList: Value<readonly Value<string>[]>;
  readonly EnableInstallAgent?: Value<boolean>;
  readonly EnableSubscribeEvent?: Value<boolean>;
  /** At most 1 items. */
  readonly MatchExpress?: Value<readonly Value<DynamicTagGroupMatchExpress>[]>;
  readonly MatchExpressFilterRelation?: Value<'and' | 'or'>;
  readonly TagKey: Value<string>;
  /** At most 5 items. */
  readonly TemplateIdList?: Value<readonly Value<string>[]>;
}

/** Attributes of `ALIYUN::CMS::DynamicTagGroup`. */
export type DynamicTagGroupAttribute = 'DynamicTagRuleId' | 'TagKey';

/** `ALIYUN::CMS::DynamicTagGroup`. */
export class DynamicTagGroup extends RosResource<DynamicTagGroupProps, DynamicTagGroupAttribute> {
  static readonly TYPE = 'ALIYUN::CMS::DynamicTagGroup';

  constructor(scope: Construct, id: string, properties: DynamicTagGroupProps, options: ResourceOptions = {}) {
    super(scope, id, DynamicTagGroup.TYPE, properties, options);
  }
}

/** Part of `ResourceMetricRuleCompositeExpression`: ExpressionList. */
export interface ResourceMetricRuleCompositeExpressionExpressionList {
  readonly ComparisonOperator: Value<
    | 'GreaterThanLastPeriod'
    | 'GreaterThanLastWeek'
    | 'GreaterThanOrEqualToThreshold'
    | 'GreaterThanThreshold'
    | 'GreaterThanYesterday'
    | 'LessThanLastPeriod'
    | 'LessThanLastWeek'
    | 'LessThanOrEqualToThreshold'
    | 'LessThanThreshold'
    | 'LessThanYesterday'
    | 'NotEqualToThreshold'
  >;
  readonly ExpressionRaw?: Value<string>;
  readonly Id?: Value<string>;
  readonly MetricName: Value<string>;
  readonly Period: Value<number>;
  readonly Statistics: Value<'$Availability' | '$Average' | '$Maximum' | '$Minimum'>;
  readonly Threshold: Value<string>;
}

/** Part of `ResourceMetricRuleProps`: CompositeExpression. */
export interface ResourceMetricRuleCompositeExpression {
  /** At least 1 items. */
  readonly ExpressionList?: Value<readonly Value<ResourceMetricRuleCompositeExpressionExpressionList>[]>;
  readonly ExpressionListJoin?: Value<string>;
  readonly ExpressionRaw?: Value<string>;
  readonly Level: Value<'Critical' | 'Info' | 'Warn'>;
  readonly Times: Value<number>;
}

/** Part of `ResourceMetricRuleEscalations`: Critical. */
export interface ResourceMetricRuleEscalationsCritical {
  readonly ComparisonOperator: Value<
    | 'GreaterThanLastPeriod'
    | 'GreaterThanLastWeek'
    | 'GreaterThanOrEqualToThreshold'
    | 'GreaterThanThreshold'
    | 'GreaterThanYesterday'
    | 'LessThanLastPeriod'
    | 'LessThanLastWeek'
    | 'LessThanOrEqualToThreshold'
    | 'LessThanThreshold'
    | 'LessThanYesterday'
    | 'NotEqualToThreshold'
  >;
  readonly Statistics: Value<'Availability' | 'Average' | 'Maximum' | 'Minimum'>;
  readonly Threshold: Value<string>;
  readonly Times: Value<number>;
}

/** Part of `ResourceMetricRuleEscalations`: Info. */
export interface ResourceMetricRuleEscalationsInfo {
  readonly ComparisonOperator: Value<
    | 'GreaterThanLastPeriod'
    | 'GreaterThanLastWeek'
    | 'GreaterThanOrEqualToThreshold'
    | 'GreaterThanThreshold'
    | 'GreaterThanYesterday'
    | 'LessThanLastPeriod'
    | 'LessThanLastWeek'
    | 'LessThanOrEqualToThreshold'
    | 'LessThanThreshold'
    | 'LessThanYesterday'
    | 'NotEqualToThreshold'
  >;
  readonly Statistics: Value<'Availability' | 'Average' | 'Maximum' | 'Minimum'>;
  readonly Threshold: Value<string>;
  readonly Times: Value<number>;
}

/** Part of `ResourceMetricRuleEscalations`: Warn. */
export interface ResourceMetricRuleEscalationsWarn {
  readonly ComparisonOperator: Value<
    | 'GreaterThanLastPeriod'
    | 'GreaterThanLastWeek'
    | 'GreaterThanOrEqualToThreshold'
    | 'GreaterThanThreshold'
    | 'GreaterThanYesterday'
    | 'LessThanLastPeriod'
    | 'LessThanLastWeek'
    | 'LessThanOrEqualToThreshold'
    | 'LessThanThreshold'
    | 'LessThanYesterday'
    | 'NotEqualToThreshold'
  >;
  readonly Statistics: Value<'Availability' | 'Average' | 'Maximum' | 'Minimum'>;
  readonly Threshold: Value<string>;
  readonly Times: Value<number>;
}

/** Part of `ResourceMetricRuleProps`: Escalations. */
export interface ResourceMetricRuleEscalations {
  readonly Critical?: Value<ResourceMetricRuleEscalationsCritical>;
  readonly Info?: Value<ResourceMetricRuleEscalationsInfo>;
  readonly Warn?: Value<ResourceMetricRuleEscalationsWarn>;
}

/** Part of `ResourceMetricRuleProps`: Labels. */
export interface ResourceMetricRuleLabels {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Part of `ResourceMetricRulePrometheus`: Annotations. */
export interface ResourceMetricRulePrometheusAnnotations {
  readonly Key?: Value<string>;
  readonly Value?: Value<string>;
}

/** Part of `ResourceMetricRuleProps`: Prometheus. */
export interface ResourceMetricRulePrometheus {
  readonly Annotations?: Value<readonly Value<ResourceMetricRulePrometheusAnnotations>[]>;
  readonly Level: Value<'Critical' | 'Info' | 'Warn'>;
  readonly PromQL: Value<string>;
  readonly Times: Value<number>;
}

/** Properties of `ALIYUN::CMS::ResourceMetricRule`. */
export interface ResourceMetricRuleProps {
  readonly CompositeExpression?: Value<ResourceMetricRuleCompositeExpression>;
  /** At least 1 items. */
  readonly ContactGroups: Value<readonly Value<string>[]>;
  readonly DeletionForce?: Value<boolean>;
  readonly EffectiveInterval?: Value<string>;
  readonly EmailSubject?: Value<string>;
  readonly Escalations?: Value<ResourceMetricRuleEscalations>;
  /** A whole number. */
  readonly Interval?: Value<number>;
  readonly Labels?: Value<readonly Value<ResourceMetricRuleLabels>[]>;
  readonly MetricName: Value<string>;
  readonly Namespace: Value<string>;
  readonly NoDataPolicy?: Value<'KEEP_LAST_STATE' | 'INSUFFICIENT_DATA' | 'OK'>;
  readonly NoEffectiveInterval?: Value<string>;
  /** A whole number. */
  readonly Period?: Value<number>;
  readonly Prometheus?: Value<ResourceMetricRulePrometheus>;
  /** At least 1 items. */
  readonly Resources: Value<readonly Value<Readonly<Record<string, unknown>>>[]>;
  readonly RuleId?: Value<string>;
  readonly RuleName?: Value<string>;
  /** A whole number. */
  readonly SilenceTime?: Value<number>;
  readonly Webhook?: Value<string>;
}

/** Attributes of `ALIYUN::CMS::ResourceMetricRule`. */
export type ResourceMetricRuleAttribute = 'RuleId' | 'RuleName';

/** `ALIYUN::CMS::ResourceMetricRule`. */
export class ResourceMetricRule extends RosResource<ResourceMetricRuleProps, ResourceMetricRuleAttribute> {
  static readonly TYPE = 'ALIYUN::CMS::ResourceMetricRule';

  constructor(scope: Construct, id: string, properties: ResourceMetricRuleProps, options: ResourceOptions = {}) {
    super(scope, id, ResourceMetricRule.TYPE, properties, options);
  }
}
