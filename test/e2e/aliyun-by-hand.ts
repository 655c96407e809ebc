/** What somebody else does to a region's stacks, in the console or with another tool. */
import { RpcClient } from '../../lib/aliyun/cloud';
import { RosClient } from '../../lib/aliyun/ros-client';
import { until } from './deployed-estate';
import { REGION, type SmallAliyun } from './small-aliyun';

/** ROS, as somebody else uses it. */
export function rosOf(region: SmallAliyun): RosClient {
  return new RosClient({ region: REGION, rpc: new RpcClient({ environment: region.env() }) });
}

/** Takes a stack's protection off, deletes it, and waits until it is gone. */
export async function deleteByHand(region: SmallAliyun, name: string): Promise<void> {
  const { id } = region.stack(name)!;
  await rosOf(region).setDeletionProtection(id, false);
  await rosOf(region).deleteStack(id, {});
  await until(`${name} is gone`, () => region.stack(name) === undefined);
}

/** Makes a change set of a stack that isn't there, which leaves the stack REVIEW_IN_PROGRESS. */
export async function leaveUnexecuted(region: SmallAliyun, name: string): Promise<void> {
  const template = JSON.stringify({ ROSTemplateFormatVersion: '2015-09-01' });
  await rosOf(region).createChangeSet('CREATE', { name, template }, { name: 'by-hand', token: 'by-hand' });
}
