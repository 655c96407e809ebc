/** Puts back what a ROS stack's drift was planned to be put back by. */
import { type RpcClient, setTags, startInstance, type Tag } from '../../aliyun/cloud';
import { applyStack, type RosClient, type Watching } from '../../aliyun/ros-client';
import { DeployError } from '../deploy-error';
import type { OnProgress, RepairItem, StackWithMembers } from '../engine';
import type { Template } from '../standing-template';
import { problemError } from './explain';
import { TAGGED } from './repair-plan';
import { step } from './settings/setting';
import { without } from './without';

export interface RosRepair {
  readonly rpc: RpcClient;
  readonly ros: RosClient;
  readonly stackId: string;
  readonly watching?: Watching;
  readonly hold?: () => Promise<void>;
}

/** Starts instances and writes tags. */
export async function repairRosHosts(
  { cloudRegion: region }: StackWithMembers,
  items: readonly RepairItem[],
  { rpc, hold }: RosRepair,
  progress: OnProgress,
): Promise<void> {
  for (const { resource, by } of items) {
    const { physicalId: id, type, logicalId } = resource;
    if (id === undefined || (by !== 'start' && by !== 'tag')) continue;
    await hold?.();
    if (by === 'start') await startInstance(rpc, region, id);
    else {
      const tags = resource.differences.find(({ property }) => property === 'Tags');
      const [wanted, now] = [tagsOf(tags?.expected), tagsOf(tags?.actual)];
      const gone = now.map(({ Key }) => Key).filter((key) => !wanted.some(({ Key }) => Key === key) && !isSystem(key));
      await setTags(rpc, region, { type: TAGGED[type]!, id }, { wanted, gone });
    }
    progress(step(logicalId, type, by === 'start' ? 'STARTED' : 'TAGGED'));
  }
}

/** Keys that the cloud keeps for itself. Source: ECS, "TagResources" (`acs:`, `aliyun`). */
const isSystem = (key: string): boolean => /^(acs:|aliyun)/.test(key);

/** As ROS shows a list: JSON. */
function tagsOf(shown: string | undefined): Tag[] {
  try {
    const read: unknown = JSON.parse(shown ?? '[]');
    return (Array.isArray(read) ? read : []).map(({ Key, Value }) => ({ Key: String(Key), Value: String(Value ?? '') }));
  } catch {
    return [];
  }
}

/** Two updates of the stack: one without these resources and what holds their ids, and one with them. */
export async function makeAnew(
  stack: StackWithMembers,
  logicalIds: readonly string[],
  { ros, stackId, watching, hold }: RosRepair,
  progress: OnProgress,
): Promise<void> {
  const [standing, text] = [await ros.getStack(stackId), await ros.getTemplate(stackId)];
  const parameters = Object.fromEntries(Object.entries(standing.parameters).filter(([name]) => !name.startsWith('ALIYUN::')));
  const { name, tags, deletionProtection, disableRollback } = standing;
  const request = { name, parameters, tags, deletionProtection, disableRollback };
  const timeout = stack.ros === undefined ? {} : { timeoutMinutes: stack.ros.timeoutMinutes };
  const reduced = JSON.stringify(without(JSON.parse(text) as Template, logicalIds), null, 2);
  for (const template of [reduced, text]) {
    const outcome = await applyStack(
      ros,
      { ...request, ...timeout, template },
      {
        onEvent: ({ time, logicalId, type, status, reason }) =>
          progress({ at: (time ?? new Date(0)).toISOString(), logicalId, type, status, ...(reason === '' ? {} : { reason }) }),
        ...(hold === undefined ? {} : { beforeWrite: hold }),
        ...(watching === undefined ? {} : { watching }),
      },
    );
    if (outcome.kind !== 'failed') continue;
    if (template === reduced) throw problemError(stack, outcome.problem);
    throw new DeployError(
      'REPAIR_HALF_DONE',
      `${stack.path} stands without ${logicalIds.join(', ')}: ${outcome.problem.message} ${outcome.problem.reasons.join('; ')}`,
      `mend what it names, then put them back: meissa deploy ${stack.region}`,
    );
  }
}
