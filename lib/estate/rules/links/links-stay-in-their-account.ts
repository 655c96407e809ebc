import { cloudOf } from '../../../clouds/clouds';
import { accountOf } from '../../model/account';
import type { Rule } from '../rule';
import { entryOf, joinedLinks } from './link-entry';
import { withoutPair } from './link-remedies';

/** Aliyun regions that are joined belong to one account. Source: "Grant permissions on network instances" (another account's VPC is joined only after it granted so, by hand). */
export const linksStayInTheirAccount: Rule = {
  code: 'LINK_ACCOUNT',
  title: 'Peering and transit join Aliyun regions of one account.',
  why: 'the other account would have to accept or grant the attachment, for which this version has no stack',
  check: (estate, context) =>
    joinedLinks(estate).flatMap((link) => {
      const regions = link.regions.filter((r) => !cloudOf(r).accepts);
      const first = regions[0];
      const other = regions.find((r) => first !== undefined && accountOf(r) !== accountOf(first));
      if (first === undefined || other === undefined) return [];
      return [
        {
          ...entryOf(link),
          message: `${first.name} belongs to the account ${accountOf(first)}, ${other.name} to ${accountOf(other)}`,
          write: [withoutPair(estate, context, link)],
          fix: 'or give both the same account',
          also: [first, other].map((r) => estate.locate(r.file, [r.provider, 'account'])),
        },
      ];
    }),
};
