/** Names by which the stacks of a region know each other's things. All are planned, so they are literals in templates. */

import { fittingName } from '../encode/fitting-name';
import type { RegionName } from '../estate/model/model';
import { ROLE_NAME } from '../facts/aliyun/names';
import type { MemberPlan } from '../plan/model';
import { pascal } from '../plan/names';

export { pascal };

/** Roles are global in an account, so their names hold the region. */
export function roleName(estate: string, region: RegionName, cluster: string, fleet: string): string {
  return fittingName(`${estate}-${region}-${cluster}-${fleet}`, ROLE_NAME);
}

type NumberedVolumes = Pick<MemberPlan, 'number' | 'volumeGenerations'>;

/** Logical ids of a member's resources: by its number, never by its position. What dies with the instance holds its generation. */
export const memberId = {
  instance: (number: number, generation: number) => `M${number}InstanceG${generation}`,
  /** @param made generation of one that was made anew: before the kind, because a volume may be called `data-g2` */
  disk: (number: number, volume: string, made?: number) =>
    `M${number}${made === undefined ? '' : `G${made}`}Volume${pascal(volume)}`,
  attachment: (number: number, volume: string, generation: number) => `M${number}Attach${pascal(volume)}G${generation}`,
  route: (number: number, generation: number) => `M${number}RouteG${generation}`,
  handle: (number: number, digest: string) => `M${number}Handle${digest}`,
  gate: (number: number, digest: string) => `M${number}Gate${digest}`,
};

/** The disk that a member has now. */
export function memberDiskId({ number, volumeGenerations }: NumberedVolumes, volume: string): string {
  return memberId.disk(number, volume, volumeGenerations?.[volume]);
}

/** Logical ids of a load balancer and its parts, with the region's generation, and of what registers with it. */
export const entryId = {
  loadBalancer: (generation: number) => `LoadBalancerG${generation}`,
  serverGroup: (part: string, generation: number) => `Servers${part}G${generation}`,
  listener: (part: string, generation: number) => `Listener${part}G${generation}`,
  zone: (generation: number) => `ZoneG${generation}`,
  record: (generation: number) => `NameG${generation}`,
  binder: (generation: number) => `ZoneVpcG${generation}`,
  registration: (part: string) => `Registered${part}`,
};

/** Logical ids of an elastic fleet. */
export const elasticId = { group: 'Group', configuration: 'Configuration', enable: 'Enable' };

/** Keys of the objects of a fleet's configuration in the region's bucket. */
export const configurationKey = {
  manifest: (fleetId: string) => `config/${fleetId}/manifest`,
  object: (fleetId: string, digest: string) => `config/${fleetId}/${digest}`,
};

/** Logical id of the region's network (VPC). */
export function vpcLogicalId(generation: number): string {
  return `VpcG${generation}`;
}

export function subnetLogicalId(id: string, generation: number): string {
  return `Subnet${id}G${generation}`;
}

export function securityGroupId(id: string, generation: number): string {
  return `SecurityGroup${id}G${generation}`;
}
