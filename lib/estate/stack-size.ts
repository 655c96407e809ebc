/** How many resources of a stack one member needs. */

import { STACK_RESOURCES_FOR_MEMBERS } from './clouds/aws-limits';
import { fleetVolumes } from './fleet-volumes';
import type { Cluster, ContainerMode, Estate, MembersFleet, Region } from './model';

/** Interface and instance. */
const ALWAYS = 2;

/** Resources that a new fleet keeps free for each member: a volume and an alarm more move nobody to another stack. */
const SPARE = 2;

/** A stack of more members takes hours to roll through; a new fleet stays below. */
const MOST_MEMBERS = 100;

/** Resources of one member: interface, instance, volumes, gate, alarm, and its routes in every route table. */
export function resourcesPerMember(
  estate: Pick<Estate, 'profiles'>,
  region: Region,
  cluster: Pick<Cluster, 'etcd'>,
  fleet: MembersFleet,
): number {
  const voter = cluster.etcd?.voters === fleet.name;
  return memberResources({
    volumes: fleetVolumes(fleet, voter, estate.profiles).length,
    gate: fleet.quorum !== undefined,
    recover: fleet.alarms.recover,
    mode: region.containers.mode,
    zones: region.network.zones.length,
  });
}

export interface MemberShape {
  readonly volumes: number;
  readonly gate: boolean;
  readonly recover: boolean;
  readonly mode: ContainerMode;
  /** Zones of the region: each has a private route table, besides the public one. */
  readonly zones: number;
}

export function memberResources({ volumes, gate, recover, mode, zones }: MemberShape): number {
  const routes = mode === 'host-gw' ? zones + 1 : 0;
  return ALWAYS + volumes + Number(gate) + Number(recover) + routes;
}

/** `membersPerStack` for a new fleet of such members. Computed once, then written into the region file. */
export function membersPerStack(shape: MemberShape): number {
  return Math.min(MOST_MEMBERS, Math.floor(STACK_RESOURCES_FOR_MEMBERS / (memberResources(shape) + SPARE)));
}
