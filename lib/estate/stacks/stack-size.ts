/** How many resources of a stack one member needs. */

import type { Cloud, MemberShape as Parts } from '../../clouds/cloud';
import { cloudOf } from '../../clouds/clouds';
import { fleetVolumes } from '../model/fleet-volumes';
import type { Cluster, ContainerMode, Estate, MembersFleet, Region } from '../model/model';
import { type LinkedEstate, needsTransit } from '../model/resolved-links';
import { tellsSomebody } from '../model/told';

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
  return memberResources(cloudOf(region), {
    volumes: fleetVolumes(fleet, cluster.etcd?.voters === fleet.name, estate.profiles).length,
    gate: fleet.quorum !== undefined,
    recover: fleet.alarms.recover,
    heartbeat: tellsSomebody({ ...region.alarms, ...fleet.alarms }),
    mode: region.containers.mode,
    routeTables: routeTables(estate, region),
  });
}

export interface MemberShape extends Pick<Parts, 'volumes' | 'gate' | 'recover' | 'heartbeat'> {
  readonly mode: ContainerMode;
  /** Route tables of the region: in mode host-gw a member has a route in each. */
  readonly routeTables: number;
}

/**
 * Route tables of a region: a public one, a private one a zone, and one for the attachment subnets where the region has a
 * transit gateway, because packets from other places are routed by that one.
 */
export function routeTables(estate: LinkedEstate, region: Pick<Region, 'name' | 'network' | 'provider'>): number {
  if (cloudOf(region).oneRouteTable) return 1;
  return region.network.zones.length + 1 + Number(needsTransit(estate, region));
}

/** Resources of one member of such a shape. */
export function memberResources(cloud: Cloud, { mode, routeTables: tables, ...parts }: MemberShape): number {
  return cloud.memberResources({ ...parts, routes: mode === 'host-gw' ? tables : 0 });
}

/** `membersPerStack` for a new fleet of such members. Computed once, then written into the region file. */
export function membersPerStack(cloud: Cloud, shape: MemberShape): number {
  return Math.min(MOST_MEMBERS, Math.floor(cloud.stackResources.members / (memberResources(cloud, shape) + SPARE)));
}
