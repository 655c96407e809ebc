/** Hosts that scaling groups of a stack launched. */
import { describeInstances, type RpcClient, scalingInstances } from '../../aliyun/cloud';
import { RosClient } from '../../aliyun/ros-client';
import type { MemberState, StackWithMembers } from '../engine';

/** With Auto Scaling's word where it is another than that all is well. */
export async function launchedHosts(rpc: RpcClient, stack: StackWithMembers): Promise<MemberState[]> {
  if (stack.ros !== undefined && stack.ros.kind !== 'elastic') return [];
  const { cloudRegion: region } = stack;
  const client = new RosClient({ region, rpc });
  const found = await client.findStack(stack.name);
  if (found === undefined) return [];
  const groups = (await client.listStackResources(found.stackId)).filter(({ type }) => type === 'ALIYUN::ESS::ScalingGroup');
  const hosts: MemberState[] = [];
  for (const { physicalId } of groups) {
    if (physicalId === undefined) continue;
    const launched = await scalingInstances(rpc, region, physicalId);
    const instances = await describeInstances(
      rpc,
      region,
      launched.map(({ instanceId }) => instanceId),
    );
    const byId = new Map(instances.map((instance) => [instance.instanceId, instance]));
    for (const { instanceId, lifecycle, health } of launched) {
      const instance = byId.get(instanceId);
      const checks = lifecycle !== 'InService' ? lifecycle.toLowerCase() : health === 'Healthy' ? 'ok' : health.toLowerCase();
      const state = instance?.status.toLowerCase() ?? 'gone';
      hosts.push({ name: instance?.name ?? instanceId, instance: instanceId, state, checks, rollDue: false });
    }
  }
  return hosts;
}
