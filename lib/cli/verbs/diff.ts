import {
  differs,
  diffJson,
  diffLines,
  diffMarkdown,
  diffStates,
  type EstateDiff,
  placesThatChange,
  type StackState,
} from '../../review/diff';
import { enginesFor } from '../engines';
import { sayWarnings } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { EXIT } from '../words/output';
import type { DeployTarget } from './deploy-target';
import { type Sides, sidesOf } from './diff-base';
import { type DeployedStates, deployedStates } from './diff-deployed';
import { type IdcSides, idcsOfBase, idcsOfFolder, idcsUnknown } from './diff-idcs';
import { ofRevision, revisionEstate, templateStates } from './diff-offline';
import { diffTarget, isSelected } from './diff-target';

/**
 * `meissa diff [place...]`: what stands, or what another folder or revision would write, against what synth writes now. Changes
 * nothing anywhere.
 */
export const diff: Verb = async (context, args, options) => {
  if (options.markdown === true && context.json) {
    throw new Refusal('TWO_FORMS', '--markdown and --json were both asked for', 'one of them');
  }
  const names = (args[0] as string[] | undefined) ?? [];
  const target = diffTarget(context, names, options.links as string[] | undefined);
  sayWarnings(target.warnings, context);
  const { before, after, idcs, unfinished } = await sides(context, target, { ...options, all: names.length === 0 });
  const diffs: EstateDiff = { stacks: diffStates(before, after), ...placesThatChange(idcs.before, idcs.after) };
  if (context.json) context.output.json({ ...diffJson(diffs), unfinished });
  else if (options.markdown === true) context.output.print(...markdownLines(diffMarkdown(diffs)));
  else context.output.print(...diffLines(diffs, context.output.style));
  for (const { path, status } of unfinished) {
    context.output.say(`${path} is ${status}: compared with what was asked for last; the next deploy goes on with it`);
  }
  return unfinished.length > 0 || differs(diffs) ? EXIT.changes : EXIT.ok;
};

interface Compared extends Sides {
  readonly idcs: IdcSides;
  /** Stacks that a deploy of before left half-made. */
  readonly unfinished: DeployedStates['unfinished'];
}

async function sides(
  context: VerbContext,
  target: DeployTarget,
  { templates, base, all, links: asked }: Record<string, unknown>,
): Promise<Compared> {
  if (typeof templates === 'string' && typeof base === 'string') {
    throw new Refusal('TWO_BASES', '--templates and --base both say what to compare with', 'one of them');
  }
  const looked = !(Array.isArray(asked) && asked.includes('none'));
  // Of the whole estate a region that is no longer described goes; links that are left out are not looked at.
  const selected = (states: readonly StackState[]) =>
    states.filter(({ path }) => (all === true || isSelected(path, target)) && (looked || !path.startsWith('links/')));
  const places = { ...target, all: all === true };
  if (typeof base === 'string') {
    const past = await ofRevision(base, () => revisionEstate(context, base, target.estate));
    const { before, after } = await sidesOf(past, target, { revision: base, all: all === true, links: looked });
    return { before: selected(before), after, idcs: await idcsOfBase(past, base, places), unfinished: [] };
  }
  const folder = typeof templates === 'string' ? templates : undefined;
  const idcs = folder === undefined ? idcsUnknown(context, places) : await idcsOfFolder(context, folder, places);
  const links = target.links.map(({ path }) => path);
  if (all !== true && target.regions.length + links.length === 0) return { before: [], after: [], idcs, unfinished: [] };
  const { synthesizedStates } = await import('./diff-states');
  const after = synthesizedStates(target.estate, target.regions, links);
  if (folder !== undefined) return { before: selected(templateStates(folder)), after, idcs, unfinished: [] };
  const { states, unfinished } = await deployedStates(target.stacks, after, (providers) => enginesFor(target.estate, providers));
  return { before: states, after, idcs, unfinished };
}

/** The page's line breaks are ours: its encoder leaves none in a value. */
function markdownLines(page: string): string[] {
  return page.trimEnd().split('\n');
}
