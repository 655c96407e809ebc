import { styleText } from 'node:util';
import { diffJson, diffMarkdown, diffStates, diffText, type Paint, type StackState } from '../review/diff';
import { deployTarget, enginesFor, withManifests } from './deploy-target';
import { revisionStates, templateStates } from './diff-offline';
import { type DiffTarget, diffTarget, isSelected, synthesizedStates } from './diff-target';
import { liveStates } from './live-states';
import { sayWarnings } from './loading';
import { EXIT, wantsColor } from './output';
import { Refusal, type Verb } from './verb';

/**
 * `meissa diff [region...]`: what stands, or what another folder or revision would write, against what synth writes now. Changes
 * nothing anywhere.
 */
export const diff: Verb = async (context, args, options) => {
  if (options.markdown === true && context.json) {
    throw new Refusal('TWO_FORMS', '--markdown and --json were both asked for', 'one of them');
  }
  const target = diffTarget(context, (args[0] as string[] | undefined) ?? [], options.links as string[] | undefined);
  sayWarnings(target.warnings, context);
  const after = synthesizedStates(target.estate, target);
  const before = (await beforeStates(context, target, options)).filter(({ path }) => isSelected(path, target));
  const diffs = diffStates(before, after);
  if (context.json) context.output.json(diffJson(diffs));
  else if (options.markdown === true) context.output.data(diffMarkdown(diffs));
  else context.output.data(diffText(diffs, paint()));
  return diffs.some(({ change }) => change.kind !== 'same') ? EXIT.changes : EXIT.ok;
};

function beforeStates(
  context: Parameters<Verb>[0],
  target: DiffTarget,
  { templates, base }: Record<string, unknown>,
): StackState[] | Promise<StackState[]> {
  if (typeof templates === 'string' && typeof base === 'string') {
    throw new Refusal('TWO_BASES', '--templates and --base both say what to compare with', 'one of them');
  }
  if (typeof templates === 'string') return templateStates(templates);
  if (typeof base === 'string') return revisionStates(context, base, target);
  return standing(context, target);
}

/** What stands, as the engines of the clouds tell it. */
async function standing(context: Parameters<Verb>[0], { regions, links }: DiffTarget): Promise<StackState[]> {
  const deployed = deployTarget(context, regions, links.length === 0 ? ['none'] : links);
  const stacks = withManifests(deployed, deployed.stacks);
  return liveStates(stacks, await enginesFor(deployed.estate, new Set(stacks.map((stack) => stack.provider))));
}

/** The diff goes to stdout: its colours are for who reads that. */
function paint(): Paint {
  if (!wantsColor(process.env, process.stdout)) return (_style, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
