import { diffJson, diffLines, diffMarkdown, diffStates, type StackState } from '../../review/diff';
import { enginesFor } from '../engines';
import { sayWarnings } from '../loading';
import { Refusal, type Verb, type VerbContext } from '../verb';
import { EXIT } from '../words/output';
import type { DeployTarget } from './deploy-target';
import { type Sides, sidesOf } from './diff-base';
import { type DeployedStates, deployedStates } from './diff-deployed';
import { ofRevision, revisionEstate, templateStates } from './diff-offline';
import { diffTarget, isSelected } from './diff-target';

/**
 * `meissa diff [region...]`: what stands, or what another folder or revision would write, against what synth writes now. Changes
 * nothing anywhere.
 */
export const diff: Verb = async (context, args, options) => {
  if (options.markdown === true && context.json) {
    throw new Refusal('TWO_FORMS', '--markdown and --json were both asked for', 'one of them');
  }
  const names = (args[0] as string[] | undefined) ?? [];
  const target = diffTarget(context, names, options.links as string[] | undefined);
  sayWarnings(target.warnings, context);
  const { before, after, unfinished } = await sides(context, target, { ...options, all: names.length === 0 });
  const diffs = diffStates(before, after);
  if (context.json) context.output.json({ ...diffJson(diffs), unfinished });
  else if (options.markdown === true) context.output.print(...markdownLines(diffMarkdown(diffs)));
  else context.output.print(...diffLines(diffs, { paint: context.output.style }));
  for (const { path, status } of unfinished) {
    context.output.say(`${path} is ${status}: compared with what was asked for last; the next deploy goes on with it`);
  }
  return unfinished.length > 0 || diffs.some(({ change }) => change.kind !== 'same') ? EXIT.changes : EXIT.ok;
};

interface Compared extends Sides {
  /** Stacks that a deploy of before left half-made. */
  readonly unfinished: DeployedStates['unfinished'];
}

async function sides(
  context: VerbContext,
  target: DeployTarget,
  { templates, base, all }: Record<string, unknown>,
): Promise<Compared> {
  if (typeof templates === 'string' && typeof base === 'string') {
    throw new Refusal('TWO_BASES', '--templates and --base both say what to compare with', 'one of them');
  }
  // Of the whole estate a region that is no longer described goes.
  const selected = (states: readonly StackState[]) =>
    all === true ? states : states.filter(({ path }) => isSelected(path, target));
  if (typeof base === 'string') {
    const past = await ofRevision(base, () => revisionEstate(context, base, target.estate));
    const { before, after } = await sidesOf(past, target, { revision: base, all: all === true });
    return { before: selected(before), after, unfinished: [] };
  }
  const { synthesizedStates } = await import('./diff-states');
  const links = target.links.map(({ path }) => path);
  const after = synthesizedStates(target.estate, target.regions, links);
  if (typeof templates === 'string') return { before: selected(templateStates(templates)), after, unfinished: [] };
  const { states, unfinished } = await deployedStates(target.stacks, after, (providers) => enginesFor(target.estate, providers));
  return { before: states, after, unfinished };
}

/** The page's line breaks are ours: its encoder leaves none in a value. */
function markdownLines(page: string): string[] {
  return page.trimEnd().split('\n');
}
