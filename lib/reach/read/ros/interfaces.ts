/** Primary interfaces of Aliyun's members, and one that stands for all hosts of a scaling group in each of its vSwitches. */
import type { Drafts } from '../drafts';
import { boughtAddress } from '../gateways';
import { addElastic, addMember, groupsOf, type StandIns } from '../interfaces';
import type { Found } from '../references';
import { type Emitted, nameTag, originOf } from '../resources';

const GROUP = 'ALIYUN::ECS::SecurityGroup';

export function readAliyunMembers(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('ALIYUN::ECS::Instance')) readMember(emitted, drafts, found);
}

/**
 * The interface belongs to the instance. Its source/destination check is on until somebody switches it off, which no template can say:
 * the manifest's members do, and it is done once their stack stands. Source: ECS, "ModifyNetworkInterfaceAttribute" (SourceDestCheck).
 */
function readMember(emitted: Emitted, drafts: Drafts, found: Found): void {
  const subnet = emitted.among(drafts.subnets, found, emitted.property(found, 'VSwitchId'), 'ALIYUN::ECS::VSwitch');
  addMember(emitted, drafts, found, subnet, () => {
    const zone = emitted.text(found, 'ZoneId');
    if (zone !== undefined && zone !== subnet?.zone) emitted.fault(found, `it stands in ${zone}, its vSwitch in ${subnet?.zone}`);
    return {
      host: emitted.text(found, 'InstanceName') ?? nameTag(emitted.property(found, 'Tags')) ?? found.logicalId,
      prefixes: [],
      sourceDestCheck: found.stack.uncheckedInstances?.has(found.logicalId) !== true,
      groups: groupsOf(emitted, found, emitted.property(found, 'SecurityGroupIds'), GROUP),
      up: true,
    };
  });
}

/** Only what is enabled has hosts. */
export function readAliyunElastic(emitted: Emitted, drafts: Drafts, room: StandIns): void {
  const enabled = new Set(
    emitted
      .all('ALIYUN::ESS::ScalingGroupEnable')
      .map((found) => emitted.target(found, emitted.property(found, 'ScalingGroupId'), 'ALIYUN::ESS::ScalingGroup')?.id),
  );
  for (const found of emitted.all('ALIYUN::ESS::ScalingConfiguration')) {
    const scaling = emitted.target(found, emitted.property(found, 'ScalingGroupId'), 'ALIYUN::ESS::ScalingGroup');
    if (scaling === undefined) continue;
    const name = emitted.text(found, 'InstanceName') ?? nameTag(emitted.property(scaling, 'Tags')) ?? found.stack.name;
    const groups = groupsOf(emitted, found, emitted.property(found, 'SecurityGroupIds'), GROUP);
    for (const value of (emitted.property(scaling, 'VSwitchIds') as unknown[] | undefined) ?? []) {
      const subnet = emitted.among(drafts.subnets, scaling, value, 'ALIYUN::ECS::VSwitch');
      if (subnet === undefined) continue;
      const up = enabled.has(scaling.id) && Number(emitted.text(scaling, 'MaxSize') ?? 1) > 0;
      const open = boughtAddress(emitted, found) ? { publicAddress: originOf(found) } : {};
      addElastic(drafts, room, scaling, subnet, { name, prefixes: [], groups, up, ...open });
    }
  }
}
