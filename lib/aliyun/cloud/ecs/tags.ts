import type { RpcClient } from '../rpc';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface Tagged {
  /** ECS's word of its type: `instance`, `disk`, `eni`, `securitygroup`. */
  readonly type: string;
  readonly id: string;
}

/**
 * Brings tags of a resource to what they should be: writes those that are wanted, takes off those that are not (ECS, "TagResources",
 * "UntagResources": 20 at once, as many as a resource has). Twice is once.
 */
export async function setTags(
  rpc: RpcClient,
  region: string,
  { type, id }: Tagged,
  { wanted, gone }: { readonly wanted: readonly Tag[]; readonly gone: readonly string[] },
): Promise<void> {
  const of = { RegionId: region, ResourceType: type, ResourceId: [id] };
  const call = (action: string, parameters: object) =>
    rpc.call({ product: 'ecs', region, action, repeatable: true, parameters: { ...of, ...parameters } });
  if (wanted.length > 0) await call('TagResources', { Tag: wanted });
  if (gone.length > 0) await call('UntagResources', { TagKey: gone });
}
