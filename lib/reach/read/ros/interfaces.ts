/** Primary interfaces of Aliyun's members, and one that stands for all hosts of a scaling group in each of its vSwitches. */
import { parseIpv4 } from '../../../estate/cidr';
import { holds } from '../../range';
import type { Drafts } from '../drafts';
import { add, groupsOf, type StandIns } from '../interfaces';
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
  const target = emitted.target(found, emitted.property(found, 'VSwitchId'), 'ALIYUN::ECS::VSwitch');
  const subnet = target === undefined ? undefined : drafts.subnets.get(target.id);
  if (subnet === undefined) return;
  const address = parseIpv4(emitted.text(found, 'PrivateIpAddress') ?? '');
  if (address === undefined || !holds(subnet.range, address)) {
    emitted.fault(found, `its PrivateIpAddress is no address of the vSwitch ${subnet.name}`);
    return;
  }
  const zone = emitted.text(found, 'ZoneId');
  if (zone !== undefined && zone !== subnet.zone) emitted.fault(found, `it stands in ${zone}, its vSwitch in ${subnet.zone}`);
  add(drafts, {
    id: found.id,
    host: emitted.text(found, 'InstanceName') ?? nameTag(emitted.property(found, 'Tags')) ?? found.logicalId,
    subnet: subnet.id,
    vpc: subnet.vpc,
    kind: 'member',
    address,
    prefixes: [],
    sourceDestCheck: found.stack.uncheckedInstances?.has(found.logicalId) !== true,
    groups: groupsOf(emitted, found, emitted.property(found, 'SecurityGroupIds'), GROUP),
    containers: new Map(),
    up: true,
    from: originOf(found),
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
      const target = emitted.target(scaling, value, 'ALIYUN::ECS::VSwitch');
      const subnet = target === undefined ? undefined : drafts.subnets.get(target.id);
      if (subnet === undefined) continue;
      add(drafts, {
        id: `${scaling.id}@${subnet.name}`,
        host: `${name}@${subnet.name}`,
        subnet: subnet.id,
        vpc: subnet.vpc,
        kind: 'elastic',
        address: room.address(subnet),
        prefixes: [],
        sourceDestCheck: true,
        groups,
        containers: new Map(),
        up: enabled.has(scaling.id) && Number(emitted.text(scaling, 'MaxSize') ?? 1) > 0,
        from: originOf(scaling),
      });
    }
  }
}
