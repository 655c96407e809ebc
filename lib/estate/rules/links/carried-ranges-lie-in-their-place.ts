import { type Cidr, containsCidr, formatCidr } from '../../addresses/cidr';
import { containerBlock } from '../../model/links';
import type { Rule } from '../rule';
import { entryOf, joinedLinks } from './link-entry';
import { carrying } from './link-remedies';

/** A range that a link carries belongs to one of its ends. Source: "Route tables for VPC peering" (a portion of the CIDR block of the peer VPC). */
export const carriedRangesLieInTheirPlace: Rule = {
  code: 'LINK_RANGE_OUTSIDE',
  title: 'A range that an end gives lies in its host block or container block.',
  why: 'packets for other addresses would be sent to a place that has no host for them',
  check: (estate) =>
    joinedLinks(estate).flatMap((link) =>
      [link.a, link.b].flatMap((end) => {
        const place = end.at;
        const own = [place.block, containerBlock(place)].filter((range): range is Cidr => range !== undefined);
        const blocks = own.length === 2 && own[0] === own[1] ? own.slice(1) : own;
        return end.gives
          .filter((gives): gives is Cidr => typeof gives === 'object' && !blocks.some((block) => containsCidr(block, gives)))
          .map((range) => ({
            ...entryOf(link, 'carries'),
            message: `${formatCidr(range)} is no range of ${end.place}, which has ${blocks.map(formatCidr).join(' and ')}`,
            write: [carrying(estate, link, end.place, ['hosts'])],
            fix: `or a range inside ${blocks.map(formatCidr).join(' or ')}`,
            also: [estate.locate(place.file, ['block'])],
          }));
      }),
    ),
};
