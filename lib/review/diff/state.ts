/** What is compared: a stack as it stands, or as it would be. Who reads it from a cloud or a folder is no part of the diff. */
import type { PublishedConfiguration } from '../../aliyun/assembly';
import type { AwayHost } from '../../clouds/away-host';
import type { CloudRegionId } from '../../estate/model/model';
import type { JsonObject } from './model/json';

export type Provider = 'aws' | 'aliyun';

export interface StackState {
  /** Construct path: `cn-beijing/network`, `links/bj-idc--cn-beijing/line-1`. */
  readonly path: string;
  /** The engine's name of the stack. */
  readonly name: string;
  readonly provider: Provider;
  /**
   * Region that the stack stands in, as the estate calls it.
   *
   * @default - the first part of the path; unknown for links
   */
  readonly region?: string;
  /** The same, as its cloud calls it. @default - not known */
  readonly cloudRegion?: CloudRegionId;
  readonly template: JsonObject;
  /**
   * Values of the template's parameters. Compared only where both sides know one: what comes from another stack is known at deploy.
   *
   * @default - none known
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Tags of the stack itself. Compared only where both sides know them.
   *
   * @default - not known
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Whether its engine refuses to delete the stack. Compared only where both sides know it.
   *
   * @default - not known
   */
  readonly terminationProtection?: boolean;
  /**
   * Compared only where both sides know it: an engine doesn't tell.
   *
   * @default - not known
   */
  readonly deployedAs?: DeployedAs;
  /**
   * Configurations that hosts fetch at boot (Aliyun): the text, not how it is published.
   *
   * @default - none
   */
  readonly configurations?: readonly FleetConfiguration[];
  /** Hosts of it that do not run. @default - not known: they are taken to run */
  readonly away?: readonly AwayHost[];
}

/** What a deploy does with a stack that its template doesn't say. */
export interface DeployedAs {
  /** Whether its engine goes back by itself when it fails. */
  readonly rollback: boolean;
  /** What the stack's policy denies (AWS): `Update:Replace of AWS::EC2::Instance`. */
  readonly forbidden: readonly string[];
  /** Groups whose hosts reach each other by rule only (Aliyun). */
  readonly isolatedGroups: readonly string[];
  /** Border routers with the timers of their BFD (Aliyun). */
  readonly borderRouters: readonly object[];
}

export interface FleetConfiguration {
  /** `<cluster>/<fleet>`. */
  readonly fleet: string;
  readonly text: string;
  /** How many members may be down at once while it rolls. @default - not known */
  readonly maxUnavailable?: number;
  /** Where it is published. Says nothing in a diff. @default - not known */
  readonly published?: Pick<PublishedConfiguration, 'bucket' | 'manifestKey' | 'objectKey'>;
}
