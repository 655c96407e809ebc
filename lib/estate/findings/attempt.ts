/** What only a later step refuses is a finding too, with the place that it comes from; what else is wrong is told beside it. */
import { type Finding, FindingsError, sortFindings } from './finding';

export type Attempt<T> = { readonly value: T } | { readonly findings: readonly Finding[] };

/**
 * The outcome of a step, or what it refused as findings.
 *
 * @param file that the step works from, for findings that know no better place
 * @param step what is done, as "the stacks of sa-east-1"
 */
export function attempt<T>(file: string, step: string, work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { findings: asFindings(error, file, step) };
  }
}

/** Findings of a step that makes findings, or what it refused. */
export function allFindings(made: Attempt<readonly Finding[]>): readonly Finding[] {
  return 'value' in made ? made.value : made.findings;
}

/** The outcomes of all steps. Throws the findings of all that were refused, not of the first alone. */
export function allOf<T>(steps: readonly Attempt<T>[]): T[] {
  const refused = steps.flatMap((step) => ('findings' in step ? step.findings : []));
  if (refused.length > 0) throw new FindingsError(sortFindings(refused));
  return steps.flatMap((step) => ('value' in step ? [step.value] : []));
}

/** Whatever was thrown. An error of the system (a full disk, a missing permission) is none of the files' and is thrown on. */
export function asFindings(error: unknown, file: string, step: string): readonly Finding[] {
  if (error instanceof FindingsError) return error.findings;
  if (!(error instanceof Error) || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
  const debugged = process.env.MEISSA_DEBUG === '1' ? error.stack : undefined;
  const words = debugged ?? error.message;
  const message = words.length > 2000 ? `${words.slice(0, 2000)}...` : words;
  return [
    {
      file,
      line: 0,
      code: 'REFUSED_LATE',
      severity: 'error',
      path: '',
      ...(debugged !== undefined && { multiline: true }),
      message: `${step}: ${message.trimEnd() || error.name}`,
      why: 'what is made of these files refuses them, although each value by itself is allowed',
      fix: 'change what the message names; MEISSA_DEBUG=1 shows where it was refused, for a report',
    },
  ];
}
