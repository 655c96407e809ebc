import type { LeasedLineLink } from '../../model/model';
import type { Rule } from '../rule';
import { entryOf, lineOf } from './link-entry';
import { anotherVpn, namesOf, waysOut } from './ways-out';

/** Lines that take over from each other end at two locations. Source: "AWS Direct Connect Resiliency Recommendations" (high resiliency: two locations); Aliyun, "Express Connect" (access points). */
export const linesEndAtTwoLocations: Rule = {
  code: 'SINGLE_LOCATION',
  severity: 'warning',
  title: 'Lines of a data centre to a region that no VPN takes over from end at two locations of the cloud.',
  why: 'the cloud works on a location as a whole: power, fibres and maintenance there are the same for all lines that end in it',
  check: (estate, context) =>
    waysOut(estate).flatMap((ways) => {
      const { idc, region, at, links } = ways;
      const lines = links.flatMap((link) => (link.kind === 'leased-line' ? [link] : []));
      const last = lines.at(-1);
      if (last === undefined || lines.length < 2 || lines.length < links.length) return [];
      const where = placeOf(lines.map(({ line }) => line));
      if (where === undefined) return [];
      const vpn = anotherVpn(estate, context, ways);
      return [
        {
          ...(at.kind === 'association' ? entryOf(at) : entryOf(last, 'location')),
          message: `${namesOf(lines)}, all that joins ${idc.name} with ${region.name}, ${where}`,
          fix: 'say with `location:` of each line where its connection ends; let one end elsewhere, or a VPN take over',
          ...(vpn === undefined ? {} : { write: [vpn] }),
          also: lines.slice(0, -1).map((link) => lineOf(estate, link, 'location')),
        },
      ];
    }),
};

/** Why they may go together; undefined where they are known to end at two places. */
function placeOf(lines: readonly LeasedLineLink['line'][]): string | undefined {
  const connections = new Set(lines.map(({ connection }) => connection));
  if (connections.size === 1) return `come in over one connection, ${[...connections][0]}`;
  const locations = new Set(lines.map(({ location }) => location));
  if (locations.has(undefined)) return locations.size > 2 ? undefined : 'end at locations that nobody says';
  return locations.size === 1 ? `end at one location, ${[...locations][0]}` : undefined;
}
