import { AliyunError } from '../../aliyun-error';
import type { AliyunScalingGroup } from '../../world/compute';
import { type AliyunPlace, launch, release } from '../ecs/launch';
import { tagList } from './groups';

/** Launches one instance in the vSwitch that has the fewest. */
export function launchOne(place: AliyunPlace, group: AliyunScalingGroup): string {
  const r = place.region.aliyun;
  const configuration = r.scalingConfigurations[group.configuration ?? ''];
  if (!configuration)
    throw new AliyunError('IncorrectScalingGroupStatus', `The scaling group ${group.id} has no active configuration.`);
  const count = (s: string) => group.instances.filter((i) => r.instances[i]?.vSwitch === s).length;
  const vSwitch = [...group.vSwitches].sort((a, b) => count(a) - count(b))[0] as string;
  const { ScalingGroupId: _group, ZoneId: _zone, ...own } = configuration.properties;
  const tags = { ...group.tags, ...tagList(configuration.properties), 'acs:autoscaling:scalingGroupId': group.id };
  const made = launch(place, { ...own, VSwitchId: vSwitch }, tags, { group: group.id, configuration: configuration.id });
  group.instances.push(made.id);
  return made.id;
}

/** Releases one of a group's instances. */
export function removeOne(place: AliyunPlace, group: AliyunScalingGroup, id: string): void {
  const i = place.region.aliyun.instances[id];
  if (i) release(place, i);
  group.instances = group.instances.filter((x) => x !== id);
}

/** Releases all of them. */
export function removeAll(place: AliyunPlace, group: AliyunScalingGroup): void {
  for (const id of [...group.instances]) removeOne(place, group, id);
}

/** Brings an enabled group to its size: the one that is asked for, or the least that it must and the most that it may have. */
export function scale(place: AliyunPlace, group: AliyunScalingGroup): void {
  if (group.state !== 'Active') return;
  group.instances = group.instances.filter((id) => place.region.aliyun.instances[id]);
  const size = group.desired ?? Math.min(Math.max(group.instances.length, group.min), group.max);
  while (group.instances.length < size) launchOne(place, group);
  while (group.instances.length > size) removeOne(place, group, group.instances[0] as string);
}
