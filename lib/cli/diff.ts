import { styleText } from 'node:util';
import { diffJson, diffMarkdown, diffStates, diffText, type Paint, type StackState } from '../review/diff';
import { type DeployTarget, enginesFor } from './deploy-target';
import { type DeployedStates, deployedStates } from './diff-deployed';
import { revisionStates, templateStates } from './diff-offline';
import { diffTarget, isSelected, synthesizedStates } from './diff-target';
import { sayWarnings } from './loading';
import { EXIT, wantsColor } from './output';
import { Refusal, type Verb, type VerbContext } from './verb';

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
  const links = target.links.map(({ path }) => path);
  const after = synthesizedStates(target.estate, target.regions, links);
  const { states: before, unfinished } = await beforeStates(context, target, after, { ...options, all: names.length === 0 });
  const diffs = diffStates(before, after);
  if (context.json) context.output.json({ ...diffJson(diffs), unfinished });
  else if (options.markdown === true) context.output.data(diffMarkdown(diffs));
  else context.output.data(diffText(diffs, paint()));
  for (const { path, status } of unfinished) {
    context.output.say(`${path} is ${status}: compared with what was asked for last; the next deploy goes on with it`);
  }
  return unfinished.length > 0 || diffs.some(({ change }) => change.kind !== 'same') ? EXIT.changes : EXIT.ok;
};

async function beforeStates(
  context: VerbContext,
  target: DeployTarget,
  after: readonly StackState[],
  { templates, base, all }: Record<string, unknown>,
): Promise<DeployedStates> {
  if (typeof templates === 'string' && typeof base === 'string') {
    throw new Refusal('TWO_BASES', '--templates and --base both say what to compare with', 'one of them');
  }
  const offline =
    typeof templates === 'string'
      ? templateStates(templates)
      : typeof base === 'string'
        ? revisionStates(context, base, all === true ? undefined : target.regions)
        : undefined;
  if (offline === undefined) {
    return deployedStates(target.stacks, after, (providers) => enginesFor(target.estate, providers));
  }
  // Of the whole estate a region that is no longer described goes.
  return { states: all === true ? offline : offline.filter(({ path }) => isSelected(path, target)), unfinished: [] };
}

/** The diff goes to stdout: its colours are for who reads that. */
function paint(): Paint {
  if (!wantsColor(process.env, process.stdout)) return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
