import { sourceDestCheckedInstances, switchOffSourceDestCheck } from '../../../aliyun/cloud';
import { runningMembers } from '../hosts';
import { modified, type Setting, type StandingRos, step } from './setting';

const TYPE = 'ALIYUN::ECS::Instance';

/** Off where containers have addresses of their own. Source: ECS, "ModifyNetworkInterfaceAttribute" (SourceDestCheck). */
export const sourceDestCheck: Setting = {
  otherwise: async (standing) => {
    const { rpc, stack } = standing;
    const open = openMembers(standing);
    if (open.length === 0) return [];
    const { running } = await runningMembers(rpc, stack.cloudRegion, open);
    const ids = await sourceDestCheckedInstances(
      rpc,
      stack.cloudRegion,
      running.map((member) => member.instanceId),
    );
    const checked = open.filter((member) => ids.includes(member.instanceId));
    return checked.map(({ instance }) => modified(instance, TYPE, 'source/destination check', 'off', 'on'));
  },
  set: async (standing, progress) => {
    const open = openMembers(standing);
    if (open.length === 0) return 0;
    const touched = await switchOffSourceDestCheck(
      standing.rpc,
      standing.stack.cloudRegion,
      open.map((member) => member.instanceId),
      (id) => {
        const member = open.find(({ instanceId }) => instanceId === id);
        progress(step(member?.instance ?? id, TYPE, 'SOURCE_DEST_CHECK_OFF'));
      },
    );
    return touched.length;
  },
};

function openMembers({ members }: StandingRos) {
  return members.filter((member) => !member.sourceDestCheck);
}
