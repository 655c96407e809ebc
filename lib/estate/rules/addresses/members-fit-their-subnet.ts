import { cloudOf } from '../../../clouds/clouds';
import { SUBNET_RESERVED } from '../../../facts/aws/limits';
import { cidrSize, formatCidr } from '../../addresses/cidr';
import { BLOCK_BITS, zoneLetter, zoneSlot, zoneSubnets } from '../../addresses/layout';
import { membersFleets, type Problem, type Rule } from '../rule';

/** The members fit the range that is kept for them, and the range fits the members subnet. Source: "Subnet CIDR blocks" (the first four addresses and the last one are reserved); Aliyun, "VPCs and vSwitches" (the first and the last three). */
export const membersFitTheirSubnet: Rule = {
  code: 'MEMBERS_DONT_FIT',
  title: 'The members of a fleet fit their addresses, and those fit the members subnet.',
  why: 'an address is fixed when the fleet is made: hosts beyond its range would need an address that another fleet keeps, or that the cloud keeps for itself',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, fleet, path }): Problem[] => {
      const { first, perZone } = fleet.addresses;
      const at = { file: region.file, path: [...path, 'addresses'] };
      const problems: Problem[] = [];
      const places = perZone * fleet.zones.length;
      if (fleet.count > places) {
        const need = Math.ceil(fleet.count / fleet.zones.length);
        const message = `${fleet.count} members, but ${perZone} addresses in each of ${fleet.zones.length} zones hold ${places}`;
        problems.push({
          ...at,
          path: [...at.path, 'perZone'],
          message,
          fix: `write \`perZone: ${need}\` if no other fleet's range is in the way`,
        });
      }
      if (first < SUBNET_RESERVED.first)
        problems.push({
          ...at,
          path: [...at.path, 'first'],
          message: `the cloud keeps the first ${SUBNET_RESERVED.first} addresses`,
          fix: `write at least ${SUBNET_RESERVED.first}`,
        });
      const letter = fleet.zones.map(zoneLetter).find((l) => zoneSlot(l) !== undefined);
      if (letter === undefined || region.block.bits < BLOCK_BITS.min || region.block.bits > BLOCK_BITS.max) return problems;
      const subnet = zoneSubnets(region.block, letter).members;
      const last = cidrSize(subnet) - 1 - cloudOf(region).reservedLast;
      if (first + perZone - 1 > last) {
        const message = `addresses ${first} to ${first + perZone - 1}, but the last of a members subnet such as ${formatCidr(subnet)} is ${last}`;
        problems.push({ ...at, message, fix: `write a \`first\` and \`perZone\` that end at ${last}` });
      }
      return problems;
    }),
};
