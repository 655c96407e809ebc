/** A member as the template of its stack has it: what of it the members lock remembers. */
export interface MemberOfStack {
  readonly number: number;
  /** @default - its instance is gone: only what stays of a member stands */
  readonly instance?: {
    readonly generation: number;
    readonly image: string;
    /** GiB. */
    readonly rootGb: number;
    readonly key?: string;
  };
  /** Its fixed address. @default - it went with the instance */
  readonly address?: string;
  /** @default - the template doesn't say it */
  readonly zone?: string;
}
