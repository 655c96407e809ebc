/**
 * What `meissa synth` writes for Aliyun: one ROS template a stack beside a manifest that says what a template can't: in which order stacks
 * deploy, which outputs of other stacks their parameters are, what is published before and done after. Read by `meissa deploy`, `diff`,
 * `drift`, by the CDK construct and by reach. Plain data.
 */

import type { CloudRegion, RegionName } from '../estate/model/model';

/** `aliyun.out/manifest.json`. */
export interface RosAssembly {
  readonly version: 1;
  /** In the order that they deploy. */
  readonly stacks: readonly RosStackManifest[];
}

export interface RosStackManifest {
  /** Construct path, as on AWS: `cn-beijing/network`, `links/bj-idc--cn-beijing/line-1`. */
  readonly path: string;
  /** ROS's name of the stack: `cn-beijing-network`, `links-bj-idc--cn-beijing-line-1`. */
  readonly name: string;
  /** As Aliyun calls it. */
  readonly region: CloudRegion;
  /** What the estate calls the region. @default - as Aliyun does */
  readonly place?: RegionName;
  readonly kind: 'base' | 'network' | 'transit' | 'entry' | 'elastic' | 'members' | 'link';
  /** File of the template, relative to the manifest: `cn-beijing-network.template.json`. */
  readonly template: string;
  /** Construct paths of stacks that deploy before, of whichever provider. */
  readonly dependsOn: readonly string[];
  /** Construct paths of stacks that are changed before, where one of the two stands. @default - none */
  readonly changesAfter?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Holds data: the stack can't be deleted while this stands. */
  readonly deletionProtection: boolean;
  readonly disableRollback: boolean;
  /** 10 to 1440 (ROS, "CreateStack": TimeoutInMinutes). */
  readonly timeoutMinutes: number;
  /** Values of the template's parameters: outputs of other stacks, read from their engines at deploy. At most 128 characters each. */
  readonly parameters: Readonly<Record<string, StackOutput>>;
  /** Configurations of its hosts that are published before the stack is touched. */
  readonly configurations: readonly PublishedConfiguration[];
  /** Members whose instances stand in this stack, in order of number; none where the member is absent. */
  readonly members: readonly RosMember[];
  /** The elastic fleet of this stack. @default - it is no stack of one */
  readonly elastic?: RosElastic;
  /** Border routers whose BFD is set after the stack is complete. @default - none stands in this stack */
  readonly borderRouters?: readonly BorderRouterTimers[];
  /**
   * Logical ids of security groups whose hosts reach each other by rule only: the policy inside of them is set after the stack is
   * complete. @default - none
   */
  readonly isolatedGroups?: readonly string[];
}

/** An output of another stack. */
export interface StackOutput {
  readonly provider: 'aws' | 'aliyun';
  /** Construct path of the stack. */
  readonly path: string;
  /** The engine's name of the stack. */
  readonly stack: string;
  /** As its cloud calls it. */
  readonly region: CloudRegion;
  readonly output: string;
}

/** A fleet's configuration: an object in the region's bucket, and for members a manifest beside it that names its digest. */
export interface PublishedConfiguration {
  /** `<cluster>/<fleet>`. */
  readonly fleet: string;
  readonly bucket: string;
  /** `config/<FleetId>/manifest`: two lines, `meissa-config 1` and the digest. @default - elastic: user-data names the digest itself */
  readonly manifestKey?: string;
  /** `config/<FleetId>/<digest>`. */
  readonly objectKey: string;
  /** SHA-256 of the object, hex. */
  readonly digest: string;
  /** File of the text, relative to the manifest. */
  readonly file: string;
}

export interface RosMember {
  readonly number: number;
  /** `<region>-<cluster>-<fleet>-<number>`. */
  readonly name: string;
  /** `<cluster>/<fleet>`. */
  readonly fleet: string;
  /** Logical id of its instance. */
  readonly instance: string;
  /** Its members vote: never more than one is down, and only with quorum to spare. */
  readonly quorum: boolean;
  /** It stands in a zone that is lost: it is down, and nobody waits for it. @default false */
  readonly lost?: boolean;
  /** How many members of the fleet may be down at once while a configuration rolls. */
  readonly maxUnavailable: number;
  /** False: the source/destination check of its primary interface is switched off after the stack is complete (host-gw). */
  readonly sourceDestCheck: boolean;
}

/** An elastic fleet: its hosts that run with another configuration, image or type are exchanged after the stack is complete. */
export interface RosElastic {
  /** `<cluster>/<fleet>`. */
  readonly fleet: string;
  /** What its hosts are called. */
  readonly name: string;
  /** Logical id of its scaling group. */
  readonly group: string;
  readonly image: string;
  readonly instanceType: string;
  readonly min: number;
  readonly max: number;
  /** Hosts that are exchanged at a time. */
  readonly maxBatch: number;
}

/**
 * BFD of a leased line's border router. ROS has no property for it, and without this step the router keeps its own times
 * ("ModifyVirtualBorderRouterAttribute": MinTxInterval and MinRxInterval 200 to 1,000 ms, DetectMultiplier 3 to 10).
 */
export interface BorderRouterTimers {
  /** Logical id of the border router; its physical id is the VbrId. */
  readonly resource: string;
  /** Milliseconds. */
  readonly minTxInterval: number;
  /** Milliseconds. */
  readonly minRxInterval: number;
  readonly detectMultiplier: number;
}
