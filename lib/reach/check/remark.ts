/** What a check of the whole World says: a finding of its own, which no packet has to meet. */
import type { Origin } from '../world';

export type RemarkCode =
  | 'REACH_FAULT'
  | 'REACH_UNDEFINED'
  | 'REACH_UNUSED'
  | 'REACH_LOOP'
  | 'REACH_BLACKHOLE'
  | 'REACH_SESSION_DOWN'
  | 'REACH_UNSETTLED';

export interface Remark {
  /** Stable, for programs. */
  readonly code: RemarkCode;
  /** Stack path or router file. */
  readonly where: string;
  /** Logical id or line. */
  readonly what: string;
  readonly message: string;
  /** What to do. */
  readonly fix: string;
}

export function remark(code: RemarkCode, { stack, logicalId }: Origin, message: string, fix: string): Remark {
  return { code, where: stack, what: logicalId, message, fix };
}
