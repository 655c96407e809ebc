/** What is known of ROS's resource types. Made by scripts/ros-types; tests read a dump of all types in the same shape. */
import emitted from '../../../schemas/ros-resources.json';

export type PropertyKind = 'string' | 'number' | 'integer' | 'boolean' | 'list' | 'map' | 'any';

export interface PropertySchema {
  readonly type: PropertyKind;
  /** @default false */
  readonly required?: boolean;
  readonly allowed?: readonly (string | number)[];
  readonly min?: number;
  readonly max?: number;
  /** Characters of a text, items of a list. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression that a text matches. */
  readonly pattern?: string;
  /** Of a list; unknown where absent. */
  readonly items?: PropertySchema;
  /** Of a map with free keys. */
  readonly values?: PropertySchema;
  /** Of a map with known keys; a map with neither takes anything. */
  readonly properties?: Readonly<Record<string, PropertySchema>>;
}

export interface ResourceTypeSchema {
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly attributes: readonly string[];
}

export interface RosSchema {
  readonly version: string;
  readonly resourceTypes: Readonly<Record<string, ResourceTypeSchema>>;
}

/** The types that this program emits, with nested properties and bounds. */
export const EMITTED_TYPES: RosSchema = emitted as unknown as RosSchema;
