import type { JsonObject } from '../../../engine/json';
import type { Tags } from '../../aws/world/network';

/** A cloud disk. */
export interface AliyunDisk {
  id: string;
  zone: string;
  /** GiB. */
  size: number;
  category: string;
  encrypted: boolean;
  system: boolean;
  name: string;
  attachment?: { instance: string; device: string; deleteWithInstance: boolean };
  tags: Tags;
}

/** What a simulated host applied at its last boot. */
export interface AppliedConfiguration {
  /** SHA-256 of the object; undefined: none was applied. */
  digest?: string;
  /** Since the configuration was applied and the host is well. */
  healthy: boolean;
}

/** An ECS instance. */
export interface AliyunInstance {
  id: string;
  name: string;
  hostName: string;
  type: string;
  image: string;
  zone: string;
  vSwitch: string;
  vpc: string;
  /** The primary one first. */
  interfaces: string[];
  systemDisk: string;
  /** Data disks that are attached. */
  disks: string[];
  state: 'Running' | 'Stopped';
  /** As the metadata service gives it: decoded. */
  userData: string;
  role?: string;
  keyPair?: string;
  deletionProtection: boolean;
  /** Scaling group that launched it, and from which configuration. */
  group?: string;
  configuration?: string;
  /** How often it was started: 1 after its launch. */
  starts: number;
  restarts: number;
  created: string;
  applied: AppliedConfiguration;
  tags: Tags;
}

/** An ESS scaling group. */
export interface AliyunScalingGroup {
  id: string;
  name: string;
  min: number;
  max: number;
  desired?: number;
  vSwitches: string[];
  /** A group scales only once it was enabled. */
  state: 'Active' | 'Inactive';
  /** The active configuration. */
  configuration?: string;
  instances: string[];
  hooks: Record<string, JsonObject>;
  rules: Record<string, JsonObject>;
  tags: Tags;
}

/** What a group launches. */
export interface AliyunScalingConfiguration {
  id: string;
  group: string;
  properties: JsonObject;
}

/** A run of a Cloud Assistant command on one instance. */
export interface CommandRun {
  invoke: string;
  command: string;
  instance: string;
  started: string;
  /** Milliseconds since 1970 from which the result is told. */
  due: number;
  output: string;
  exitCode: number;
  /** Why it never ran: `ClientNotRunning`. */
  error?: string;
}
