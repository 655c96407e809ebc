import { standingStacks } from '../../deploy/ask';
import { type KeptResource, keptResources } from '../../deploy/destroy';
import type { Engines, StandingStack } from '../../deploy/engine';
import { confirmed, mustBeAble, typed } from '../confirm';
import { enginesFor } from '../engines';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { sayNothingDone } from '../words/deploy-words';
import { count, EXIT } from '../words/output';
import { commandOf } from './deploy-run';
import { type DeployTarget, deployTarget, linkStacks, type PlannedStack, waveOptions, withManifests } from './deploy-target';
import { refuseData, runDestroy, sayKept } from './destroy-run';

type Standing = { stack: PlannedStack; standing: StandingStack };

/** `meissa destroy <region...>`: links first, then stacks in reverse order. Nothing is touched before everything was checked. */
export const destroy: Verb = async (context, args, options) => {
  const names = args[0] as string[];
  if (options.undescribed === true) {
    const { destroyUndescribed } = await import('./destroy-undescribed');
    return destroyUndescribed(context, names, options);
  }
  // A number that is none is refused before anything is asked.
  waveOptions(options);
  const target = destroyTarget(context, names, options.links as string[] | undefined);
  const including = options.includingData === true;
  const yes = options.yes === true;
  const command = commandOf(names, options, 'destroy');
  mustBeAble('meissa destroy', yes, command);
  const engines = await enginesFor(target.estate, new Set(target.stacks.map((stack) => stack.provider)));
  await refuseStandingLinks(target, engines);
  const standing = await standingStacks(withManifests(target, target.stacks), engines);
  if (!including) refuseData(holding(standing), command);
  if (standing.length === 0) {
    sayNothingDone(context, { verb: 'destroy', outcome: 'unchanged', stacks: [], kept: [] });
    return EXIT.ok;
  }
  const stacks = standing.map(({ stack }) => stack);
  const kept = await keptResources(stacks, engines);
  say(context, stacks, kept);
  if (!yes && !(await agreed(target, stacks))) {
    sayNothingDone(context, { verb: 'destroy', outcome: 'declined', stacks, kept });
    return EXIT.failed;
  }
  return runDestroy(context, { stacks, engines, kept, command, options });
};

/** Whoever mistypes what goes is told no other name: the nearest one would be taken down instead. */
function destroyTarget(context: VerbContext, names: readonly string[], links?: readonly string[]): DeployTarget {
  try {
    return deployTarget(context, names, links);
  } catch (error) {
    if (!(error instanceof Refusal) || !/^(REGION|LINK)_UNKNOWN$/.test(error.code)) throw error;
    throw new Refusal(
      error.code,
      `${error.message}; nothing was touched`,
      'the exact name; what stood and is no longer described goes with: meissa destroy --undescribed <region>',
    );
  }
}

/** A link's routes stand in both of its regions, and its stacks read what the region's stacks give. */
async function refuseStandingLinks({ left }: DeployTarget, engines: Engines): Promise<void> {
  const standing = await standingStacks(
    left.flatMap((link) => linkStacks(link)),
    engines,
  );
  const paths = [...new Set(standing.map(({ stack }) => stack.path.split('/')[1]!))];
  if (paths.length === 0) return;
  throw new Refusal(
    'LINKS_STAND',
    `${count(paths.length, 'link')} that joins other regions still stands: ${paths.join(', ')}`,
    `take them down too, at both ends: --links ${paths.join(' ')}`,
  );
}

/** Paths of those that hold data. */
function holding(standing: readonly Standing[]): string[] {
  return standing.filter(({ stack, standing: now }) => stack.holdsData || now.deletionProtection).map(({ stack }) => stack.path);
}

function say({ output }: VerbContext, stacks: readonly PlannedStack[], kept: readonly KeptResource[]): void {
  for (const stack of [...stacks].reverse()) output.say(`${output.style('red', '-')} ${stack.path}`);
  sayKept({ output }, kept);
}

async function agreed({ regions }: DeployTarget, stacks: readonly PlannedStack[]): Promise<boolean> {
  const holding = regions.filter((name) => stacks.some((stack) => stack.holdsData && stack.region === name));
  for (const name of holding) if (!(await typed(`${name} holds data. Type its name to take it down: `, name))) return false;
  return holding.length > 0 || confirmed(`Take down ${count(stacks.length, 'stack')}?`);
}
