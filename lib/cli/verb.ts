/** What every verb gets, and how a verb that fails speaks: never with a stack trace. */
import { DeployError } from '../deploy/deploy-error';
import { DiskRefusal } from '../disk/disk-refusal';
import { Unreadable } from '../disk/unreadable';
import { withoutRequest } from '../encode/echoed-request';
import { Unencodable } from '../encode/unencodable';
import { FindingsError } from '../estate/findings/finding';
import { EXIT, type ExitCode, type Output, processOutput, sayFindings } from './words/output';

export interface VerbOptions {
  /** Folder that holds `regions/`. */
  readonly root: string;
  readonly json: boolean;
}

export interface VerbContext extends VerbOptions {
  /** Its name, for example `region add`: who holds a lock says it. */
  readonly verb: string;
  readonly output: Output;
  /** ISO date of today: the pure rules read no clock. */
  readonly today: string;
  readonly fetch: typeof globalThis.fetch;
}

/** A refusal that needs no place in a file. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly fix: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** An error that says itself what it is and what to do, from whichever room. */
function isWorded(error: unknown): error is Refusal | DeployError | DiskRefusal {
  return error instanceof Refusal || error instanceof DeployError || error instanceof DiskRefusal;
}

/** Runs a verb; turns what it throws into words and an exit code. */
export async function runVerb(context: VerbContext, verb: () => Promise<ExitCode> | ExitCode): Promise<ExitCode> {
  try {
    return await verb();
  } catch (error) {
    explain(error, context);
    return EXIT.failed;
  }
}

export function explain(error: unknown, { json, output }: Pick<VerbContext, 'json' | 'output'>): void {
  if (error instanceof FindingsError) {
    if (json) output.json({ version: 1, findings: error.findings });
    else sayFindings(error.findings, output);
    return;
  }
  const refusal = wordsOf(error) ?? unexpected(error, output);
  if (json) output.json({ version: 1, error: { code: refusal.code, message: refusal.message, fix: refusal.fix } });
  output.say(`${output.style('red', 'x')} ${refusal.code}: ${refusal.message}`);
  output.say(`    write: ${refusal.fix}`);
}

/** An error of a known kind, in its own words. */
function wordsOf(error: unknown): Pick<Refusal, 'code' | 'message' | 'fix'> | undefined {
  if (isWorded(error)) return error;
  // What a schema would have refused, caught by the encoder of the file: a value that was not read from a file of the estate.
  if (error instanceof Unencodable) return { code: 'UNENCODABLE', message: error.message, fix: error.fix };
  // A file that the command line or another file names.
  if (error instanceof Unreadable) return { code: 'FILE_UNREADABLE', message: `${error.message}: ${error.why}`, fix: error.fix };
  return undefined;
}

/** What no verb caught, in the same words. */
export function explainCrash(error: unknown): void {
  explain(error, { json: process.argv.includes('--json'), output: processOutput() });
}

/** A fault of the program or the machine, not of the user. The stack is shown only to who asks for it. */
function unexpected(error: unknown, output: Output): Refusal {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (process.env.MEISSA_DEBUG === '1') output.say(withoutRequest(`${cause.name}: ${cause.message}`), ...stackOf(cause));
  const code = (cause as NodeJS.ErrnoException).code;
  return new Refusal(
    code === undefined ? 'UNEXPECTED' : `SYSTEM_${code}`,
    withoutRequest(cause.message),
    'run again with MEISSA_DEBUG=1 and report what it prints',
  );
}

/** Where it was thrown: lines that are places. The message, which may hold anything, is told apart from them. */
function stackOf({ stack = '' }: Error): string[] {
  return stack.split('\n').filter((line) => /^ +at /.test(line));
}

/** The code of a verb: positional arguments and options as the command line gave them. */
export type Verb = (
  context: VerbContext,
  args: (string | string[] | undefined)[],
  options: Record<string, unknown>,
) => Promise<ExitCode> | ExitCode;
