import { set } from '../../findings/remedy';
import { isRegion } from '../../model/links';
import type { Rule } from '../rule';
import { entryOf, some, wrongEnds } from './link-entry';

/** Peering carries addresses that interfaces of its two VPCs own. Source: "VPC peering limitations"; "Update your route tables for a VPC peering connection" (the CIDR block of the peer VPC). */
export const peeringCarriesOwnAddresses: Rule = {
  code: 'PEERING_CARRIES_CONTAINERS',
  title: 'Peering carries no container ranges of mode host-gw.',
  why: 'those ranges lie outside the VPC: on the far side of a peering connection no route table is asked, and the packets are dropped',
  check: (estate) =>
    wrongEnds(
      estate,
      (end, _, link) =>
        link.kind === 'peering' &&
        isRegion(end.at) &&
        end.at.containers.mode === 'host-gw' &&
        (end.gives.includes('containers') || end.ranges.some((r) => r.kind === 'containers')),
    ).map(({ link, place, others }) => ({
      ...entryOf(link, 'carries'),
      message: `containers of ${place.name} (mode host-gw) can't be reached from ${some(others)} over peering`,
      write: [set([...link.path, 'carries'], ['hosts'])],
      fix: `a transit link carries them, and so does peering where ${place.name} has containers of mode prefix`,
      also: [estate.locate(place.file, ['containers', 'mode'])],
    })),
};
