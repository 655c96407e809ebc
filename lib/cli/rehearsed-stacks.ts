/** Stacks as a rehearsal deploys them: their texts read once, so that the folder they were emitted into may go. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DeployStack } from '../deploy/engine';
import type { Estate } from '../estate/model/model';
import type { RehearsedStack } from '../rehearsal/stack';

/** @param estate says in which account each region stands */
export function rehearsedStacks(stacks: readonly DeployStack[], estate: Pick<Estate, 'regions'>): RehearsedStack[] {
  const accounts = new Map(
    estate.regions.map((region) => [region.name, region.provider === 'aws' ? region.aws.account : region.aliyun.account]),
  );
  return stacks.map((stack) => ({
    ...stack,
    body: readFileSync(stack.template, 'utf8'),
    account: accounts.get(stack.region)!,
    ...(stack.policy === undefined ? {} : { policyBody: readFileSync(stack.policy, 'utf8').trim() }),
    configurations: new Map(
      (stack.ros?.configurations ?? []).map(({ fleet, file }) => [
        fleet,
        readFileSync(join(dirname(stack.template), file), 'utf8'),
      ]),
    ),
  }));
}
