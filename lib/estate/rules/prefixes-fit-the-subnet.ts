import { type Cidr, cidrSize, formatCidr } from '../cidr';
import { SUBNET_RESERVED } from '../clouds/aws-limits';
import { BLOCK_BITS, zoneLetter, zoneSlot, zoneSubnets } from '../layout';
import { memberNumbers, memberPlace } from '../member-number';
import type { Fleet, Region } from '../model';
import { awsRegions, type Problem, type Rule } from './rule';

/** Addresses of one prefix. */
const PREFIX = 16;

/** Every host finds its prefixes free in its subnet. Source: "Assign prefixes to Amazon EC2 network interfaces" (a prefix is a free /28 of the subnet); "Subnet CIDR reservations" (fragmentation). */
export const prefixesFitTheSubnet: Rule = {
  code: 'PREFIXES_DONT_FIT',
  title: 'In mode prefix the /28s of all hosts fit the subnets, even where single addresses lie between them.',
  why: 'a /28 that holds one used address is no prefix any more: the next host would not start, though addresses are free',
  check: (estate) =>
    awsRegions(estate)
      .filter((r) => r.containers.mode === 'prefix')
      .flatMap((region) => ofRegion(region)),
};

function ofRegion(region: Region): Problem[] {
  if (region.block.bits < BLOCK_BITS.min || region.block.bits > BLOCK_BITS.max) return [];
  const fleets = region.clusters.flatMap((c) => c.fleets);
  return region.network.zones.flatMap((zone) => {
    const letter = zoneLetter(zone);
    if (zoneSlot(letter) === undefined) return [];
    const subnets = zoneSubnets(region.block, letter);
    return [...members(region, fleets, zone, subnets.members), ...elastic(region, fleets, zone, subnets.elastic)];
  });
}

function members(region: Region, fleets: readonly Fleet[], zone: string, subnet: Cidr): Problem[] {
  const used = new Set(edges(subnet));
  let hosts = 0;
  for (const fleet of fleets) {
    if (fleet.kind !== 'members' || !fleet.zones.includes(zone)) continue;
    const { first, perZone } = fleet.addresses;
    // Addresses that are kept for the fleet are as good as used.
    for (let block = Math.floor(first / PREFIX); block <= Math.floor((first + perZone - 1) / PREFIX); block++) used.add(block);
    hosts += memberNumbers(fleet).filter((n) => memberPlace(fleet, n).zone === zone).length;
  }
  const free = Math.max(0, cidrSize(subnet) / PREFIX - used.size);
  return verdict(region, zone, subnet, hosts, free, hosts * region.containers.prefixesPerHost, 'error');
}

function elastic(region: Region, fleets: readonly Fleet[], zone: string, subnet: Cidr): Problem[] {
  const hosts = fleets.reduce(
    (sum, fleet) =>
      sum + (fleet.kind === 'elastic' && fleet.zones.includes(zone) ? Math.ceil(fleet.max / fleet.zones.length) : 0),
    0,
  );
  const free = Math.max(0, cidrSize(subnet) / PREFIX - edges(subnet).length);
  const prefixes = hosts * region.containers.prefixesPerHost;
  const best = prefixes + Math.ceil(hosts / PREFIX);
  if (best > free) return verdict(region, zone, subnet, hosts, free, best, 'error');
  // The cloud gives a host any free address: at worst each spoils a /28 of its own.
  return verdict(region, zone, subnet, hosts, free, prefixes + hosts, 'warning');
}

/** Blocks of the addresses that the cloud keeps: the first four and the last one. */
function edges(subnet: Cidr): number[] {
  return [Math.floor((SUBNET_RESERVED - 1) / PREFIX), cidrSize(subnet) / PREFIX - 1];
}

function verdict(
  region: Region,
  zone: string,
  subnet: Cidr,
  hosts: number,
  free: number,
  need: number,
  severity: 'error' | 'warning',
): Problem[] {
  if (hosts === 0 || need <= free) return [];
  const scattered = severity === 'warning' ? ', where their own addresses lie scattered' : '';
  return [
    {
      file: region.file,
      path: ['containers', 'prefixesPerHost'],
      message: `${hosts} hosts in ${zone} may need ${need} /28s of ${formatCidr(subnet)}${scattered}, and ${free} are free`,
      fix: 'write fewer `prefixesPerHost` or hosts, another zone, or a larger block for a new region',
      severity,
    },
  ];
}
