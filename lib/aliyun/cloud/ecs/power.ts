import type { RpcClient } from '../rpc';

/** Starts a stopped instance (ECS, "StartInstance"). After a time-out it isn't sent again, ask for its state first. */
export async function startInstance(rpc: RpcClient, region: string, instanceId: string): Promise<void> {
  await rpc.call({ product: 'ecs', region, action: 'StartInstance', parameters: { RegionId: region, InstanceId: instanceId } });
}
