/** One set of verbs over the clouds' own stack engines. The engines keep the state; nothing is kept here. */
import type { RosStackManifest, StackOutput } from '../aliyun/assembly';
import type { CloudRegionId, Provider, RegionName } from '../estate/model/model';
import type { DeployError } from './deploy-error';
import type { LeaseStore } from './lease/lease';
import type { DeployRun } from './lease/run';

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
  /** Seconds in which a member must be well after it was restarted. Stacks with members. */
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
  readonly drift: 'modified' | 'deleted';
  /** Paths of properties with what was expected and what is there. */
  readonly differences: readonly { readonly property: string; readonly expected?: string; readonly actual?: string }[];
}

/** A member, and the configuration that it runs with. */
export interface MemberState {
  readonly name: string;
  readonly fleet: string;
  /** Digest of the configuration that is described for its fleet. */
  readonly described: string;
  /** Digest of the one that it applied at its last boot. @default - it did not answer */
  readonly applied?: string;
  /** Well, by its own word. */
  readonly healthy: boolean;
  /** It must restart to run with what is published. */
  readonly rollDue: boolean;
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
  /** Members of the stack and what they run with. @default - configurations are part of the template */
  members?(stack: StackWithMembers): Promise<readonly MemberState[]>;
  /** Any error of the engine's client in words: who must do what. */
  explain(error: unknown, place: EngineStack): DeployError;
}

/** What a deploy needs of an engine. */
export type DeployingEngine = Pick<StackEngine, 'provider' | 'read' | 'apply' | 'explain'>;
export type DeployingEngines = ReadonlyMap<Provider, DeployingEngine>;

/** By provider; only those that are needed. */
export type Engines = ReadonlyMap<Provider, StackEngine>;
