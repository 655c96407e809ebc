/** How deploy verbs say what they did. */
import type { DeployReport } from '../../deploy/deploy';
import type { KeptResource } from '../../deploy/destroy';
import type { StackPlace } from '../../deploy/engine';
import { regionsOfLink } from '../linked-world';
import type { VerbContext } from '../verb';
import type { DeployTarget } from '../verbs/deploy-target';
import { count, EXIT, type ExitCode } from './output';

export interface ReportWords {
  readonly verb: 'deploy' | 'destroy';
  /** The command that goes on where it stopped. */
  readonly resume: string;
  /** What stays although its stack goes. @default - nothing is said of it */
  readonly kept?: readonly KeptResource[];
}

/** Says how it ended; one JSON document where it is wanted. */
export function sayReport(context: VerbContext, report: DeployReport, { verb, resume, kept }: ReportWords): ExitCode {
  const { output } = context;
  const { stacks, interrupted } = report;
  const of = (...outcomes: string[]) => stacks.filter((stack) => outcomes.includes(stack.outcome)).length;
  const failed = of('failed');
  const skipped = of('skipped');
  const outcome =
    failed > 0
      ? 'failed'
      : interrupted || skipped > 0
        ? 'interrupted'
        : of('created', 'updated', 'deleted') > 0
          ? 'done'
          : 'unchanged';
  if (context.json)
    output.json({
      version: 1,
      verb,
      outcome,
      stacks: stacks.map(({ path, name, region, provider, outcome, warnings, error }) => ({
        path,
        name,
        region,
        provider,
        outcome,
        ...(warnings.length === 0 ? {} : { warnings }),
        ...(error === undefined
          ? {}
          : {
              error: {
                code: error.code,
                message: error.message,
                fix: error.fix,
                ...(error.journals.length === 0 ? {} : { journals: error.journals }),
              },
            }),
      })),
      ...(kept === undefined ? {} : { kept }),
      ...(outcome === 'failed' || outcome === 'interrupted' ? { resume } : {}),
    });
  const parts = (['created', 'updated', 'deleted', 'unchanged', 'absent', 'failed', 'skipped'] as const)
    .filter((word) => of(word) > 0)
    .map((word) => `${of(word)} ${word}`);
  output.say(outcome === 'unchanged' ? 'no changes' : `${count(stacks.length, 'stack')}: ${parts.join(', ')}`);
  if (outcome === 'failed' || outcome === 'interrupted') output.say(`to go on: ${resume}`);
  return outcome === 'failed' || outcome === 'interrupted' ? EXIT.failed : EXIT.ok;
}

interface NothingDone {
  readonly verb: 'deploy' | 'destroy';
  /** `declined`: a person was asked, and did not say yes. */
  readonly outcome: 'unchanged' | 'declined';
  readonly stacks: readonly StackPlace[];
  readonly kept?: readonly KeptResource[];
}

/** The same for a verb that ends before it begins. */
export function sayNothingDone({ json, output }: VerbContext, { verb, outcome, stacks, kept }: NothingDone): void {
  const declined = outcome === 'declined';
  const each = declined ? 'skipped' : 'unchanged';
  if (json)
    output.json({
      version: 1,
      verb,
      outcome,
      stacks: stacks.map(({ path, name, region, provider }) => ({ path, name, region, provider, outcome: each })),
      ...(kept === undefined ? {} : { kept }),
    });
  output.say(declined ? 'nothing was changed' : verb === 'deploy' ? 'no changes' : 'nothing stands');
}

/** Links that are not touched, because a region that they join was not named. */
export function sayLeft({ output }: VerbContext, { left, regions }: DeployTarget): void {
  for (const path of new Set(left.map((link) => link.path))) {
    const others = [...new Set(left.filter((link) => link.path === path).flatMap(regionsOfLink))].filter(
      (r) => !regions.includes(r),
    );
    const why = others.length === 0 ? 'not asked for' : `${others.join(' and ')} not named`;
    output.say(`link ${path} is not touched (${why}); it is with --links ${path}`);
  }
}
