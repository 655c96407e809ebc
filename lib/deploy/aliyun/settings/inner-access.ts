import { isolateGroups, openGroups } from '../../../aliyun/cloud';
import { modified, type Setting, type StandingRos, step } from './setting';

const TYPE = 'ALIYUN::ECS::SecurityGroup';

/** Hosts of a group reach each other by rule only. Source: ECS, "ModifySecurityGroupPolicy" (InnerAccessPolicy). */
export const innerAccess: Setting = {
  otherwise: async (standing) => {
    const groups = isolated(standing);
    const open = await openGroups(standing.rpc, standing.stack.cloudRegion, [...groups.values()]);
    return [...groups]
      .filter(([, id]) => open.includes(id))
      .map(([logicalId]) => modified(logicalId, TYPE, 'access inside the group', 'by rule only', 'everything'));
  },
  set: async (standing, progress) => {
    const groups = isolated(standing);
    const names = new Map([...groups].map(([logicalId, id]) => [id, logicalId]));
    const touched = await isolateGroups(standing.rpc, standing.stack.cloudRegion, [...groups.values()], (id) =>
      progress(step(names.get(id)!, TYPE, 'ISOLATED')),
    );
    return touched.length;
  },
};

function isolated({ stack, ids }: StandingRos): Map<string, string> {
  const groups = stack.ros?.isolatedGroups ?? [];
  return new Map(groups.flatMap((group) => (ids.has(group) ? [[group, ids.get(group)!] as const] : [])));
}
