import { record, records, text } from '../answer';
import { NotFound } from '../errors';
import type { RpcClient } from '../rpc';

/** ECS, "DescribeNetworkInterfaces": NetworkInterfaceId.N and PageSize take at most 100. */
const AT_ONCE = 100;

/** The first interface of an instance. */
export interface PrimaryInterface {
  readonly networkInterfaceId: string;
  readonly instanceId: string;
  /** Packets with other addresses than its own are dropped. Unknown where the region doesn't have the check: then it is off. */
  readonly sourceDestCheck: boolean;
}

/**
 * Primary interfaces of instances, in the order of the instances.
 * @throws NotFound where an instance has none: it is gone, or not in this region
 */
export async function primaryInterfaces(
  rpc: RpcClient,
  region: string,
  instanceIds: readonly string[],
): Promise<PrimaryInterface[]> {
  const found = new Map<string, PrimaryInterface>();
  // The call filters by one instance only, so a few are asked for each by each and many by their region's list.
  const filters = instanceIds.length <= 10 ? instanceIds.map((id) => ({ InstanceId: id })) : [{}];
  const wanted = new Set(instanceIds);
  for (const filter of filters) {
    for (let token: string | undefined; ; ) {
      const answer = await rpc.call({
        product: 'ecs',
        region,
        action: 'DescribeNetworkInterfaces',
        parameters: { RegionId: region, Type: 'Primary', MaxResults: AT_ONCE, NextToken: token, ...filter },
      });
      for (const fields of records(record(answer.NetworkInterfaceSets).NetworkInterfaceSet)) {
        const instanceId = text(fields.InstanceId);
        if (!wanted.has(instanceId) || (text(fields.Type) && text(fields.Type) !== 'Primary')) continue;
        found.set(instanceId, {
          networkInterfaceId: text(fields.NetworkInterfaceId),
          instanceId,
          sourceDestCheck: text(fields.SourceDestCheck) === 'true',
        });
      }
      token = text(answer.NextToken) || undefined;
      if (!token) break;
    }
  }
  const missing = instanceIds.filter((id) => !found.has(id));
  if (missing.length > 0) {
    throw new NotFound({
      code: 'InvalidInstanceId.NotFound',
      action: 'DescribeNetworkInterfaces',
      message: `no primary interface in ${region} of ${missing.join(', ')}`,
      wayOn: 'see whether the instances were deleted by hand; `meissa replace` makes a member anew',
    });
  }
  return instanceIds.map((id) => found.get(id)!);
}

/** Instances whose check is on although it should be off: what drift shows. */
export async function sourceDestCheckedInstances(
  rpc: RpcClient,
  region: string,
  instanceIds: readonly string[],
): Promise<string[]> {
  const interfaces = await primaryInterfaces(rpc, region, instanceIds);
  return interfaces.filter((one) => one.sourceDestCheck).map((one) => one.instanceId);
}

/**
 * Switches the source/destination check of the instances' primary interfaces off, which no ROS type can say (ECS,
 * "ModifyNetworkInterfaceAttribute": SourceDestCheck). Only those that are on are touched, so it can be stopped and run again anywhere.
 * @returns the instances that were touched
 */
export async function switchOffSourceDestCheck(
  rpc: RpcClient,
  region: string,
  instanceIds: readonly string[],
  onDone: (instanceId: string) => void = () => {},
): Promise<string[]> {
  const touched: string[] = [];
  for (const one of await primaryInterfaces(rpc, region, instanceIds)) {
    if (!one.sourceDestCheck) continue;
    await rpc.call({
      product: 'ecs',
      region,
      action: 'ModifyNetworkInterfaceAttribute',
      // Setting it twice is setting it once.
      repeatable: true,
      parameters: { RegionId: region, NetworkInterfaceId: one.networkInterfaceId, SourceDestCheck: false },
    });
    touched.push(one.instanceId);
    onDone(one.instanceId);
  }
  return touched;
}
