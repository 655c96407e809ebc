/** Resources as plain data, for blocks of thousands: no construct each, the same types. */
import type { DeletionPolicy, RosResourceJson } from './template';
import type { RosProperties, RosType } from './types';

export interface PlainOptions {
  /** Logical ids of this template: made before this one. */
  readonly dependsOn?: readonly string[];
  /** @default 'Delete' */
  readonly deletionPolicy?: DeletionPolicy;
  /** Logical id of a condition of this template. */
  readonly condition?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** `resource('ALIYUN::ECS::Disk', { Size: 200 }, { deletionPolicy: 'Retain' })`; the properties are those of the type. */
export function resource<T extends RosType>(type: T, properties: RosProperties[T], options: PlainOptions = {}): RosResourceJson {
  return plainResource(type, properties, options);
}

/** The same for a type that is only known as text. What is empty or undefined isn't written. */
export function plainResource(type: string, properties: object, options: PlainOptions): RosResourceJson {
  const { dependsOn, deletionPolicy, condition, metadata } = options;
  return {
    Type: type,
    Properties: properties as Readonly<Record<string, unknown>>,
    ...(dependsOn === undefined || dependsOn.length === 0 ? {} : { DependsOn: dependsOn }),
    ...(deletionPolicy === undefined ? {} : { DeletionPolicy: deletionPolicy }),
    ...(condition === undefined ? {} : { Condition: condition }),
    ...(metadata === undefined ? {} : { Metadata: metadata }),
  };
}
