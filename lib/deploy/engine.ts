/** One set of verbs over the clouds' own stack engines. The engines keep the state; nothing is kept here. */

import type { RosStackManifest, StackOutput } from '../aliyun/assembly';
import type { AwayHost } from '../clouds/away-host';
import type { CloudRegionId, Provider, RegionName } from '../estate/model/model';
import type { DeployError, Journal } from './deploy-error';
import type { LeaseStore } from './lease/lease';
import type { DeployRun } from './lease/run';
import type { Template } from './standing-template';

/** Where a stack stands, or would, as its engine knows it. */
export interface EngineStack {
  readonly provider: Provider;
  /** Construct path: `sa-east-1/core-voters`, `links/a--b/routes-a`. */
  readonly path: string;
  /** The engine's name of it. */
  readonly name: string;
  /** Whom its engine asks. */
  readonly cloudRegion: CloudRegionId;
}

/** Where a stack stands, or would. */
export interface StackPlace extends EngineStack {
  /** What the estate calls the region. */
  readonly region: RegionName;
}

/** A stack as it is emitted. */
export interface DeployStack extends StackPlace {
  /** File of the template. */
  readonly template: string;
  /** Construct paths of stacks that deploy before, of whichever provider; of this deploy or not. */
  readonly dependsOn: readonly string[];
  /** Construct paths of stacks that are changed before, where one of the two stands. @default - none */
  readonly changesAfter?: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Holds data: protected against deletion. */
  readonly holdsData: boolean;
  /** Stays as it is when it fails, because an automatic rollback would touch several voters at once. */
  readonly disableRollback: boolean;
  /** Values of parameters: outputs of other stacks, read right before the stack is deployed. */
  readonly parameters: Readonly<Record<string, StackOutput>>;
  /** What two stacks may not do at once: stacks that share a word here never run side by side. */
  readonly exclusive: readonly string[];
  /** File of the stack's policy. @default - it has none */
  readonly policy?: string;
  /** What the emitter said of it (Aliyun). */
  readonly ros?: RosStackManifest;
  /** Seconds in which a host must be well after it was restarted or made. Stacks with hosts. */
  readonly healthTimeout?: number;
}

/** A place, and what is known of the members that stand there. */
export type StackWithMembers = StackPlace & Pick<DeployStack, 'ros'>;

/** A stack as the engine tells it. */
export interface StandingStack {
  /** The engine's word: `CREATE_COMPLETE`, `UPDATE_FAILED`. */
  readonly status: string;
  readonly reason?: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly deletionProtection: boolean;
  /** ISO time of the last operation. */
  readonly changed?: string;
}

/** What a deploy would do to a stack. */
export interface StackPreview {
  readonly action: 'create' | 'update' | 'none';
  /** In words: `template`, `tags`, `left half-made (UPDATE_FAILED)`. Empty for `none`. */
  readonly because: readonly string[];
}

export interface StackProgress {
  /** ISO time. */
  readonly at: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** Told of every event of a stack while it is worked on. */
export type OnProgress = (progress: StackProgress) => void;

export interface ApplyInput {
  /** Values of the stack's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Logical ids that may be replaced by this update: they were named and shown. */
  readonly replace: readonly string[];
  /** The run that deploys. @default - one of its own */
  readonly run?: DeployRun;
  /** Makes sure that no other run works here; awaited right before everything that changes something. @default - nobody else is looked for */
  readonly hold?: () => Promise<void>;
  /** The fence of the lease that `hold` holds. @default - there is none */
  readonly fence?: () => number | undefined;
  /** When it aborts no further member is restarted; the engine is waited for. */
  readonly signal?: AbortSignal;
}

export interface Applied {
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** What a person should know although it went well. */
  readonly warnings: readonly string[];
}

export interface StandingResource {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly status: string;
}

/** A resource that is not as its stack left it. */
export interface DriftedResource {
  readonly logicalId: string;
  readonly type: string;
  /** `stopped`: an instance that stands as it should and does not run. */
  readonly drift: 'modified' | 'deleted' | 'stopped';
  /** What it is, or was, to its cloud. @default - unknown */
  readonly physicalId?: string;
  /** Paths of properties with what was expected and what is there. */
  readonly differences: readonly { readonly property: string; readonly expected?: string; readonly actual?: string }[];
}

/** A host of a stack as its cloud knows it, and with which configuration it runs where it fetches it itself. */
export interface MemberState {
  readonly name: string;
  /** `<cluster>/<fleet>`. @default - the engine does not say */
  readonly fleet?: string;
  /** Id of its instance. @default - the cloud has none any more */
  readonly instance?: string;
  /** The cloud's word: `running`, `stopped`, `gone`. */
  readonly state?: string;
  /** The cloud's checks of it where it runs: `ok`, `impaired`, `initializing`. @default - it makes none */
  readonly checks?: string;
  /** Digest of the configuration that is described for its fleet. @default - it is part of the template */
  readonly described?: string;
  /** Digest of the one that it applied at its last boot. @default - it did not answer */
  readonly applied?: string;
  /** Well, by its own word. @default - nobody asked it */
  readonly healthy?: boolean;
  /** It must restart to run with what is published. */
  readonly rollDue: boolean;
}

/** By which means something is put back. */
export type RepairMeans =
  /** Its instance is started. */
  | 'start'
  /** Its volumes are attached again. */
  | 'attach'
  /** Its tags are written again. */
  | 'tag'
  /** A property that no template has is set again. */
  | 'set'
  /** CloudFormation: a change set with `DeploymentMode: REVERT_DRIFT`. */
  | 'revert'
  /** ROS: an update without it, and one with it. */
  | 'anew';

export interface RepairItem {
  readonly resource: DriftedResource;
  readonly by: RepairMeans;
  /** Name of the voter that it stops for a while. @default - none */
  readonly stops?: string;
}

/** Something that no repair puts back: why, and what a person does. */
export interface LeftOver {
  readonly resource: DriftedResource;
  readonly why: string;
  readonly fix: string;
}

/** What of a stack's drift is put back, and what is left to a person. */
export interface RepairPlan {
  readonly items: readonly RepairItem[];
  readonly left: readonly LeftOver[];
  /** Names of hosts that do not run. */
  readonly down: readonly string[];
}

export interface StackEngine {
  readonly provider: Provider;
  /** The stack, or undefined where none of that name stands. */
  read(place: EngineStack): Promise<StandingStack | undefined>;
  /** Names of all stacks that stand in a region, whoever made them; undefined where the credentials may not list them. */
  list(region: CloudRegionId): Promise<readonly string[] | undefined>;
  /** The template as it was given to the engine; undefined where no stack stands. */
  readTemplate(place: EngineStack): Promise<Record<string, unknown> | undefined>;
  /** Compares with what stands. Changes nothing, and leaves nothing behind. */
  preview(stack: DeployStack, parameters: Readonly<Record<string, string>>): Promise<StackPreview>;
  /**
   * Creates or updates the stack and waits until it is done; goes on from whatever an earlier deploy that was interrupted left.
   *
   * @throws DeployError or the engine's own error, which `explain` words
   */
  apply(stack: DeployStack, input: ApplyInput, progress: OnProgress): Promise<Applied>;
  /**
   * Deletes the stack and waits until it is gone. Protection against deletion is lifted first.
   *
   * @returns whether there was one
   */
  destroy(place: EngineStack, progress: OnProgress, hold?: () => Promise<void>): Promise<boolean>;
  /** Makes or renews what a deploy needs in a region before its first stack. @default - it needs nothing */
  bootstrap?(region: CloudRegionId): Promise<void>;
  /**
   * Where the lease of a region lies: who holds it is the only run that changes stacks there.
   *
   * @returns undefined where it has no place yet
   */
  leaseStore?(region: CloudRegionId): Promise<LeaseStore | undefined>;
  /** Asks the engine what is not as it left it. */
  drift(stack: StackWithMembers): Promise<readonly DriftedResource[]>;
  resources(place: EngineStack): Promise<readonly StandingResource[]>;
  /** Hosts of the stack. @returns undefined where the credentials may not ask the cloud for them */
  members?(stack: StackWithMembers): Promise<readonly MemberState[] | undefined>;
  /**
   * Hosts of the stack that do not run.
   *
   * @param template as it stands
   * @returns undefined where the credentials may not ask the cloud for them
   */
  awayHosts(place: EngineStack, template: Template): Promise<readonly AwayHost[] | undefined>;
  /** Decides what of a stack's drift is put back, and how; asks, and changes nothing. */
  planRepair(stack: StackWithMembers, drifted: readonly DriftedResource[], template: Template): Promise<RepairPlan>;
  /**
   * Puts back what was planned, and waits until it is.
   *
   * @throws DeployError or the engine's own error, which `explain` words
   */
  repair(
    stack: StackWithMembers,
    items: readonly RepairItem[],
    input: Pick<ApplyInput, 'run' | 'hold'>,
    progress: OnProgress,
  ): Promise<void>;
  /** Last lines of what a host wrote, by its name or what `DeployError.hosts` calls it. @returns undefined where they can't be had */
  journal?(stack: StackWithMembers, host: string): Promise<Journal | undefined>;
  /** Any error of the engine's client in words: who must do what. */
  explain(error: unknown, place: EngineStack): DeployError;
}

/** What a deploy needs of an engine. */
export type DeployingEngine = Pick<StackEngine, 'provider' | 'read' | 'apply' | 'explain' | 'journal'>;
export type DeployingEngines = ReadonlyMap<Provider, DeployingEngine>;

/** By provider; only those that are needed. */
export type Engines = ReadonlyMap<Provider, StackEngine>;
