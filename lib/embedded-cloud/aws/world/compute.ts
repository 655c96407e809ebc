import type { JsonObject } from '../../../engine/json';
import type { Tags } from './network';

/** A volume. */
export interface Volume {
  id: string;
  zone: string;
  size: number;
  type: string;
  encrypted: boolean;
  /** Id, ARN or alias. @default - AWS's own key, or none */
  key?: string;
  iops?: number;
  throughput?: number;
  attachment?: { instance: string; device: string; deleteOnTermination: boolean };
  tags: Tags;
}

/** An instance: what EC2 knows of a host. */
export interface Instance {
  id: string;
  type: string;
  image: string;
  zone: string;
  subnet: string;
  vpc: string;
  /** Its interfaces in device order. */
  interfaces: string[];
  /** Device -> volume. */
  volumes: Record<string, string>;
  rootVolume: string;
  state: 'running' | 'stopped' | 'terminated';
  /** Base64, as EC2 keeps it. */
  userData?: string;
  profile?: string;
  keyName?: string;
  metadataOptions: JsonObject;
  ebsOptimized: boolean;
  monitoring: boolean;
  terminationProtection: boolean;
  /** The group that launched it. */
  group?: string;
  /** Launch template and version that the group launched it from. */
  launchedFrom?: string;
  /** How often it was started: 1 after its launch. */
  starts: number;
  /** How often it was stopped. */
  stops: number;
  launched: string;
  tags: Tags;
}

/** A launch template with its versions. */
export interface LaunchTemplate {
  id: string;
  name: string;
  versions: JsonObject[];
  tags: Tags;
}

/** An Auto Scaling group. */
export interface ScalingGroup {
  name: string;
  min: number;
  max: number;
  desired: number;
  subnets: string[];
  zones: string[];
  template: { id: string; version: string };
  targetGroups: string[];
  /** The instances it stands for, in the order of their launch. */
  instances: string[];
  suspended: string[];
  tags: { key: string; value: string; propagate: boolean }[];
  hooks: Record<string, JsonObject>;
  policies: Record<string, JsonObject>;
  created: string;
}

/** A machine image that this estate copied into its own account. */
export interface Image {
  id: string;
  name: string;
  source?: string;
  created: string;
  tags: Tags;
}
