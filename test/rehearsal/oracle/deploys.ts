/** A change deployed with a fault, watched, and run again until it is done. */
import { deployStacks } from '../../../lib/deploy/deploy';
import type { DeployingEngine, EngineStack } from '../../../lib/deploy/engine';
import type { VirtualCloud } from '../../../lib/embedded-cloud/virtual';
import { VirtualMembers } from '../../../lib/rehearsal/aliyun-members';
import { type Rehearsal, rehearseDeploy } from '../../../lib/rehearsal/rehearse';
import type { RehearsedStack } from '../../../lib/rehearsal/stack';
import { VirtualEngine } from '../../../lib/rehearsal/virtual-engine';
import type { Planted } from './faults';
import { type Observed, type Ways, waysOf } from './harm';

export interface Watched extends Observed {
  readonly rehearsal: Rehearsal;
  readonly cloud: VirtualCloud;
}

/** How often somebody looks, virtual milliseconds, and for how long. */
const LOOK = 2000;
const LOOKS = 12 * 3600 * 500;

export async function watch(
  before: readonly RehearsedStack[],
  after: readonly RehearsedStack[],
  { prepare, killAt, onStart }: Pick<Planted, 'prepare' | 'killAt' | 'onStart'> = {},
): Promise<Watched> {
  let cloud: VirtualCloud | undefined;
  const ways: Ways[] = [];
  const rehearsal = await rehearseDeploy({
    before,
    after,
    ...(killAt === undefined ? {} : { killAt }),
    ...(onStart === undefined ? {} : { onStart }),
    prepare: (given) => {
      cloud = given;
      prepare?.(given);
      const look = () => {
        ways.push(waysOf(given.world));
        if (ways.length < LOOKS) given.clock.after(LOOK, look);
      };
      look();
    },
  });
  // What goes on later changes the world that the rehearsal tells of.
  return {
    rehearsal,
    cloud: cloud!,
    before: rehearsal.before,
    after: structuredClone(rehearsal.after),
    hosts: rehearsal.hosts,
    ways,
  };
}

/** The same command once more: outcomes by path. Whatever was wrong is over. */
export async function again({ cloud }: Watched, after: readonly RehearsedStack[]): Promise<ReadonlyMap<string, string>> {
  cloud.faults.clear();
  const accountOf = ({ path }: EngineStack) => after.find((stack) => stack.path === path)!.account;
  const engines = new Map<RehearsedStack['provider'], DeployingEngine>([
    ['aws', new VirtualEngine('aws', cloud, cloud.engine, accountOf)],
    ['aliyun', new VirtualEngine('aliyun', cloud, cloud.ros, accountOf, new VirtualMembers(cloud))],
  ]);
  const outcomes = new Map<string, string>();
  await cloud.clock.run(
    deployStacks({
      stacks: after,
      engines,
      options: { concurrency: 4, regionsAtOnce: 1, failureTolerance: 0 },
      replace: [],
      listener: {
        started: () => undefined,
        progress: () => undefined,
        finished: ({ path }, { outcome, error }) =>
          outcomes.set(path, error === undefined ? outcome : `${outcome}: ${error.message}`),
      },
    }),
  );
  return outcomes;
}
