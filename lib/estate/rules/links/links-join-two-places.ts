import type { Rule } from '../rule';
import { entryOf } from './link-entry';
import { withoutPair } from './link-remedies';

/** A link joins two different places. Source: "CreateVpcPeeringConnection" (the VPCs have no overlapping CIDR blocks). */
export const linksJoinTwoPlaces: Rule = {
  code: 'LINK_TO_ITSELF',
  title: 'A link joins two different places.',
  why: 'inside a place every address is reached without a link',
  check: (estate, context) =>
    estate.links
      .filter(({ a, b }) => a.place === b.place)
      .map((link) => ({
        ...entryOf(link),
        message: `${link.a.place} is joined with itself`,
        write: [withoutPair(estate, context, link)],
        fix: 'or name another place',
      })),
};
