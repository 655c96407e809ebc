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
  /** Further places that take part (the other end of an overlap). */
  readonly also?: readonly Location[];
}

/** Steps from a document's root to a value. */
export type Path = readonly (string | number)[];

/** What is told of a place: which code, what is wrong, why it matters, what to write instead. */
export type Told = Pick<Finding, 'code' | 'message' | 'why' | 'fix'>;

/** The error at a place of a document. */
export function errorAt(where: Location, path: Path, { code, message, why, fix }: Told): Finding {
  return { ...where, code, severity: 'error', path: path.join('.'), message, why, fix };
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
