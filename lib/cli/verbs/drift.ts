import { enginesFor } from '../engines';
import type { Verb } from '../verb';
import { driftLines } from '../words/drift-words';
import { count, EXIT } from '../words/output';
import { deployTarget, touchedStacks, withManifests } from './deploy-target';
import { lookAt } from './looked-at';

/** `meissa drift <region...>`: what of the standing stacks is not as they left it, what that means, and what to do. */
export const drift: Verb = async (context, args) => {
  const target = deployTarget(context, args[0] as string[]);
  const planned = withManifests(target, touchedStacks(target));
  const engines = await enginesFor(target.estate, new Set(planned.map((stack) => stack.provider)));
  const looked = await lookAt(planned, engines);
  const drifted = looked.filter(({ words }) => words.length > 0);
  const resources = drifted.reduce((sum, { words }) => sum + words.length, 0);
  if (context.json)
    context.output.json({
      version: 1,
      drift: resources > 0,
      looked: looked.length,
      stacks: drifted.map(({ stack, words }) => ({ path: stack.path, resources: words })),
    });
  else
    for (const { stack, words } of drifted) {
      context.output.print(stack.path);
      for (const resource of words) for (const line of driftLines(resource)) context.output.print(`  ${line}`);
    }
  const stacks = `${count(looked.length, 'stack')} looked at`;
  context.output.say(resources === 0 ? `no drift: ${stacks}` : `${count(resources, 'resource')} drifted: ${stacks}`);
  return resources === 0 ? EXIT.ok : EXIT.changes;
};
