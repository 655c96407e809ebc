import { set } from '../../findings/remedy';
import { isRegion } from '../../model/links';
import type { Idc, Region } from '../../model/model';
import type { Rule } from '../rule';
import { entryOf, some, wrongEnds } from './link-entry';
import { carrying } from './link-remedies';

/** Both ends give something, and containers of one end reach those of the other. Source: "Route tables for VPC peering" (routes on both sides). */
export const linksCarryBothWays: Rule = {
  code: 'LINK_ASYMMETRIC',
  title: 'Both ends of a link give something, and where one gives its containers the other gives its own.',
  why: 'an answer needs a route of its own: without one, packets arrive and nothing comes back',
  check: (estate) => [
    ...wrongEnds(estate, (end) => end.gives.length === 0).map(({ link, place, others }) => ({
      ...entryOf(link, 'carries'),
      message: `${place.name} gives nothing to ${some(others)}`,
      write: [carrying(estate, link, place.name, ['hosts'])],
    })),
    ...wrongEnds(
      estate,
      (end, other) =>
        end.gives.length > 0 &&
        hasOwnBlock(end.at) &&
        other.containers.length > 0 &&
        !end.ranges.some((r) => r.kind === 'containers'),
    ).map(({ link, place, others }) => ({
      ...entryOf(link, 'carries'),
      message: `containers of ${some(others)} are carried, those of ${place.name} are not, and they have addresses of their own`,
      write: [set([...link.path, 'carries'], ['hosts'])],
      fix: `or carry the containers of ${place.name} too`,
      also: [estate.locate(place.file, ['containers'])],
    })),
  ],
};

/** Containers with addresses beside those of the hosts. */
function hasOwnBlock(place: Region | Idc): boolean {
  return isRegion(place) ? place.containers.mode === 'host-gw' : place.containers !== undefined;
}
