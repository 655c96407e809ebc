import { askEach, standingStacks } from '../../deploy/ask';
import type { DriftedResource } from '../../deploy/engine';
import { enginesFor } from '../engines';
import type { Verb } from '../verb';
import { count, EXIT } from '../words/output';
import { deployTarget, touchedStacks, withManifests } from './deploy-target';

/** `meissa drift <region...>`: what of the standing stacks is not as they left it. */
export const drift: Verb = async (context, args) => {
  const target = deployTarget(context, args[0] as string[]);
  const planned = withManifests(target, touchedStacks(target));
  const engines = await enginesFor(target.estate, new Set(planned.map((stack) => stack.provider)));
  const stacks = (await standingStacks(planned, engines)).map(({ stack }) => stack);
  const drifts = await askEach(stacks, engines, (engine, stack) => engine.drift(stack));
  const drifted = stacks.flatMap((stack, at) => (drifts[at]!.length === 0 ? [] : [{ path: stack.path, resources: drifts[at]! }]));
  const resources = drifted.reduce((sum, stack) => sum + stack.resources.length, 0);
  if (context.json) context.output.json({ version: 1, drift: resources > 0, looked: stacks.length, stacks: drifted });
  else
    for (const stack of drifted) {
      context.output.print(stack.path);
      for (const resource of stack.resources) for (const line of words(resource)) context.output.print(`  ${line}`);
    }
  const looked = `${count(stacks.length, 'stack')} looked at`;
  context.output.say(resources === 0 ? `no drift: ${looked}` : `${count(resources, 'resource')} drifted: ${looked}`);
  return resources === 0 ? EXIT.ok : EXIT.changes;
};

function words({ logicalId, type, drift: how, differences }: DriftedResource): string[] {
  const values = differences.map(
    ({ property, expected, actual }) => `  ${property}: ${expected ?? 'nothing'} expected, ${actual ?? 'nothing'} there`,
  );
  return [`${logicalId} (${type}) ${how === 'deleted' ? 'is gone' : 'differs'}`, ...values];
}
