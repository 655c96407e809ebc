/** What taking stacks down says and does, once it is known which. */
import { destroyStacks, type KeptResource } from '../../deploy/destroy';
import type { Engines, StackPlace } from '../../deploy/engine';
import type { Scheduled } from '../../deploy/waves';
import { exclusively } from '../exclusion';
import { interruptible } from '../interrupt';
import { Refusal, type VerbContext } from '../verb';
import { deployProgress } from '../words/deploy-progress';
import { sayReport } from '../words/deploy-words';
import type { ExitCode } from '../words/output';
import { waveOptions } from './deploy-target';

interface Destroying {
  /** In the order in which they are deployed. */
  readonly stacks: readonly (StackPlace & Scheduled)[];
  readonly engines: Engines;
  readonly kept: readonly KeptResource[];
  /** The command that goes on after an interruption. */
  readonly command: string;
  /** Of the command line. */
  readonly options: Record<string, unknown>;
}

export async function runDestroy(
  context: VerbContext,
  { stacks, engines, kept, command, options }: Destroying,
): Promise<ExitCode> {
  const listener = deployProgress(context.output);
  const waves = waveOptions(options);
  const report = await interruptible(context, `${command} --yes`, async (signal) => {
    try {
      return await exclusively('destroy', { stacks, engines, takeOver: options.takeOver }, (exclusion) =>
        destroyStacks({ stacks, engines, options: waves, listener, exclusion, signal }),
      );
    } finally {
      listener.end();
    }
  });
  return sayReport(context, report, { verb: 'destroy', resume: command, kept });
}

/** @param paths of stacks that hold data @throws Refusal HOLDS_DATA where there are any */
export function refuseData(paths: readonly string[], command: string): void {
  if (paths.length === 0) return;
  throw new Refusal(
    'HOLDS_DATA',
    `${paths.join(', ')} hold data`,
    `nothing was touched. To take them down all the same: ${command} --including-data`,
  );
}

export function sayKept({ output }: Pick<VerbContext, 'output'>, kept: readonly KeptResource[]): void {
  if (kept.length === 0) return;
  output.say('Kept, and to be deleted by hand when nobody needs it any more:');
  for (const { path, type, physicalId } of kept) output.say(`  ${path}  ${type}  ${physicalId}`);
}
