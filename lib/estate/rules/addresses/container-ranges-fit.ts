import { sizeOfBits } from '../../addresses/cidr';
import type { Estate, Region } from '../../model/model';
import { fleets, membersFleets, type Problem, type Rule } from '../rule';

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
      fix: 'write `kind: members`, or use containers: prefix',
    }));
  if (containers.block === undefined) {
    return [
      ...problems,
      {
        file,
        path: ['containers'],
        message: 'mode host-gw without a container block',
        fix: 'write `block:` with a free block of the container pool',
      },
    ];
  }
  const ranges =
    containers.hostBits < containers.block.bits ? 0 : sizeOfBits(containers.block.bits) / sizeOfBits(containers.hostBits);
  const places = membersFleets(estate).filter((p) => p.region === region);
  const end = ({ fleet }: (typeof places)[number]): number =>
    fleet.addresses.firstRange + fleet.addresses.perZone * fleet.zones.length;
  places.sort((a, b) => a.fleet.addresses.firstRange - b.fleet.addresses.firstRange);
  places.forEach((place, i) => {
    const path = [...place.path, 'addresses', 'firstRange'];
    const last = place.fleet.addresses.firstRange + place.fleet.count;
    if (last > ranges)
      problems.push({
        file,
        path,
        message: `the last member needs range ${last} of ${ranges}`,
        fix: 'write a larger container block, or a longer hostBits',
      });
    const other = places.slice(0, i).find((o) => end(o) > place.fleet.addresses.firstRange);
    if (other)
      problems.push({
        file,
        path,
        message: `the ranges of ${place.fleet.name} begin inside those of ${other.fleet.name}`,
        fix: `write \`firstRange: ${Math.max(...places.filter((p) => p !== place).map(end))}\``,
      });
  });
  return problems;
}
