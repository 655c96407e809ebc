/** A host that its stack made and that does not run. */
export interface AwayHost {
  readonly name: string;
  /** `gone`: its cloud has it no more. */
  readonly state: 'stopped' | 'gone';
}
