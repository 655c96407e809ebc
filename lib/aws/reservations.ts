/** Container mode prefix: fixed addresses that no prefix may take. */
import { cidr, formatCidr, parseIpv4 } from '../estate/cidr';
import { cidrsOf } from '../estate/ranges';
import type { RegionPlan } from '../plan/model';
import { type NetworkParts, subnetLogicalId } from './network';
import { ref, ruleDescription, tagList } from './template';

/** A part of a subnet that the cloud hands to nobody by itself; who names an address of it gets it. */
export interface AddressReservation {
  /** Id of the subnet. */
  readonly subnet: string;
  readonly cidr: string;
  readonly why: string;
}

/**
 * Prefixes are any free /28s of a host's subnet, so one could be taken where a later member has its address. All that
 * a fleet's members may ever have is kept for them, by fleet: another fleet changes no reservation that stands, and none overlap.
 * Source: Amazon VPC User Guide, "Subnet CIDR reservations" (explicit).
 */
export function reservationsOf({ fleets, network }: RegionPlan): AddressReservation[] {
  const subnets = network.subnets.filter((subnet) => subnet.role === 'members');
  return fleets.flatMap((fleet) => {
    const { numbering } = fleet.context;
    if (fleet.kind !== 'members' || fleet.prefixesPerHost === undefined || numbering === undefined) return [];
    return numbering.zones.flatMap((zone) => {
      const subnet = subnets.find((s) => s.zone === zone.name);
      const base = parseIpv4(zone.base);
      if (subnet === undefined || base === undefined) return [];
      const why = `addresses of ${fleet.cluster}/${fleet.name}`;
      return cidrsOf(base, base + numbering.perZone).map((range) => ({ subnet: subnet.id, cidr: formatCidr(range), why }));
    });
  });
}

export function addReservations(parts: NetworkParts, reservations: readonly AddressReservation[]): void {
  const { resources, generation, stackName } = parts;
  for (const { subnet, cidr: range, why } of reservations) {
    const { base, bits } = cidr(range);
    resources[`Reserved${base.toString(16).padStart(8, '0').toUpperCase()}x${bits}G${generation}`] = {
      Type: 'AWS::EC2::SubnetCidrReservation',
      Properties: {
        Cidr: range,
        Description: ruleDescription(why),
        ReservationType: 'explicit',
        SubnetId: ref(subnetLogicalId(subnet, generation)),
        Tags: tagList({ Name: `${stackName}-${subnet}` }),
      },
    };
  }
}
