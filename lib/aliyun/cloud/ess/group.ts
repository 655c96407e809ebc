/** Instances of a scaling group: who they are, more of them, and fewer. */
import { records, text } from '../answer';
import { Busy, Refused } from '../errors';
import type { RpcClient } from '../rpc';

/** ESS, "DescribeScalingInstances": PageSize of at most 50. */
const PAGE = 50;

/** ESS, "RemoveInstances": InstanceIds takes at most 20. */
const REMOVED_AT_ONCE = 20;

/** Ids of all instances of a group, those that start among them; not those that go already. */
export async function groupInstances(rpc: RpcClient, region: string, group: string): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const answer = await rpc.call({
      product: 'ess',
      region,
      action: 'DescribeScalingInstances',
      parameters: { RegionId: region, ScalingGroupId: group, PageNumber: page, PageSize: PAGE },
    });
    const found = records(answer.ScalingInstances);
    ids.push(...found.flatMap(({ InstanceId, LifecycleState }) => (LifecycleState === 'Removing' ? [] : [text(InstanceId)])));
    if (found.length < PAGE) return ids;
  }
}

/**
 * Launches instances with the configuration that is active now. "ScaleWithAdjustment": accepted means begun, and at most up to the group's
 * MaxSize.
 *
 * @throws Busy while the group scales already
 */
export async function addToGroup(rpc: RpcClient, region: string, group: string, count: number): Promise<void> {
  await scaling(() =>
    rpc.call({
      product: 'ess',
      region,
      action: 'ScaleWithAdjustment',
      parameters: {
        RegionId: region,
        ScalingGroupId: group,
        AdjustmentType: 'QuantityChangeInCapacity',
        AdjustmentValue: count,
      },
    }),
  );
}

/** Releases instances. "RemoveInstances": refused where fewer than the group's MinSize would be left. @throws Busy while the group scales already */
export async function removeFromGroup(rpc: RpcClient, region: string, group: string, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += REMOVED_AT_ONCE)
    await scaling(() =>
      rpc.call({
        product: 'ess',
        region,
        action: 'RemoveInstances',
        parameters: { RegionId: region, ScalingGroupId: group, InstanceIds: ids.slice(from, from + REMOVED_AT_ONCE) },
      }),
    );
}

/** Has the group exchange an instance for a new one: of a group that may have neither more nor fewer. "SetInstanceHealth". */
export async function markUnhealthy(rpc: RpcClient, region: string, id: string): Promise<void> {
  await scaling(() =>
    rpc.call({
      product: 'ess',
      region,
      action: 'SetInstanceHealth',
      parameters: { RegionId: region, InstanceId: id, HealthStatus: 'Unhealthy' },
    }),
  );
}

/** A group does one thing at a time. */
async function scaling(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (error instanceof Refused && /ScalingActivityInProgress/.test(error.code))
      throw new Busy({ code: error.code, message: 'the scaling group scales already', wayOn: 'wait until the group has scaled' });
    throw error;
  }
}
