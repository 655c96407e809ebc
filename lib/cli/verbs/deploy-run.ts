/** A deploy that was agreed to: held, checked once more, and done. */
import { deployStacks } from '../../deploy/deploy';
import type { DeployStack, Engines } from '../../deploy/engine';
import { exclusively } from '../exclusion';
import { interruptible } from '../interrupt';
import type { VerbContext } from '../verb';
import { deployProgress } from '../words/deploy-progress';
import { sayReport } from '../words/deploy-words';
import type { ExitCode } from '../words/output';
import type { waveOptions } from './deploy-target';

export interface Running {
  readonly waves: ReturnType<typeof waveOptions>;
  readonly replace: readonly string[];
  /** The command that goes on after an interruption. */
  readonly command: string;
  /** Throws where what stands is other than what was agreed to. @default - nobody was asked */
  readonly check?: (engines: Engines) => Promise<void>;
  /** `--take-over` */
  readonly takeOver: unknown;
}

export async function runDeploy(
  context: VerbContext,
  stacks: readonly DeployStack[],
  engines: Engines,
  { waves, replace, command, check, takeOver }: Running,
): Promise<ExitCode> {
  const listener = deployProgress(context.output);
  const report = await interruptible(context, `${command} --yes`, async (signal) => {
    try {
      return await exclusively('deploy', { stacks, engines, takeOver }, async (exclusion) => {
        // Others may have deployed since; from here on they can't.
        await check?.(engines);
        return deployStacks({ stacks, engines, options: waves, replace, listener, exclusion, signal });
      });
    } finally {
      listener.end();
    }
  });
  return sayReport(context, report, { verb: 'deploy', resume: command });
}

/** The same command, for who goes on: all that it does otherwise than by default. */
export function commandOf(names: readonly string[], options: Record<string, unknown>, verb = 'deploy'): string {
  const given = (option: string, value: unknown): string[] => {
    if (value === undefined || value === false) return [];
    return value === true ? [option] : [option, ...[value].flat().map(String)];
  };
  return [
    'meissa',
    verb,
    ...names,
    ...given('--links', options.links),
    ...given('--replace', options.replace),
    ...given('--concurrency', options.concurrency),
    ...given('--regions-at-once', options.regionsAtOnce),
    ...given('--failure-tolerance', options.failureTolerance),
    ...given('--including-data', options.includingData),
    ...given('--undescribed', options.undescribed),
  ].join(' ');
}
