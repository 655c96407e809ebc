import { cloudOf } from '../../../clouds/clouds';
import { SUBNET_RESERVED } from '../../../facts/aws/limits';
import { type Cidr, cidrSize, formatCidr } from '../../addresses/cidr';
import { BLOCK_BITS, zoneLetter, zoneSlot, zoneSubnets } from '../../addresses/layout';
import { memberNumbers, memberPlace } from '../../addresses/member-number';
import { lowestPrefix, PREFIX_SIZE, prefixSlot } from '../../addresses/member-prefixes';
import { set } from '../../findings/remedy';
import type { Cluster, Fleet, MembersFleet, Region } from '../../model/model';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** Every host finds its prefixes free in its subnet. Source: "Assign prefixes to Amazon EC2 network interfaces" (a prefix is a free /28 of the subnet); "Subnet CIDR reservations" (fragmentation). */
export const prefixesFitTheSubnet: Rule = {
  code: 'PREFIXES_DONT_FIT',
  title: 'In mode prefix the /28s of all hosts fit the subnets, even where single addresses lie between them.',
  why: 'a /28 that holds one used address is no prefix any more: the next host would not start, though addresses are free',
  check: (estate) =>
    wholeRegions(estate)
      .filter((r) => r.containers.mode === 'prefix' && cloudOf(r).containerModes.includes('prefix'))
      .flatMap((region) => oncePerPair(ofRegion(region))),
};

function ofRegion(region: Region): Problem[] {
  if (region.block.bits < BLOCK_BITS.min || region.block.bits > BLOCK_BITS.max) return [];
  const fleets = region.clusters.flatMap((c) => c.fleets);
  return region.network.zones.flatMap((zone) => {
    const letter = zoneLetter(zone);
    if (zoneSlot(letter) === undefined) return [];
    const subnets = zoneSubnets(region.block, letter);
    return [...members(region, region.clusters, zone, subnets.members), ...elastic(region, fleets, zone, subnets.elastic)];
  });
}

/** Two fleets that meet in one zone meet in others: it is told for the first. */
function oncePerPair(problems: readonly Problem[]): Problem[] {
  const meets = ({ path }: Problem): boolean => path.at(-1) === 'firstRange';
  const fleets = ({ path, message }: Problem): string => [path.join('.'), ...message.split(' ').slice(2, 5)].sort().join(' ');
  return problems.filter(
    (one, i) => !meets(one) || problems.findIndex((other) => meets(other) && fleets(other) === fleets(one)) === i,
  );
}

interface Placed {
  readonly fleet: MembersFleet;
  readonly path: readonly string[];
  /** First slot of the fleet, and the one after its last. */
  readonly first: number;
  readonly end: number;
  /** Highest address of its members, counted from the start of the subnet. */
  readonly address: number;
}

/** Members' addresses come from the start of the subnet, their prefixes from its end. */
function members(region: Region, clusters: readonly Cluster[], zone: string, subnet: Cidr): Problem[] {
  const placed = clusters
    .flatMap((c) => c.fleets.map((fleet) => ({ fleet, path: ['clusters', c.name, 'fleets', fleet.name] })))
    .flatMap(({ fleet, path }) => place(fleet, path, zone))
    .sort((a, b) => a.first - b.first || a.end - b.end);
  const address = Math.max(...placed.map((p) => p.address));
  const each = region.containers.prefixesPerHost;
  return placed.flatMap(({ fleet, path, first, end }, i): Problem[] => {
    const before = placed.slice(0, i).find((other) => other.end > first);
    if (before !== undefined) {
      return [
        {
          file: region.file,
          path: [...path, 'addresses', 'firstRange'],
          message: `hosts of ${fleet.name} and ${before.fleet.name} would have the same prefixes in ${zone}`,
          write: [set([...path, 'addresses', 'firstRange'], behind(region, clusters, fleet))],
          fix: `or more, with room for ${before.fleet.name} to grow`,
        },
      ];
    }
    const lowest = lowestPrefix(subnet, end - 1, each);
    if (lowest > Math.floor(address / PREFIX_SIZE)) return [];
    return [
      {
        file: region.file,
        path: [...path, 'count'],
        message: `${end} hosts of ${zone} with ${each} /28s each meet the addresses of members in ${formatCidr(subnet)}`,
        fix: 'write fewer `prefixesPerHost` or members, another zone, or a larger block for a new region',
      },
    ];
  });
}

/** The first range behind those of all others, in every zone of the fleet. */
function behind(region: Region, clusters: readonly Cluster[], fleet: MembersFleet): number {
  const others = clusters.flatMap((c) => c.fleets).filter((other) => other !== fleet);
  const ends = region.network.zones.flatMap((zone) => others.flatMap((other) => place(other, [], zone).map(({ end }) => end)));
  return Math.max(...ends) * fleet.zones.length;
}

function place(fleet: Fleet, path: readonly string[], zone: string): Placed[] {
  if (fleet.kind !== 'members') return [];
  const here = memberNumbers(fleet).filter((n) => memberPlace(fleet, n).zone === zone);
  const [one, last] = [here[0], here.at(-1)];
  if (one === undefined || last === undefined) return [];
  return [
    { fleet, path, first: prefixSlot(fleet, one), end: prefixSlot(fleet, last) + 1, address: memberPlace(fleet, last).offset },
  ];
}

function elastic(region: Region, fleets: readonly Fleet[], zone: string, subnet: Cidr): Problem[] {
  const hosts = fleets.reduce(
    (sum, fleet) =>
      sum + (fleet.kind === 'elastic' && fleet.zones.includes(zone) ? Math.ceil(fleet.max / fleet.zones.length) : 0),
    0,
  );
  const free = Math.max(0, cidrSize(subnet) / PREFIX_SIZE - edges(subnet).length);
  const prefixes = hosts * region.containers.prefixesPerHost;
  const best = prefixes + Math.ceil(hosts / PREFIX_SIZE);
  if (best > free) return verdict(region, zone, subnet, hosts, free, best, 'error');
  // The cloud gives a host any free address: at worst each spoils a /28 of its own.
  return verdict(region, zone, subnet, hosts, free, prefixes + hosts, 'warning');
}

/** Blocks of the addresses that the cloud keeps: the first four and the last one. */
function edges(subnet: Cidr): number[] {
  return [Math.floor((SUBNET_RESERVED.first - 1) / PREFIX_SIZE), cidrSize(subnet) / PREFIX_SIZE - 1];
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
