/** One thing that an engine does to one resource: what a timeline is made of. */
export interface Work {
  stackId: string;
  logicalId: string;
  type: string;
  /** `replace`: another one is made in its place. `interrupt`: it is changed in place and stops for it. `retain`: its record goes, it stays. */
  act: 'create' | 'replace' | 'update' | 'interrupt' | 'delete' | 'retain';
  /** The clock's milliseconds. */
  from: number;
  to: number;
  /** Properties that differ. */
  properties: string[];
  /** Resources of the stack by whose replacement alone these differ: the template says the same of them as before. */
  through: string[];
  /** Physical ids. */
  before?: string;
  after?: string;
  /** Why it failed. */
  failed?: string;
  /** It is part of a way back. */
  rollback: boolean;
}

/** Ends a piece of work that goes on. */
export type EndOfWork = (end?: { after?: string; failed?: string }) => void;
