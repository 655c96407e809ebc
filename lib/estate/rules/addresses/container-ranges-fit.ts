import { cloudOf } from '../../../clouds/clouds';
import { formatCidr, sizeOfBits } from '../../addresses/cidr';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate, Region } from '../../model/model';
import { fleets, membersFleets, type Problem, type Rule } from '../rule';
import { freeBlock } from './free';

/** host-gw: every member has a container range of its own inside the region's container block. Source: "Route table concepts" (a route a destination). */
export const containerRangesFit: Rule = {
  code: 'CONTAINER_RANGE',
  title: 'With host-gw every member has a container range of its own inside the block of its region.',
  why: 'a packet for a container must have exactly one host as its next hop',
  check: (estate) =>
    estate.regions.filter((r) => r.containers.mode === 'host-gw').flatMap((region) => checkRegion(estate, region)),
};

function checkRegion(estate: Estate, region: Region): Problem[] {
  const { file, containers } = region;
  const problems: Problem[] = fleets(estate)
    .filter((p) => p.region === region && p.fleet.kind === 'elastic')
    .map(({ fleet, path }) => ({
      file,
      path: [...path, 'kind'],
      message: `${fleet.name} is elastic: its hosts have no number and no container range`,
      ...otherMode(region),
    }));
  if (containers.block === undefined)
    problems.push({
      file,
      path: ['containers'],
      message: 'mode host-gw without a container block',
      ...withBlock(estate, region, 0),
    });
  const ranges = rangesOf(region);
  const places = membersFleets(estate).filter((p) => p.region === region);
  const end = ({ fleet }: (typeof places)[number]): number =>
    fleet.addresses.firstRange + fleet.addresses.perZone * fleet.zones.length;
  places.sort((a, b) => a.fleet.addresses.firstRange - b.fleet.addresses.firstRange);
  const need = Math.max(...places.map(({ fleet }) => fleet.addresses.firstRange + fleet.count));
  const short = places.find(({ fleet }) => fleet.addresses.firstRange + fleet.count > ranges);
  if (short !== undefined)
    problems.push({
      file,
      path: [...short.path, 'addresses', 'firstRange'],
      message: `the last member needs range ${need} of ${ranges}`,
      ...withBlock(estate, region, need),
    });
  places.forEach((place, i) => {
    const path = [...place.path, 'addresses', 'firstRange'];
    const other = places.slice(0, i).find((o) => end(o) > place.fleet.addresses.firstRange);
    if (other)
      problems.push({
        file,
        path,
        message: `the ranges of ${place.fleet.name} begin inside those of ${other.fleet.name}`,
        ...apart(estate, region, path, Math.max(...places.filter((p) => p !== place).map(end)), place.fleet.count),
      });
  });
  return problems;
}

/** Ranges of hosts in the container block; without one, as many as are wanted: that it is missing is told once. */
function rangesOf({ containers: { block, hostBits } }: Region): number {
  if (block === undefined) return Number.POSITIVE_INFINITY;
  return hostBits < block.bits ? 0 : sizeOfBits(block.bits) / sizeOfBits(hostBits);
}

/** The mode in which containers need no range of the host's. */
function otherMode(region: Region): Advice {
  const prefix = cloudOf(region).containerModes.includes('prefix')
    ? ', and mode prefix gives every host addresses for containers'
    : '';
  return { write: [set(['containers'], { mode: 'host' })], fix: `a fleet of kind members has ranges too${prefix}` };
}

/** The first free block that holds so many ranges. */
function withBlock(estate: Estate, { file, containers }: Region, need: number): Advice {
  const { pool, blockBits } = estate.addressing.containers;
  const bits = need === 0 ? blockBits : Math.min(blockBits, containers.hostBits - Math.ceil(Math.log2(need)));
  const free = freeBlock(estate, 'containers', bits, { file, path: ['containers', 'block'] });
  if (free === undefined)
    return {
      fix: `no /${bits} is free in ${formatCidr(pool)}: make the pool larger, or the ranges of hosts smaller by a longer \`hostBits\``,
    };
  return { write: [set(['containers', 'block'], free)] };
}

function apart(estate: Estate, region: Region, path: readonly string[], first: number, count: number): Advice {
  const moved = set(path, first);
  if (first + count <= rangesOf(region)) return { write: [moved] };
  const wider = withBlock(estate, region, first + count);
  return wider.write === undefined ? wider : { write: wider.write.map((steps) => [...steps, ...moved]) };
}
