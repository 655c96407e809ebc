/** Names by which the stacks of a region know each other's things. All are planned, so they are literals in templates. */
import type { RegionName } from '../estate/model/model';
import type { MemberPlan } from '../plan/model';
import { pascal } from '../plan/names';

export { baseOutput, both, type LinkGenerations, linkOutput, networkOutput, transitOutput } from '../plan/output-names';
export { pascal };

/** Role names, profile names and the like are global in an account, so they hold the region. */
export function instanceProfileName(estate: string, region: RegionName, cluster: string, fleet: string): string {
  return `${estate}-${region}-${cluster}-${fleet}`;
}

/** Alias of the region's key. Volumes name the alias: the key's id is not known when a template is written. */
export function keyAlias(estate: string, region: RegionName): string {
  return `alias/meissa-${estate}-${region}`;
}

type NumberedVolumes = Pick<MemberPlan, 'number' | 'volumeGenerations'>;

/** Logical ids of a member's resources: by its number, never by its position. */
export const memberId = {
  interface: (number: number) => `M${number}Interface`,
  instance: (number: number, generation: number) => `M${number}InstanceG${generation}`,
  /** @param made generation of one that was made anew: before the kind, because a volume may be called `data-g2` */
  volume: (number: number, volume: string, made?: number) =>
    `M${number}${made === undefined ? '' : `G${made}`}Volume${pascal(volume)}`,
  route: (number: number, routeTable: string) => `M${number}Route${routeTable}`,
  gate: (number: number, digest: string) => `M${number}Gate${digest}`,
  recoverAlarm: (number: number) => `M${number}Recover`,
};

/** The volume that a member has now. */
export function memberVolumeId({ number, volumeGenerations }: NumberedVolumes, volume: string): string {
  return memberId.volume(number, volume, volumeGenerations?.[volume]);
}

/** Logical ids of a load balancer and its parts, with the region's generation. @param listener its id */
export const entryId = {
  loadBalancer: (generation: number) => `LoadBalancerG${generation}`,
  targetGroup: (listener: string, generation: number) => `Targets${listener}G${generation}`,
  listener: (listener: string, generation: number) => `Listener${listener}G${generation}`,
  zone: (generation: number) => `ZoneG${generation}`,
  record: (generation: number) => `NameG${generation}`,
};

/** Logical ids of an elastic fleet. `meissa:gate` names the group. */
export const elasticId = { group: 'Group', launchTemplate: 'LaunchTemplate', drain: 'Drain' };
