/** A deploy in virtual time, as data: what happens, in which order, what beside what, and what is lost on the way. */
import type { Provider } from '../clouds/cloud';

/**
 * What happens to a resource. `replace`: another one takes its place. `interrupt`: it stops and starts with what it has. `retain`: it leaves
 * its stack and stays. `wait`: it waits for a signal of a host.
 */
export type Act = 'create' | 'replace' | 'update' | 'interrupt' | 'delete' | 'retain' | 'wait';

/** One resource, while its engine works on it. */
export interface Step {
  /** Construct path of its stack. */
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly act: Act;
  /** Seconds since the deploy began. */
  readonly from: number;
  readonly to: number;
  /** Properties that differ. Empty where it comes or goes. */
  readonly properties: readonly string[];
  /** Logical ids of its stack by whose replacement alone it changes: its own text is the same. */
  readonly through: readonly string[];
  /** Of the physical resource, where it was there before. */
  readonly before?: string;
  /** Of the physical resource, where it is there after. */
  readonly after?: string;
  /** Why it failed. @default - it did not */
  readonly failed?: string;
  /** It is part of a way back. @default false */
  readonly rollback?: boolean;
}

/** One stack's deploy. */
export interface StackRun {
  readonly path: string;
  readonly provider: Provider;
  readonly region: string;
  readonly from: number;
  readonly to: number;
  /** `unchanged`: the engine had nothing to do. `skipped`: something before it failed. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'failed' | 'skipped';
  /** The engine's last word: `UPDATE_ROLLBACK_COMPLETE`. @default - it was not touched */
  readonly status?: string;
  /** What failed first, in the engine's words. @default - nothing did */
  readonly reason?: string;
  /** The way out, where who deploys knows one for this very refusal. @default - none is known */
  readonly fix?: string;
}

/** What a deploy does in time. */
export interface Timeline {
  readonly stacks: readonly StackRun[];
  /** In order of their begin. */
  readonly steps: readonly Step[];
  /** Seconds in all. */
  readonly seconds: number;
  /** What the ledger found, worst first. */
  readonly losses: readonly Loss[];
}

/** Something that the deploy takes away, for a while or for good. */
export interface Loss {
  /** Stable: `QUORUM_LOST`, `DISK_FREED`, `MEMBER_REPLACED`. */
  readonly code: string;
  /** An error keeps `meissa deploy` from starting unless it was accepted by name. */
  readonly severity: 'error' | 'warning';
  /** What is named to accept it: `QUORUM_LOST:sa-east-1/core-voters`. */
  readonly name: string;
  /** Construct path of the stack. */
  readonly stack: string;
  /** Logical id of the resource that does it. @default - no single one */
  readonly resource?: string;
  /** Seconds since the deploy began; where it lasts until the end, `to` is the end. */
  readonly from: number;
  readonly to: number;
  /** Names of the hosts that it touches. */
  readonly hosts: readonly string[];
  readonly what: string;
  readonly why: string;
  /** The way out. */
  readonly fix: string;
}
