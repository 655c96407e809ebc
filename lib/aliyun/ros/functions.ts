/** ROS's intrinsic functions as plain data: those that are emitted. Sources: ROS, "Functions" and "Pseudo parameters". */
import type { FindInMapFunction, GetAttFunction, Intrinsic, RefFunction, Value } from './template';

/** A resource's id or a parameter's value, by logical id. */
export function ref(logicalId: string): RefFunction {
  return { Ref: logicalId };
}

/** An attribute of a resource, by logical id. */
export function getAtt(logicalId: string, attribute: string): GetAttFunction {
  return { 'Fn::GetAtt': [logicalId, attribute] };
}

/** A value of a mapping of this template. */
export function findInMap(mapping: string, top: Value<string>, second: Value<string>): FindInMapFunction {
  return { 'Fn::FindInMap': [mapping, top, second] };
}

export function join(delimiter: string, parts: Value<readonly Value<string>[]>): Intrinsic {
  return { 'Fn::Join': [delimiter, parts] };
}

export function base64Encode(text: Value<string>): Intrinsic {
  return { 'Fn::Base64Encode': text };
}

/** The stack's own id. */
export const STACK_ID = ref('ALIYUN::StackId');
