import { containsAddress, formatCidr, parseIpv4 } from '../../addresses/cidr';
import { zoneLetter, zoneSubnets } from '../../addresses/layout';
import { memberPlace } from '../../addresses/member-number';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { MembersFleet, Region } from '../../model/model';
import type { Rule } from '../rule';
import { andMore, type StandingMember, standingFleets } from './standing-fleets';

/**
 * A member stays at the address that it was made with. Source: "AWS::EC2::NetworkInterface" (PrivateIpAddress: replacement); "ALIYUN::ECS::Instance"
 * (PrivateIpAddress is not editable).
 */
export const membersKeepTheirPlace: Rule = {
  code: 'MEMBER_MOVED',
  title: 'A member that stands keeps its address.',
  why: 'another address is another interface, and with it another instance: its system disk is gone, the deploy fails while the old one holds the volumes, and peers look for it where it was',
  check: (estate) =>
    standingFleets(estate).flatMap(({ region, fleet, path, name, count, moved, inLock }) => {
      // Another block moves everybody, which is told once.
      const block = estate.locks.members.get(region.name)?.standing?.block ?? formatCidr(region.block);
      const [first] = moved.address;
      if (first === undefined || block !== formatCidr(region.block)) return [];
      const to = first.described.address === undefined ? 'has no place' : `would stand at ${first.described.address}`;
      return [
        {
          file: region.file,
          path: [...path, 'addresses', 'first'],
          message: `member ${first.number} stands at ${first.entry.address}, and ${to}${andMore(moved.address)}`,
          ...back(region, fleet, [...path, 'addresses', 'first'], count, moved.address),
          also: [inLock(first.number)],
          acceptable: { region, name },
        },
      ];
    }),
};

/** The offset that all were made at, where it is one. */
function back(
  region: Region,
  fleet: MembersFleet,
  path: readonly string[],
  all: number,
  moved: readonly StandingMember[],
): Advice {
  const offsets = new Set(
    moved.map(({ number, entry }) => {
      const { index, zone } = memberPlace(fleet, number);
      const subnet = zoneSubnets(region.block, zoneLetter(zone)).members;
      const address = parseIpv4(entry.address!);
      return address === undefined || !containsAddress(subnet, address) ? undefined : address - subnet.base - index;
    }),
  );
  const [first] = offsets;
  return moved.length === all && offsets.size === 1 && first !== undefined
    ? { write: [set(path, first)] }
    : {
        fix: 'take the `addresses` of the fleet and the `zones` of the region back from git, as they were when the members were made',
      };
}
