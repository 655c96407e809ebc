/**
 * Resources as plain data. The compiler reads from `schemas/ros-resources.json` which types there are, the names of their properties,
 * nested ones too, and which are needed; `lintTemplate` holds kinds, values and bounds in every template that is emitted.
 */
import type emitted from '../../../schemas/ros-resources.json';
import type { DeletionPolicy, RosResourceJson, Value } from './template';

type Types = (typeof emitted)['resourceTypes'];

/** A type that this program emits. */
export type RosType = keyof Types;

type Needed<P> = { [Name in keyof P]: P[Name] extends { required: boolean } ? Name : never }[keyof P];
type Given<P> = P extends { properties: infer Inner }
  ? Named<Inner>
  : P extends { items: infer Item }
    ? readonly Value<Given<Item>>[]
    : unknown;
type Named<P> = { readonly [Name in Needed<P>]: Value<Given<P[Name]>> } & {
  readonly [Name in Exclude<keyof P, Needed<P>>]?: Value<Given<P[Name]>>;
};

/** Properties by the type's name. */
export type RosProperties<T extends RosType> = Named<Types[T]['properties']>;

export interface ResourceOptions {
  /** Logical ids of this template: made before this one. */
  readonly dependsOn?: readonly string[];
  /** @default 'Delete' */
  readonly deletionPolicy?: DeletionPolicy;
}

/** `resource('ALIYUN::ECS::Disk', { Size: 200 }, { deletionPolicy: 'Retain' })`. What is empty or undefined isn't written. */
export function resource<T extends RosType>(
  type: T,
  properties: RosProperties<T>,
  options: ResourceOptions = {},
): RosResourceJson {
  const { dependsOn = [], deletionPolicy } = options;
  return {
    Type: type,
    Properties: properties as Readonly<Record<string, unknown>>,
    ...(dependsOn.length === 0 ? {} : { DependsOn: dependsOn }),
    ...(deletionPolicy === undefined ? {} : { DeletionPolicy: deletionPolicy }),
  };
}
