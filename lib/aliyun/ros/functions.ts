/** ROS's intrinsic functions as plain data, and its pseudo parameters. Sources: ROS, "Functions" and "Pseudo parameters". */
import type { ConditionExpression, FindInMapFunction, GetAttFunction, Intrinsic, RefFunction, Value } from './template';
import type { RosAttributes, RosType } from './types';

/** A resource's id or a parameter's value, by logical id. */
export function ref(logicalId: string): RefFunction {
  return { Ref: logicalId };
}

/** An attribute of a resource, by logical id. */
export function getAtt(logicalId: string, attribute: string): GetAttFunction {
  return { 'Fn::GetAtt': [logicalId, attribute] };
}

/** `getAtt` that takes only attributes of the type: `attributeOf('ALIYUN::ECS::VPC', 'Vpc', 'RouteTableId')`. */
export function attributeOf<T extends RosType>(_type: T, logicalId: string, attribute: RosAttributes[T]): GetAttFunction {
  return getAtt(logicalId, attribute);
}

/** A value of a mapping of this template. */
export function findInMap(mapping: string, top: Value<string>, second: Value<string>): FindInMapFunction {
  return { 'Fn::FindInMap': [mapping, top, second] };
}

export function join(delimiter: string, parts: Value<readonly Value<string>[]>): Intrinsic {
  return { 'Fn::Join': [delimiter, parts] };
}

/** Replaces `${Name}` and `${Resource.Attribute}` in a text, from the variables first. `${!Name}` stays as `${Name}`. */
export function sub(text: string, variables?: Readonly<Record<string, Value<string>>>): Intrinsic {
  return { 'Fn::Sub': variables === undefined ? text : [text, variables] };
}

/** An item of a list by its index from 0 (a negative one counts from the end), or of a map by its key. */
export function select(index: number | string, from: unknown): Intrinsic {
  return { 'Fn::Select': [index, from] };
}

export function split(delimiter: string, text: Value<string>): Intrinsic {
  return { 'Fn::Split': [delimiter, text] };
}

/** Replaces every occurrence of each word in a text. */
export function replace(words: Readonly<Record<string, Value<string>>>, text: Value<string>): Intrinsic {
  return { 'Fn::Replace': [words, text] };
}

export function base64Encode(text: Value<string>): Intrinsic {
  return { 'Fn::Base64Encode': text };
}

/** A number as text. */
export function str(number: Value<number>): Intrinsic {
  return { 'Fn::Str': number };
}

/** One of two values, by a condition of this template (its logical id). */
export function ifElse(condition: string, then: unknown, otherwise: unknown): Intrinsic {
  return { 'Fn::If': [condition, then, otherwise] };
}

type Comparable = Value<string | number | boolean>;

export function equals(left: Comparable, right: Comparable): ConditionExpression {
  return { 'Fn::Equals': [left, right] };
}

export function and(...conditions: readonly ConditionExpression[]): ConditionExpression {
  return { 'Fn::And': conditions };
}

export function or(...conditions: readonly ConditionExpression[]): ConditionExpression {
  return { 'Fn::Or': conditions };
}

export function not(condition: ConditionExpression): ConditionExpression {
  return { 'Fn::Not': condition };
}

/** Values that ROS gives to every template, as references. */
export const pseudo = {
  stackId: ref('ALIYUN::StackId'),
  stackName: ref('ALIYUN::StackName'),
  region: ref('ALIYUN::Region'),
  /** Of whoever runs the stack: a RAM user or role. */
  accountId: ref('ALIYUN::AccountId'),
  /** Of the Aliyun account, 16 digits. */
  tenantId: ref('ALIYUN::TenantId'),
  resourceGroupId: ref('ALIYUN::ResourceGroupId'),
  /** In place of an optional property's value: as if the property weren't there. */
  noValue: ref('ALIYUN::NoValue'),
} as const;
