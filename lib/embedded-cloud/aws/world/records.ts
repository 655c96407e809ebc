import type { JsonObject } from '../../../engine/json';
import type { Tags } from './network';

/** A bucket; its objects lie in the object store. */
export interface Bucket {
  name: string;
  region: string;
  account: string;
  versioned: boolean;
  policy?: JsonObject;
  properties: JsonObject;
  objects: Record<string, StoredObject>;
}

/** An object of a bucket. */
export interface StoredObject {
  /** SHA-256 of its content: where the bytes lie. */
  digest: string;
  size: number;
  etag: string;
  type: string;
  modified: string;
  metadata: Tags;
  checksums: Tags;
  /** Made by OSS's AppendObject. @default - put whole */
  appendable?: true;
}

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
