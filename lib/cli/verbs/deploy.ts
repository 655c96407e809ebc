import { askEach } from '../../deploy/ask';
import { refuseMissing } from '../../deploy/deploy';
import type { DeployStack, Engines, StackPreview, StandingStack } from '../../deploy/engine';
import { StackOutputs } from '../../deploy/outputs';
import { diffLines } from '../../review/diff';
import { confirmed, mustBeAble } from '../confirm';
import { enginesFor } from '../engines';
import { sayWarnings } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { sayLeft, sayNothingDone } from '../words/deploy-words';
import { columnsOf, EXIT, type ExitCode } from '../words/output';
import { refuseUnpushed } from './deploy-artifacts';
import { boundBy, type Deployed, deployDiff, readableDiff } from './deploy-diff';
import { withEmission } from './deploy-emission';
import { refuseReplacements } from './deploy-replace';
import { commandOf, runDeploy } from './deploy-run';
import { deployTarget, placeOf, providersOf, waveOptions } from './deploy-target';

/** `meissa deploy <region...>`: shows what would change and asks, then deploys in waves. */
export const deploy: Verb = async (context, args, options) => {
  const names = args[0] as string[];
  const file = names.find((name) => name.endsWith('.json'));
  if (file !== undefined) {
    const { deploySaved } = await import('./deploy-saved');
    return deploySaved(context, file, names, options);
  }
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
    await refuseUnpushed(context, target, engines);
    sayLeft(context, target);
    const running = { waves, replace, command, takeOver: options.takeOver };
    const deployed = { target, stacks, engines, folder, replace };
    if (yes) {
      boundBy(await readableDiff(context, deployed), options.accept);
      return runDeploy(context, stacks, engines, running);
    }
    const answer = await asked(context, { ...deployed, accept: options.accept });
    if (answer === 'no') return EXIT.failed;
    if (answer === 'nothing to do') return EXIT.ok;
    const check = () => refuseOtherPlan(stacks, engines, answer.shown);
    return runDeploy(context, stacks, engines, { ...running, check });
  };
  return withEmission(target, work, (found) => sayWarnings(found, context));
};

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

interface Asking extends Deployed {
  /** `--accept` */
  readonly accept: unknown;
}

/** Shows what would change, and asks whether a person agrees. Nothing to do is not asked about. */
async function asked(
  context: VerbContext,
  { accept, ...deployed }: Asking,
): Promise<{ readonly shown: readonly Seen[] } | 'no' | 'nothing to do'> {
  const { target, stacks, engines } = deployed;
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
  const columns = columnsOf('talk');
  const { output } = context;
  const diff = await deployDiff(context, deployed);
  output.say('', ...diffLines(diff, { paint: output.style, ...(columns === undefined ? {} : { columns }) }));
  boundBy(diff, accept);
  const where = [...target.regions, ...(target.links.length === 0 ? [] : ['their links'])].join(', ');
  if (await confirmed(`Deploy this to ${where}?`)) return { shown };
  sayNothingDone(context, { verb: 'deploy', outcome: 'declined', stacks });
  return 'no';
}
