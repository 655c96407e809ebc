import { record, records, text } from './answer';
import type { RpcClient } from './rpc';

/** An instance of a scaling group, as Auto Scaling knows it. */
export interface ScalingInstance {
  readonly instanceId: string;
  /** `InService`, `Pending`, `Removing`, `Standby`, `Protected`. */
  readonly lifecycle: string;
  /** `Healthy`, `Unhealthy`. */
  readonly health: string;
}

/** ESS, "DescribeScalingInstances": PageSize at most 50. */
const PAGE = 50;

export async function scalingInstances(rpc: RpcClient, region: string, groupId: string): Promise<ScalingInstance[]> {
  const found: ScalingInstance[] = [];
  for (let page = 1; ; page++) {
    const answer = await rpc.call({
      product: 'ess',
      region,
      action: 'DescribeScalingInstances',
      parameters: { RegionId: region, ScalingGroupId: groupId, PageNumber: page, PageSize: PAGE },
    });
    const rows = records(record(answer.ScalingInstances).ScalingInstance);
    for (const row of rows)
      found.push({ instanceId: text(row.InstanceId), lifecycle: text(row.LifecycleState), health: text(row.HealthStatus) });
    if (rows.length < PAGE) return found;
  }
}
