import { enginesFor } from '../engines';
import type { Verb } from '../verb';
import { driftLines } from '../words/drift-words';
import { count, EXIT } from '../words/output';
import { deployTarget, touchedStacks, withManifests } from './deploy-target';
import { lookAt } from './looked-at';
import { unlikeIn } from './unlike-hosts';

/** `meissa drift <region...>`: what of the standing stacks is not as they left it, and which hosts of a fleet are not alike; what that means, and what to do. */
export const drift: Verb = async (context, args) => {
  const target = deployTarget(context, args[0] as string[]);
  const planned = withManifests(target, touchedStacks(target));
  const engines = await enginesFor(target.estate, new Set(planned.map((stack) => stack.provider)));
  const [looked, unlike] = await Promise.all([lookAt(planned, engines), unlikeIn(target.plan, target.regions)]);
  const drifted = looked.filter(({ words }) => words.length > 0);
  const resources = drifted.reduce((sum, { words }) => sum + words.length, 0);
  const hosts = unlike.filter((region) => region.hosts.length > 0);
  if (context.json)
    context.output.json({
      version: 1,
      drift: resources > 0 || hosts.length > 0,
      looked: looked.length,
      stacks: drifted.map(({ stack, words }) => ({ path: stack.path, resources: words })),
      hosts: hosts.flatMap(({ region, hosts: each }) => each.map((one) => ({ region, ...one }))),
    });
  else {
    for (const { stack, words } of drifted) {
      context.output.print(stack.path);
      for (const resource of words) for (const line of driftLines(resource)) context.output.print(`  ${line}`);
    }
    for (const { region, hosts: each } of hosts) {
      context.output.print(`${region}: hosts`);
      for (const one of each) for (const line of driftLines({ ...one, differences: [] })) context.output.print(`  ${line}`);
    }
  }
  for (const { region, unread } of unlike)
    if (unread !== undefined) context.output.say(`${region}: nobody knows whether its hosts are alike: ${unread}`);
  const stacks = `${count(looked.length, 'stack')} looked at`;
  const differ = hosts.length === 0 ? '' : '; hosts of a fleet are not alike';
  const none = resources === 0 && differ === '';
  context.output.say(none ? `no drift: ${stacks}` : `${count(resources, 'resource')} drifted: ${stacks}${differ}`);
  return none ? EXIT.ok : EXIT.changes;
};
