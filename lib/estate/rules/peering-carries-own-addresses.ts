import { givenRanges, isRegion } from '../links';
import { entryOf, joinedLinks } from './link-entry';
import type { Rule } from './rule';

/** Peering carries addresses that interfaces of its two VPCs own. Source: "VPC peering limitations"; "Update your route tables for a VPC peering connection" (the CIDR block of the peer VPC). */
export const peeringCarriesOwnAddresses: Rule = {
  code: 'PEERING_CARRIES_CONTAINERS',
  title: 'Peering carries no container ranges of mode host-gw.',
  why: 'those ranges lie outside the VPC: on the far side of a peering connection no route table is asked, and the packets are dropped',
  check: (estate) =>
    joinedLinks(estate).flatMap(({ link, a, b }) => {
      if (link.kind !== 'peering') return [];
      return [
        { end: link.a, place: a, other: b },
        { end: link.b, place: b, other: a },
      ]
        .filter(({ end, place }) => isRegion(place) && place.containers.mode === 'host-gw' && givesContainers(end))
        .map(({ end, place, other }) => ({
          ...entryOf(link, 'carries'),
          message: `containers of ${end.place} (mode host-gw) can't be reached from ${other.name} over peering`,
          fix: `write \`kind: transit\`, or \`containers: { mode: prefix }\` in ${place.file}, or carry only hosts`,
          also: [estate.locate(place.file, ['containers', 'mode'])],
        }));

      function givesContainers(end: typeof link.a): boolean {
        return end.gives.includes('containers') || givenRanges(estate, end).some((r) => r.kind === 'containers');
      }
    }),
};
