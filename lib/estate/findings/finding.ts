import { type Remedy, wordsOf } from './remedy';

/** A place in a file of the estate. Lines and columns start at 1; line 0 means "the file as a whole". */
export interface Location {
  /** Path as the user knows it, relative to the estate's root. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export type Severity = 'error' | 'warning';

/**
 * One thing that is wrong, told completely: where, what, why it matters and what to write instead.
 * Codes are stable: scripts and documentation refer to them.
 */
export interface Finding extends Location {
  /** Stable code in UPPER_SNAKE case, for example `ADDRESS_OVERLAP`. */
  readonly code: string;
  /** @default 'error' */
  readonly severity: Severity;
  /** Path inside the document, dotted, for example `clusters.core.fleets.voters.count`. */
  readonly path: string;
  /** What is wrong. */
  readonly message: string;
  /** The line breaks of the message are our own: a table stands below its first line. @default - a line break is a value's, and is shown */
  readonly multiline?: true;
  /** Why it matters. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** The same, as a program follows it: each of these is enough by itself. @default - only a person can tell */
  readonly write?: readonly Remedy[];
  /** Why this warning is wanted: it is counted, and not told. @default - it is told */
  readonly accepted?: string;
  /** Further places that take part (the other end of an overlap). */
  readonly also?: readonly Location[];
}

/** Steps from a document's root to a value. */
export type Path = readonly (string | number)[];

/** What to write instead: in words, or as steps, from which the words are made and which `fix` only adds to. */
export type Advice =
  | { readonly fix: string; readonly write?: readonly Remedy[] }
  | { readonly fix?: string; readonly write: readonly Remedy[] };

/** What is told of a place: which code, what is wrong, why it matters, what to write instead. */
export type Told = Pick<Finding, 'code' | 'message' | 'why'> & Advice;

/** The error at a place of a document. */
export function errorAt(where: Location, path: Path, { code, message, why, ...advice }: Told): Finding {
  return { ...where, code, severity: 'error', path: path.join('.'), message, why, ...advised(where.file, path, advice) };
}

/** That there are more than are told. @param message how many, of what */
export function moreFindings(message: string): Pick<Finding, 'code' | 'message' | 'why' | 'fix'> {
  return { code: 'MORE_FINDINGS', message, why: 'only the first are told', fix: 'correct those first' };
}

/** The advice of a finding, in words and as steps. */
export function advised(file: string, path: Path, { fix, write = [] }: Advice): Pick<Finding, 'fix' | 'write'> {
  return write.length === 0 ? { fix: fix ?? '' } : { fix: wordsOf({ file, path }, write, fix), write };
}

/** Thrown by a verb that cannot go on; carries every finding, never a single one of many. */
export class FindingsError extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map((f) => `${f.file}:${f.line} ${f.code} ${f.message}`).join('\n'));
    this.name = 'FindingsError';
  }
}

/** Orders findings by file, line, code: the same text for the same input. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      compare(a.path, b.path) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
