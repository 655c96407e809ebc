import { type Json, record, records, text } from '../answer';
import type { RpcClient } from '../rpc';

/** ECS, "DescribeInstances": InstanceIds takes at most 100. */
const AT_ONCE = 100;

/** A host as ECS knows it. */
export interface HostInstance {
  readonly instanceId: string;
  readonly name: string;
  /** `Running`, `Stopped`, `Starting`, `Stopping`, `Pending`. */
  readonly status: string;
  readonly privateIp?: string;
  readonly instanceType: string;
  readonly image: string;
  /** When it was made; to the minute. */
  readonly created: Date;
  readonly zone: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Instances by id, in that order; those that don't exist any more are left out. */
export async function describeInstances(rpc: RpcClient, region: string, instanceIds: readonly string[]): Promise<HostInstance[]> {
  const found = new Map<string, HostInstance>();
  for (let from = 0; from < instanceIds.length; from += AT_ONCE) {
    const answer = await rpc.call({
      product: 'ecs',
      region,
      action: 'DescribeInstances',
      parameters: { RegionId: region, InstanceIds: JSON.stringify(instanceIds.slice(from, from + AT_ONCE)), PageSize: AT_ONCE },
    });
    for (const fields of records(record(answer.Instances).Instance)) found.set(text(fields.InstanceId), parsed(fields));
  }
  return instanceIds.flatMap((id) => found.get(id) ?? []);
}

function parsed(fields: Record<string, Json>): HostInstance {
  const addresses = record(record(fields.VpcAttributes).PrivateIpAddress).IpAddress;
  return {
    instanceId: text(fields.InstanceId),
    name: text(fields.InstanceName),
    status: text(fields.Status),
    privateIp: Array.isArray(addresses) ? text(addresses[0]) : undefined,
    instanceType: text(fields.InstanceType),
    image: text(fields.ImageId),
    created: new Date(text(fields.CreationTime)),
    zone: text(fields.ZoneId),
    tags: Object.fromEntries(records(record(fields.Tags).Tag).map((tag) => [text(tag.TagKey), text(tag.TagValue)])),
  };
}

/**
 * Restarts an instance from inside (ECS, "RebootInstance"). It carries no token: after a time-out it isn't sent again, ask the host first.
 */
export async function rebootInstance(rpc: RpcClient, region: string, instanceId: string): Promise<void> {
  await rpc.call({
    product: 'ecs',
    region,
    action: 'RebootInstance',
    parameters: { RegionId: region, InstanceId: instanceId, ForceStop: false },
  });
}
