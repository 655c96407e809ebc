/** How many resources of a stack one member needs. */

import { ROS_STACK_RESOURCES, ROS_STACK_RESOURCES_FOR_MEMBERS } from '../facts/aliyun/limits';
import { STACK_RESOURCES, STACK_RESOURCES_FOR_MEMBERS } from '../facts/aws/limits';
import { fleetVolumes } from './fleet-volumes';
import type { Cluster, ContainerMode, Estate, MembersFleet, Region } from './model';
import { type LinkedEstate, needsTransit } from './resolved-links';

/** Interface and instance. */
const ALWAYS = 2;

/** Resources that a new fleet keeps free for each member: a volume and an alarm more move nobody to another stack. */
const SPARE = 2;

/** A stack of more members takes hours to roll through; a new fleet stays below. */
const MOST_MEMBERS = 100;

/** Resources of one member: interface, instance, volumes, gate, alarm, and its routes in every route table. */
export function resourcesPerMember(
  estate: LinkedEstate & Pick<Estate, 'profiles'>,
  region: Region,
  cluster: Pick<Cluster, 'etcd'>,
  fleet: MembersFleet,
): number {
  const voter = cluster.etcd?.voters === fleet.name;
  if (region.provider === 'aliyun') return rosResources(region, fleet, fleetVolumes(fleet, voter, estate.profiles).length);
  return memberResources({
    volumes: fleetVolumes(fleet, voter, estate.profiles).length,
    gate: fleet.quorum !== undefined,
    recover: fleet.alarms.recover,
    mode: region.containers.mode,
    routeTables: routeTables(estate, region),
  });
}

/** Instance; a disk and its attachment a volume; the handle and the condition of a gate; one route in the system table. */
function rosResources(region: Region, fleet: MembersFleet, volumes: number): number {
  return 1 + 2 * volumes + (fleet.quorum === undefined ? 0 : 2) + (region.containers.mode === 'host-gw' ? 1 : 0);
}

/** Resources that a stack of a region may hold, and how many of them its members. */
export function stackResources({ provider }: Pick<Region, 'provider'>): { readonly all: number; readonly members: number } {
  return provider === 'aws'
    ? { all: STACK_RESOURCES, members: STACK_RESOURCES_FOR_MEMBERS }
    : { all: ROS_STACK_RESOURCES, members: ROS_STACK_RESOURCES_FOR_MEMBERS };
}

export interface MemberShape {
  readonly volumes: number;
  readonly gate: boolean;
  readonly recover: boolean;
  readonly mode: ContainerMode;
  /** Route tables of the region: in mode host-gw a member has a route in each. */
  readonly routeTables: number;
}

/**
 * Route tables of a region: a public one, a private one a zone, and one for the attachment subnets where the region has a
 * transit gateway, because packets from other places are routed by that one.
 */
export function routeTables(estate: LinkedEstate, region: Pick<Region, 'name' | 'network' | 'provider'>): number {
  if (region.provider === 'aliyun') return 1;
  return region.network.zones.length + 1 + Number(needsTransit(estate, region));
}

/** Resources of one member of such a shape. */
export function memberResources({ volumes, gate, recover, mode, routeTables: tables }: MemberShape): number {
  const routes = mode === 'host-gw' ? tables : 0;
  return ALWAYS + volumes + Number(gate) + Number(recover) + routes;
}

/** `membersPerStack` for a new fleet of an Aliyun region. @param volumes of a member; none votes, and no container has an address of its own */
export function rosMembersPerStack(volumes: number): number {
  return Math.min(MOST_MEMBERS, Math.floor(ROS_STACK_RESOURCES_FOR_MEMBERS / (1 + 2 * volumes + SPARE)));
}

/** `membersPerStack` for a new fleet of such members. Computed once, then written into the region file. */
export function membersPerStack(shape: MemberShape): number {
  return Math.min(MOST_MEMBERS, Math.floor(STACK_RESOURCES_FOR_MEMBERS / (memberResources(shape) + SPARE)));
}
