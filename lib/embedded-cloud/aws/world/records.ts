import type { JsonObject } from '../../../engine/json';

/** An SSM parameter. */
export interface Parameter {
  name: string;
  type: string;
  value: string;
  version: number;
  modified: string;
}

/** An IAM role. */
export interface Role {
  name: string;
  id: string;
  arn: string;
  policies: Record<string, JsonObject>;
  managed: string[];
  trust: JsonObject;
}

/** An instance profile. */
export interface Profile {
  name: string;
  arn: string;
  roles: string[];
}

/** A resource of which only its properties matter here: an alarm, a topic, a log group. */
export interface Thing {
  id: string;
  type: string;
  properties: JsonObject;
}
