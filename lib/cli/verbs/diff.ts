import { differs, diffJson, diffLines, diffMarkdown, findingsSince, type StackState } from '../../review/diff';
import { enginesFor } from '../engines';
import { sayWarnings } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { columnsOf, count, EXIT } from '../words/output';
import { acceptedOf } from './deploy-losses';
import type { DeployTarget } from './deploy-target';
import { sidesOf } from './diff-base';
import { type DeployedStates, deployedStates, sayUnasked } from './diff-deployed';
import { diffOf, type EstateSides } from './diff-estate';
import { idcsOfBase, idcsOfFolder, idcsUnknown } from './diff-idcs';
import { ofRevision, revisionEstate, templateStates } from './diff-offline';
import { standingStacks } from './diff-rehearsal';
import { diffTarget, isSelected } from './diff-target';
import { undescribedIn, undescribedState } from './undescribed';

/**
 * `meissa diff [place...]`: what stands, or what another folder or revision would write, against what synth writes now. Changes
 * nothing anywhere.
 */
export const diff: Verb = async (context, args, options) => {
  await refuseTogether(context, options);
  const names = (args[0] as string[] | undefined) ?? [];
  const target = diffTarget(context, names, options.links as string[] | undefined);
  const compared = await sides(context, target, options, names.length === 0);
  const { unfinished, deployed } = compared;
  sayWarnings(compared.findings === undefined ? target.warnings : [], context);
  const estate = await diffOf(context, target, compared);
  if (context.json) context.output.json({ ...diffJson(estate), unfinished });
  else if (options.markdown === true) context.output.print(...markdownLines(diffMarkdown(estate)));
  else context.output.print(...diffLines(estate, textOptions(context, options)));
  sayMore(context, compared);
  if (typeof options.save === 'string') {
    const { savePlan } = await import('./saved-plan-file');
    await savePlan(context, options.save, target, deployed!, acceptedOf(options.accept));
  }
  return unfinished.length > 0 || differs(estate) ? EXIT.changes : EXIT.ok;
};

async function refuseTogether(context: VerbContext, { markdown, templates, base, save }: Record<string, unknown>): Promise<void> {
  if (markdown === true && context.json)
    throw new Refusal('TWO_FORMS', '--markdown and --json were both asked for', 'one of them');
  if (typeof templates === 'string' && typeof base === 'string')
    throw new Refusal('TWO_BASES', '--templates and --base both say what to compare with', 'one of them');
  if (save !== undefined && (templates !== undefined || base !== undefined))
    throw new Refusal(
      'SAVE_IS_LIVE',
      `--save writes down what stands in the clouds, and ${base === undefined ? '--templates' : '--base'} asks no cloud`,
      'leave it out: meissa diff --save compares with what stands',
    );
  if (typeof save === 'string') (await import('./saved-plan-file')).refuseSave(context, save);
}

function textOptions({ output }: VerbContext, { all }: Record<string, unknown>) {
  const columns = columnsOf('answers');
  return { paint: output.style, all: all === true, ...(columns === undefined ? {} : { columns }) };
}

interface Compared extends EstateSides {
  /** Stacks that a deploy of before left half-made. */
  readonly unfinished: DeployedStates['unfinished'];
  /** What was read from the engines. @default - none was asked */
  readonly deployed?: DeployedStates;
  /** Regions whose stacks the credentials may not list. @default - none */
  readonly unlisted?: readonly string[];
}

function sayMore({ output }: VerbContext, { unfinished, unlisted = [], findings, deployed }: Compared): void {
  for (const { path, status } of unfinished)
    output.say(`${path} is ${status}: compared with what was asked for last; the next deploy goes on with it`);
  for (const region of unlisted)
    output.say(`${region}: the credentials may not list its stacks, so those that are no longer described are not told`);
  if (deployed !== undefined) sayUnasked(output, deployed);
  if (findings !== undefined && findings.standing > 0)
    output.say(`${count(findings.standing, 'finding')} that ${findings.since} has too: meissa validate prints them`);
}

async function sides(
  context: VerbContext,
  target: DeployTarget,
  { templates, base, links: asked }: Record<string, unknown>,
  all: boolean,
): Promise<Compared> {
  // Links that are left out are not looked at.
  const looked = !(Array.isArray(asked) && asked.includes('none'));
  const selected = (states: readonly StackState[]) =>
    states.filter(({ path }) => isSelected(path, target, all) && (looked || !path.startsWith('links/')));
  const places = { ...target, all };
  if (typeof base === 'string') {
    const past = await ofRevision(base, () => revisionEstate(context, base, target));
    const { before, after, ...more } = await sidesOf(past.estate, target, { revision: base, all, links: looked });
    const idcs = await idcsOfBase(past.estate, base, places);
    const findings = findingsSince(base, past.warnings, target.warnings);
    return { before: selected(before), after, ...more, idcs, unfinished: [], findings };
  }
  const folder = typeof templates === 'string' ? templates : undefined;
  const idcs = folder === undefined ? idcsUnknown(context, places) : await idcsOfFolder(context, folder, places);
  if (!all && target.regions.length + target.links.length === 0) return { before: [], after: [], idcs, unfinished: [] };
  const { synthesized } = await import('./diff-states');
  const { states: after, stacks: proposed } = synthesized(target);
  const rehearsedFrom = (states: readonly StackState[]) => ({ before: standingStacks(states, proposed), after: proposed });
  if (folder !== undefined) {
    const before = selected(templateStates(folder));
    return { before, after, rehearsed: rehearsedFrom(before), idcs, unfinished: [] };
  }
  const deployed = await deployedStates(target.stacks, after, (providers) => enginesFor(target.estate, providers));
  const { stacks, unlisted } = await undescribedIn(target, target.regions);
  const before = [...deployed.states, ...stacks.map(undescribedState)];
  const rehearsed = rehearsedFrom(deployed.states);
  return { before, after, rehearsed, idcs, unfinished: deployed.unfinished, deployed, unlisted };
}

/** The page's line breaks are ours: its encoder leaves none in a value. */
function markdownLines(page: string): string[] {
  return page.trimEnd().split('\n');
}
