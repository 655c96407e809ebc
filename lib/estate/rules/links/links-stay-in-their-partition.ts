import { regionsOf } from '../../regions-of';
import type { Rule } from '../rule';
import { entryOf, joinedLinks } from './link-entry';
import { withoutPair } from './link-remedies';

/** Regions of different partitions can't be joined. Source: "AWS General Reference", Amazon Resource Names (partition); "CreateVpcPeeringConnection". */
export const linksStayInTheirPartition: Rule = {
  code: 'LINK_PARTITION',
  title: 'Peering and transit join regions of one partition.',
  why: 'China and GovCloud are worlds of their own: no gateway, account or stack of one knows those of another',
  check: (estate, context) =>
    joinedLinks(estate).flatMap((link) => {
      const regions = regionsOf(link, 'aws');
      const first = regions[0];
      const other = regions.find((r) => r.aws.partition !== first?.aws.partition);
      if (first === undefined || other === undefined) return [];
      return [
        {
          ...entryOf(link),
          message: `${first.name} lies in the partition ${first.aws.partition}, ${other.name} in ${other.aws.partition}`,
          write: [withoutPair(estate, context, link)],
          fix: `a data centre that has a line to each joins ${first.name} and ${other.name}`,
          also: [first, other].map((r) => estate.locate(r.file, ['aws', 'partition'])),
        },
      ];
    }),
};
