import { text } from '../answer';
import type { RpcClient } from '../rpc';

/**
 * Groups inside of which hosts reach each other on every port, whatever the rules say: how a basic group is made. Source: ECS,
 * "DescribeSecurityGroupAttribute" (InnerAccessPolicy).
 */
export async function openGroups(rpc: RpcClient, region: string, groupIds: readonly string[]): Promise<string[]> {
  const open: string[] = [];
  for (const id of groupIds) {
    const answer = await rpc.call({
      product: 'ecs',
      region,
      action: 'DescribeSecurityGroupAttribute',
      parameters: { RegionId: region, SecurityGroupId: id, MaxResults: 1 },
    });
    if (text(answer.InnerAccessPolicy) !== 'Drop') open.push(id);
  }
  return open;
}

/**
 * Lets hosts of a group reach each other by rule only, which no ROS type can say (ECS, "ModifySecurityGroupPolicy"). Only open groups are
 * touched, so it can be stopped and run again anywhere.
 *
 * @returns the groups that were touched
 */
export async function isolateGroups(
  rpc: RpcClient,
  region: string,
  groupIds: readonly string[],
  onDone: (groupId: string) => void = () => {},
): Promise<string[]> {
  const open = await openGroups(rpc, region, groupIds);
  for (const id of open) {
    await rpc.call({
      product: 'ecs',
      region,
      action: 'ModifySecurityGroupPolicy',
      // Setting it twice is setting it once.
      repeatable: true,
      parameters: { RegionId: region, SecurityGroupId: id, InnerAccessPolicy: 'Drop' },
    });
    onDone(id);
  }
  return open;
}
