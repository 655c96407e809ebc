/** `meissa deploy plan.json`: exactly what was shown when the plan was saved, or nothing. */
import { refuseMissing } from '../../deploy/deploy';
import type { Engines } from '../../deploy/engine';
import { madeSource } from '../../estate/files/disk-source';
import { assemblyStates } from '../../review/diff/read/assemblies';
import { enginesFor } from '../engines';
import { sayWarnings } from '../loading';
import { Refusal, type VerbContext } from '../verb';
import { sayLeft } from '../words/deploy-words';
import type { ExitCode } from '../words/output';
import { refuseUnpushed } from './deploy-artifacts';
import { boundBy, deployDiff } from './deploy-diff';
import { withEmission } from './deploy-emission';
import { commandOf, runDeploy } from './deploy-run';
import { deployTarget, placeOf, providersOf, waveOptions } from './deploy-target';
import { deployedStates } from './diff-deployed';
import { planChanges, type SavedPlan, savedPlan } from './saved-plan';
import { meissaVersion, readPlan } from './saved-plan-file';

export async function deploySaved(
  context: VerbContext,
  file: string,
  names: readonly string[],
  options: Record<string, unknown>,
): Promise<ExitCode> {
  const waves = waveOptions(options);
  if (names.length > 1 || options.links !== undefined || options.replace !== undefined)
    throw new Refusal(
      'PLAN_ALONE',
      `${file} says itself which regions and links are deployed, and nothing beside them was shown`,
      `meissa deploy ${file}`,
    );
  const saved = readPlan(file);
  const links = saved.links.length === 0 ? ['none'] : saved.links;
  const target = deployTarget(context, saved.regions, links);
  sayWarnings(target.warnings, context);
  // Whoever goes on after an interruption is shown what is left: the plan is of what stood before.
  const command = commandOf(saved.regions, { ...options, links });
  return withEmission(
    target,
    async (stacks, folder) => {
      const engines = await enginesFor(target.estate, providersOf(target.plan, stacks));
      const after = assemblyStates(madeSource(folder));
      const check = async (by: Engines): Promise<void> => {
        const deployed = await deployedStates(target.stacks, after, async () => by);
        refuseChanged(file, saved, savedPlan(target, deployed, { meissa: meissaVersion(), accepted: saved.accepted }));
      };
      await check(engines);
      await refuseMissing(stacks, engines, (path) => placeOf(target.plan, path));
      await refuseUnpushed(context, target, engines);
      sayLeft(context, target);
      boundBy(await deployDiff(context, { target, stacks, engines, folder, replace: [] }), saved.accepted);
      return runDeploy(context, stacks, engines, { waves, replace: [], command, check, takeOver: options.takeOver });
    },
    (found) => sayWarnings(found, context),
  );
}

function refuseChanged(file: string, saved: SavedPlan, now: SavedPlan): void {
  const changes = planChanges(saved, now);
  if (changes.length === 0) return;
  throw new Refusal(
    'PLAN_CHANGED',
    `${changes.join('; ')}: other than when ${file} was saved; nothing was touched`,
    `look at it again: meissa diff ${saved.regions.join(' ')} --save ${file}`,
  );
}
