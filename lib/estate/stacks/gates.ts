/** Whose members come up and change behind gates: the next is touched when the one before has said that it is well. */
import { cloudOf } from '../../clouds/clouds';
import { memberNumbers } from '../addresses/member-number';
import type { Cluster, Estate, MembersFleet, Region } from '../model/model';
import type { LinkedEstate } from '../model/resolved-links';
import { resourcesPerMember } from './stack-size';

type Asked = LinkedEstate & Pick<Estate, 'profiles'>;

/** Alarms of a fleet that stand with its first members. */
const BESIDE_MEMBERS = 1;

/**
 * Members that vote or hold copies have gates in every cloud. Others have them where the cloud's own engine rolls, and where their stacks
 * have room: members that stand can't move to another stack.
 */
export function isGated(estate: Asked, region: Region, cluster: Cluster, fleet: MembersFleet): boolean {
  return fleet.quorum !== undefined || (wantsGates(estate, region, cluster, fleet) && gatesFit(estate, region, cluster, fleet));
}

/**
 * Whether gates could hold back a roll of members that neither vote nor hold copies.
 *
 * Mirrors are well when brokers of other regions answer: behind a gate one region's fault would stop another one's deploy.
 */
export function wantsGates(estate: Pick<Estate, 'profiles'>, region: Region, cluster: Cluster, fleet: MembersFleet): boolean {
  if (fleet.quorum !== undefined || !cloudOf(region).engineRolls || cluster.kafka?.mirrors === fleet.name) return false;
  return fleet.profiles.some((name) => estate.profiles.get(name)?.needs.signal);
}

/** Whether the fullest stack of such members has room for a gate a member. */
export function gatesFit(estate: Asked, region: Region, cluster: Cluster, fleet: MembersFleet): boolean {
  const fullest = Math.min(memberNumbers(fleet).length, fleet.membersPerStack);
  const each = resourcesPerMember(estate, region, cluster, fleet) + 1;
  return fullest * each + BESIDE_MEMBERS <= cloudOf(region).stackResources.all;
}
