import type { ScalingGroup } from '../../world/compute';
import { type LaunchPlace, launch, terminate } from '../ec2/launch';
import { templateData, templateTags } from '../ec2/launch-templates';

/** The launch template and version that a group launches from. */
const sourceOf = (group: ScalingGroup): string => `${group.template.id} ${group.template.version}`;

/** Instances that the group would launch otherwise today, or elsewhere. */
export function obsolete(place: LaunchPlace, group: ScalingGroup): string[] {
  return group.instances.filter((id) => {
    const found = place.region.instances[id];
    return found?.launchedFrom !== sourceOf(group) || !group.subnets.includes(found.subnet);
  });
}

/** Launches one instance in the zone that has the fewest. */
export function launchOne(place: LaunchPlace, group: ScalingGroup): string {
  const data = templateData(place.region, { LaunchTemplateId: group.template.id, Version: group.template.version });
  const count = (subnet: string) => group.instances.filter((i) => place.region.instances[i]?.subnet === subnet).length;
  const subnet = [...group.subnets].sort((a, b) => count(a) - count(b))[0] as string;
  const tags = {
    ...templateTags(data),
    ...Object.fromEntries(group.tags.filter((t) => t.propagate).map((t) => [t.key, t.value])),
    'aws:autoscaling:groupName': group.name,
  };
  const interfaces = Array.isArray(data.NetworkInterfaces)
    ? data.NetworkInterfaces.map((n) => ({ ...(n as object), SubnetId: subnet }))
    : undefined;
  const made = launch(
    place,
    interfaces ? { ...data, NetworkInterfaces: interfaces } : { ...data, SubnetId: subnet },
    tags,
    group.name,
  );
  made.launchedFrom = sourceOf(group);
  group.instances.push(made.id);
  return made.id;
}

/** Terminates one of a group's instances. */
export function terminateOne(place: LaunchPlace, group: ScalingGroup, id: string): void {
  const found = place.region.instances[id];
  if (found) terminate(place.region, place.hosts, found);
  group.instances = group.instances.filter((i) => i !== id);
}

/** Launches or terminates (the oldest first) until a group has a size. */
export function scaleTo(place: LaunchPlace, group: ScalingGroup, desired: number): void {
  while (group.instances.length < desired) launchOne(place, group);
  while (group.instances.length > desired) terminateOne(place, group, group.instances[0] as string);
}
