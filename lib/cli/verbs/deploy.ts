import { askEach } from '../../deploy/ask';
import { deployStacks, refuseMissing } from '../../deploy/deploy';
import type { DeployStack, Engines, StackPreview, StandingStack } from '../../deploy/engine';
import { StackOutputs } from '../../deploy/outputs';
import { madeSource } from '../../estate/files/disk-source';
import { diffLines, diffStates } from '../../review/diff';
import { assemblyStates } from '../../review/diff/read/assemblies';
import { confirmed, mustBeAble } from '../confirm';
import { enginesFor } from '../engines';
import { exclusively } from '../exclusion';
import { interruptible } from '../interrupt';
import { sayWarnings } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { deployProgress } from '../words/deploy-progress';
import { sayLeft, sayNothingDone, sayReport } from '../words/deploy-words';
import { EXIT, type ExitCode } from '../words/output';
import { withEmission } from './deploy-emission';
import { refuseReplacements } from './deploy-replace';
import { type DeployTarget, deployTarget, placeOf, providersOf, waveOptions } from './deploy-target';
import { deployedStates } from './diff-deployed';

/** `meissa deploy <region...>`: shows what would change and asks, then deploys in waves. */
export const deploy: Verb = async (context, args, options) => {
  const names = args[0] as string[];
  const waves = waveOptions(options);
  const target = deployTarget(context, names, options.links as string[] | undefined);
  const command = commandOf(names, options);
  const yes = options.yes === true;
  mustBeAble('meissa deploy', yes, command);
  sayWarnings(target.warnings, context);
  const work = async (stacks: readonly DeployStack[], folder: string): Promise<ExitCode> => {
    const replace = (options.replace as string[] | undefined) ?? [];
    refuseReplacements(replace, stacks);
    const engines = await enginesFor(target.estate, providersOf(target.plan, stacks));
    await refuseMissing(stacks, engines, (path) => placeOf(target.plan, path));
    sayLeft(context, target);
    const answer = yes ? { shown: undefined } : await asked(context, { target, stacks, engines, folder });
    if (answer === 'no') return EXIT.failed;
    if (answer === 'nothing to do') return EXIT.ok;
    return runDeploy(context, stacks, engines, { ...answer, waves, replace, command, takeOver: options.takeOver });
  };
  return withEmission(target, work, (found) => sayWarnings(found, context));
};

interface Running {
  readonly waves: ReturnType<typeof waveOptions>;
  readonly replace: readonly string[];
  /** The command that goes on after an interruption. */
  readonly command: string;
  /** What was agreed to. @default - nobody was asked */
  readonly shown?: readonly Seen[];
  /** `--take-over` */
  readonly takeOver: unknown;
}

async function runDeploy(
  context: VerbContext,
  stacks: readonly DeployStack[],
  engines: Engines,
  { waves, replace, command, shown, takeOver }: Running,
): Promise<ExitCode> {
  const listener = deployProgress(context.output);
  const report = await interruptible(context, `${command} --yes`, async (signal) => {
    try {
      return await exclusively('deploy', { stacks, engines, takeOver }, async (exclusion) => {
        if (shown !== undefined) await refuseOtherPlan(stacks, engines, shown);
        return deployStacks({ stacks, engines, options: waves, replace, listener, exclusion, signal });
      });
    } finally {
      listener.end();
    }
  });
  return sayReport(context, report, { verb: 'deploy', resume: command });
}

/** What a person agreed to is what is done: others may have deployed while they read. */
async function refuseOtherPlan(stacks: readonly DeployStack[], engines: Engines, shown: readonly Seen[]): Promise<void> {
  const now = await seen(stacks, engines);
  const other = stacks.filter((_, at) => JSON.stringify(now[at]) !== JSON.stringify(shown[at]));
  if (other.length === 0) return;
  throw new Refusal(
    'CHANGED_MEANWHILE',
    `${other.map(({ path }) => path).join(', ')}: what stands has changed since the plan was shown; nothing was touched`,
    'run the same command: it shows what is to be done now',
  );
}

interface Seen {
  readonly preview: StackPreview;
  /** What it was compared with. @default - nothing stood */
  readonly stood?: Pick<StandingStack, 'status' | 'changed'>;
}

function seen(stacks: readonly DeployStack[], engines: Engines): Promise<Seen[]> {
  const outputs = new StackOutputs(engines);
  return askEach(stacks, engines, async (engine, stack) => {
    // Read before it is compared: what changes in between is seen later.
    const stands = await engine.read(stack);
    const preview = await engine.preview(stack, await outputs.known(stack));
    return stands === undefined ? { preview } : { preview, stood: { status: stands.status, changed: stands.changed } };
  });
}

interface Asking {
  readonly target: DeployTarget;
  readonly stacks: readonly DeployStack[];
  readonly engines: Engines;
  /** Holds what was emitted. */
  readonly folder: string;
}

/** Shows what would change, and asks whether a person agrees. Nothing to do is not asked about. */
async function asked(
  context: VerbContext,
  { target, stacks, engines, folder }: Asking,
): Promise<{ readonly shown: readonly Seen[] } | 'no' | 'nothing to do'> {
  const shown = await seen(stacks, engines);
  const changes = stacks.flatMap((stack, at) =>
    shown[at]!.preview.action === 'none' ? [] : [{ stack, preview: shown[at]!.preview }],
  );
  if (changes.length === 0) {
    sayNothingDone(context, { verb: 'deploy', outcome: 'unchanged', stacks });
    return 'nothing to do';
  }
  for (const { stack, preview } of changes) {
    const mark = preview.action === 'create' ? context.output.style('green', '+') : context.output.style('yellow', '~');
    context.output.say(`${mark} ${stack.path}  ${preview.action}: ${preview.because.join(', ')}`);
  }
  const unchanged = stacks.length - changes.length;
  if (unchanged > 0) context.output.say(`${unchanged} of ${stacks.length} stacks unchanged`);
  await sayDiff(
    context,
    target,
    changes.map(({ stack }) => stack),
    folder,
  );
  const where = [...target.regions, ...(target.links.length === 0 ? [] : ['their links'])].join(', ');
  if (await confirmed(`Deploy this to ${where}?`)) return { shown };
  sayNothingDone(context, { verb: 'deploy', outcome: 'declined', stacks });
  return 'no';
}

/** What the changes mean, in words: hosts first, user-data as text, routes. */
async function sayDiff(
  { output }: VerbContext,
  target: DeployTarget,
  stacks: readonly DeployStack[],
  folder: string,
): Promise<void> {
  const paths = new Set(stacks.map((stack) => stack.path));
  const after = assemblyStates(madeSource(folder)).filter(({ path }) => paths.has(path));
  const { states } = await deployedStates(target.stacks, after, (providers) => enginesFor(target.estate, providers));
  output.say('', ...diffLines(diffStates(states, after), { paint: output.style }));
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
  ].join(' ');
}
