/** Hosts that stand in a stack's template and do not run. */
import { describeInstances, type RpcClient } from '../../aliyun/cloud';
import { Forbidden } from '../../aliyun/cloud/errors';
import type { AwayHost } from '../../clouds/away-host';
import type { CloudRegionId } from '../../estate/model/model';
import type { StandingResource } from '../engine';
import { hostOf, isHost, type Template } from '../standing-template';

/** @returns undefined where the credentials may not ask ECS */
export async function awayHosts(
  rpc: RpcClient,
  region: CloudRegionId,
  template: Template,
  resources: readonly StandingResource[],
): Promise<AwayHost[] | undefined> {
  const made = resources.flatMap(({ logicalId, physicalId, type }) =>
    isHost(type) && physicalId ? [{ physicalId, name: hostOf(template, logicalId) ?? logicalId }] : [],
  );
  try {
    const ids = made.map(({ physicalId }) => physicalId);
    const states = new Map((await describeInstances(rpc, region, ids)).map(({ instanceId, status }) => [instanceId, status]));
    return made.flatMap(({ physicalId, name }): AwayHost[] => {
      const status = states.get(physicalId);
      if (status === undefined) return [{ name, state: 'gone' }];
      return /^Stopp/.test(status) ? [{ name, state: 'stopped' }] : [];
    });
  } catch (error) {
    if (error instanceof Forbidden) return undefined;
    throw error;
  }
}
