/** What every verb gets, and how a verb that fails speaks: never with a stack trace. */
import { DeployError } from '../deploy/deploy-error';
import { FindingsError } from '../estate/finding';
import { maskSecrets } from '../secrets';
import { EXIT, type ExitCode, type Output, sayFindings } from './output';

export interface VerbOptions {
  /** Folder that holds `regions/`. */
  readonly root: string;
  readonly json: boolean;
}

export interface VerbContext extends VerbOptions {
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
function isWorded(error: unknown): error is Refusal | DeployError {
  return error instanceof Refusal || error instanceof DeployError;
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
  const refusal = isWorded(error) ? error : unexpected(error);
  if (json) output.json({ version: 1, error: { code: refusal.code, message: refusal.message, fix: refusal.fix } });
  output.say(`${output.style('red', 'x')} ${refusal.code}: ${refusal.message}`);
  output.say(`    write: ${refusal.fix}`);
}

/** A fault of the program or the machine, not of the user. The stack is shown only to who asks for it. */
function unexpected(error: unknown): Refusal {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (process.env.MEISSA_DEBUG === '1' && cause.stack !== undefined) process.stderr.write(maskSecrets(`${cause.stack}\n`));
  const code = (cause as NodeJS.ErrnoException).code;
  return new Refusal(
    code === undefined ? 'UNEXPECTED' : `SYSTEM_${code}`,
    cause.message,
    'run again with MEISSA_DEBUG=1 and report what it prints',
  );
}

/** The code of a verb: positional arguments and options as the command line gave them. */
export type Verb = (
  context: VerbContext,
  args: (string | string[] | undefined)[],
  options: Record<string, unknown>,
) => Promise<ExitCode> | ExitCode;
