/** A ROS template as plain data. Sections and attributes in the order in which they are written. Source: ROS, "Template structure". */

/** `{ Ref: 'Vpc' }`: a resource's id, a parameter's value. */
export interface RefFunction {
  readonly Ref: string;
}

/** `{ 'Fn::GetAtt': ['Vpc', 'RouteTableId'] }`. */
export interface GetAttFunction {
  readonly 'Fn::GetAtt': readonly [logicalId: string, attribute: string];
}

/** `{ 'Fn::FindInMap': ['UserData', 'core', 'voters'] }`. */
export interface FindInMapFunction {
  readonly 'Fn::FindInMap': readonly [mapping: string, top: Value<string>, second: Value<string>];
}

/** A function that is done when the template is: always in place of a value, never inside a text. Source: ROS, "Functions". */
export type Intrinsic =
  | RefFunction
  | GetAttFunction
  | FindInMapFunction
  | { readonly 'Fn::Join': readonly [delimiter: string, parts: Value<readonly Value<string>[]>] }
  | { readonly 'Fn::Sub': string | readonly [text: string, variables: Readonly<Record<string, Value<string>>>] }
  | { readonly 'Fn::Select': readonly [index: number | string, from: unknown] }
  | { readonly 'Fn::Split': readonly [delimiter: string, text: Value<string>] }
  | { readonly 'Fn::Replace': readonly [words: Readonly<Record<string, Value<string>>>, text: Value<string>] }
  | { readonly 'Fn::Base64Encode': Value<string> }
  | { readonly 'Fn::Base64Decode': Value<string> }
  | { readonly 'Fn::Str': Value<number> }
  | { readonly 'Fn::If': readonly [condition: string, then: unknown, otherwise: unknown] };

/** A literal, or an intrinsic in its place. */
export type Value<T> = T | Intrinsic;

/** A condition: a comparison, or the name of another condition. Source: ROS, "Conditions". */
export type ConditionExpression =
  | string
  | { readonly 'Fn::Equals': readonly [left: Value<string | number | boolean>, right: Value<string | number | boolean>] }
  | { readonly 'Fn::And': readonly ConditionExpression[] }
  | { readonly 'Fn::Or': readonly ConditionExpression[] }
  | { readonly 'Fn::Not': ConditionExpression };

/** The only version there is. */
export const FORMAT_VERSION = '2015-09-01';

export type DeletionPolicy = 'Retain' | 'Delete';

export interface RosResourceJson {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  /** @default 'Delete' */
  readonly DeletionPolicy?: DeletionPolicy;
  /** Logical id of a condition; without it the resource is always made. */
  readonly Condition?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface RosParameterJson {
  readonly Type: ParameterType;
  readonly Description?: string;
  readonly Default?: string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;
  readonly AllowedValues?: readonly (string | number | boolean)[];
  readonly AllowedPattern?: string;
  readonly MinLength?: number;
  readonly MaxLength?: number;
  readonly MinValue?: number;
  readonly MaxValue?: number;
  /** Its value is masked when the stack is described. */
  readonly NoEcho?: boolean;
}

/** Source: ROS, "Parameters". */
export type ParameterType = 'String' | 'Number' | 'CommaDelimitedList' | 'Json' | 'Boolean';

export interface RosOutputJson {
  readonly Description?: string;
  readonly Value: unknown;
  readonly Condition?: string;
}

/** Two levels of names over plain values. */
export type RosMappingJson = Readonly<Record<string, Readonly<Record<string, string | number | readonly string[]>>>>;

/** A piece of a template: what a stack takes in at once. */
export interface RosFragment {
  readonly Parameters?: Readonly<Record<string, RosParameterJson>>;
  readonly Mappings?: Readonly<Record<string, RosMappingJson>>;
  readonly Conditions?: Readonly<Record<string, ConditionExpression>>;
  readonly Resources?: Readonly<Record<string, RosResourceJson>>;
  readonly Outputs?: Readonly<Record<string, RosOutputJson>>;
}

export interface RosTemplate extends RosFragment {
  readonly ROSTemplateFormatVersion: typeof FORMAT_VERSION;
  readonly Description?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, RosResourceJson>>;
}

/** The text of a template as it is written and sent: two spaces, a line break at the end. */
export function templateText(template: RosTemplate): string {
  return `${JSON.stringify(template, null, 2)}\n`;
}
