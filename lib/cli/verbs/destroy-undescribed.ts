/** `meissa destroy --undescribed [region...]`: takes down what stands and is no longer described. */
import { type KeptResource, keptResources } from '../../deploy/destroy';
import { readsOf, type UndescribedStack } from '../../deploy/undescribed';
import { diffLines, diffStacks } from '../../review/diff';
import { confirmed, mustBeAble, typed } from '../confirm';
import { enginesFor } from '../engines';
import { Refusal, type VerbContext } from '../verb';
import { sayNothingDone } from '../words/deploy-words';
import { columnsOf, count, EXIT, type ExitCode } from '../words/output';
import { commandOf } from './deploy-run';
import { deployTarget, waveOptions } from './deploy-target';
import { refuseData, runDestroy, sayKept } from './destroy-run';
import { undescribedIn, undescribedState } from './undescribed';

export async function destroyUndescribed(
  context: VerbContext,
  names: readonly string[],
  options: Record<string, unknown>,
): Promise<ExitCode> {
  // A number that is none is refused before anything is asked.
  waveOptions(options);
  const yes = options.yes === true;
  const command = commandOf(names, options, 'destroy');
  if (options.links !== undefined)
    throw new Refusal(
      'UNDESCRIBED_LINKS',
      '--links names links that are described',
      'leave --links out: undescribed links are found in their regions',
    );
  mustBeAble('meissa destroy', yes, command);
  const target = deployTarget(context, 'all');
  const regions = names.length === 0 ? target.regions : [...new Set(names)];
  const { stacks: found, unlisted } = await undescribedIn(target, regions);
  if (unlisted.length > 0)
    throw new Refusal(
      'STACKS_UNLISTED',
      `the credentials may not list the stacks of ${unlisted.join(', ')}: what is no longer described there is not known`,
      'use credentials that may cloudformation:ListStacks, or name other regions',
    );
  if (found.length === 0) {
    sayNothingDone(context, { verb: 'destroy', outcome: 'unchanged', stacks: [], kept: [] });
    return EXIT.ok;
  }
  const holding = found.filter(({ standing }) => standing.deletionProtection).map(({ place }) => place);
  if (options.includingData !== true)
    refuseData(
      holding.map(({ path }) => path),
      command,
    );
  const reads = readsOf(found);
  const stacks = found.map(({ place }) => ({ ...place, dependsOn: reads.get(place.path)!, exclusive: [] }));
  const engines = await enginesFor(target.estate, new Set(stacks.map(({ provider }) => provider)));
  const kept = await keptResources(stacks, engines);
  say(context, found, kept);
  if (!yes && !(await agreed(found.length, new Set(holding.map(({ region }) => region))))) {
    sayNothingDone(context, { verb: 'destroy', outcome: 'declined', stacks, kept });
    return EXIT.failed;
  }
  return runDestroy(context, { stacks, engines, kept, command, options });
}

/** What goes: hosts, data, routes; and what the engines keep. */
function say({ output }: VerbContext, found: readonly UndescribedStack[], kept: readonly KeptResource[]): void {
  const gone = found.map((stack) => diffStacks(undescribedState(stack), undefined));
  const columns = columnsOf('talk');
  output.say(...diffLines(gone, { paint: output.style, ...(columns === undefined ? {} : { columns }) }));
  sayKept({ output }, kept);
}

/** @param holding regions where data would go */
async function agreed(stacks: number, holding: ReadonlySet<string>): Promise<boolean> {
  for (const name of holding)
    if (!(await typed(`What is no longer described in ${name} holds data. Type its name to take it down: `, name))) return false;
  return holding.size > 0 || confirmed(`Take down ${count(stacks, 'stack')} that nothing describes any more?`);
}
