/** `meissa rehearse`: the deploy in virtual time, from what stands to what is described. Touches nothing. */
import { neededOutside } from '../../deploy/order';
import { planWords } from '../../review/plan-words';
import { sayWarnings } from '../loading';
import { Refusal, type Verb } from '../verb';
import { EXIT } from '../words/output';
import { rehearsalJson } from '../words/rehearsal-json';
import { rehearsalLines } from '../words/rehearsal-lines';
import { placeOf } from './deploy-target';
import type { RehearsedSides } from './diff-rehearsal';
import { diffTarget } from './diff-target';
import { timelineWith } from './ledger';
import { faultsOf, plant, unstruck } from './rehearse-faults';
import { knownFrom } from './rehearse-from';

export const rehearseVirtual: Verb = async (context, args, options) => {
  const { output } = context;
  const names = [...new Set((args[0] as string[] | undefined) ?? [])];
  const faults = faultsOf(options);
  const target = diffTarget(context, names);
  sayWarnings(target.warnings, context);
  const from = typeof options.from === 'string' ? options.from : undefined;
  const known = await knownFrom(context, target, from);
  const { sides } = known;
  refuseMissing(sides, target, names);
  if (from === undefined)
    for (const region of target.plan.regions.filter(({ name }) => names.includes(name)))
      output.say(...planWords(region, { hosts: true }), '');
  const { rehearseDeploy } = await import('../../rehearsal/rehearse');
  const planted = plant(faults, sides.after);
  const rehearsal = await rehearseDeploy({ ...sides, ...planted.input });
  const { losses } = await timelineWith(rehearsal, known);
  if (context.json) output.json(rehearsalJson(rehearsal, losses));
  else output.print(...rehearsalLines(rehearsal, { from, style: output.style, steps: planted.steps(), losses }));
  for (const line of unstruck(faults, rehearsal, planted.steps())) output.say(line);
  if (losses.some(({ severity }) => severity === 'error')) return EXIT.failed;
  if (rehearsal.stacks.some(({ outcome }) => outcome === 'failed' || outcome === 'skipped')) return EXIT.failed;
  return rehearsal.stacks.some(({ outcome }) => outcome !== 'unchanged') ? EXIT.changes : EXIT.ok;
};

/** What is needed of other places must stand, as a deploy asks it. */
function refuseMissing(
  { before, after }: RehearsedSides,
  { plan }: Pick<ReturnType<typeof diffTarget>, 'plan'>,
  names: readonly string[],
): void {
  const stands = new Set(before.map(({ path }) => path));
  for (const [path, by] of neededOutside(after)) {
    if (stands.has(path)) continue;
    const { region } = placeOf(plan, path);
    throw new Refusal(
      'NEEDED_FIRST',
      `${by} needs ${path}, which does not stand`,
      `meissa rehearse ${[region, ...names].join(' ')}, or --from what has it`,
    );
  }
}
