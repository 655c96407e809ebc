import type { Rule } from '../rule';
import { entryOf, joinedLinks } from './link-entry';
import { withoutPair } from './link-remedies';

/** A link's regions are of one cloud. Source: "CreateVpcPeeringConnection" and "CreateTransitGatewayPeeringAttachment"; CEN, "What is CEN?" (networks of Alibaba Cloud). */
export const linksStayInTheirCloud: Rule = {
  code: 'LINK_CLOUD',
  title: 'Peering and transit join regions of one cloud.',
  why: "a cloud's gateways know only its own networks; between clouds packets go through a data centre that has a line or VPN to each",
  check: (estate, context) =>
    joinedLinks(estate).flatMap((link) => {
      const [first] = link.regions;
      const other = link.regions.find((r) => r.provider !== first?.provider);
      if (first === undefined || other === undefined) return [];
      return [
        {
          ...entryOf(link),
          message: `${first.name} is a region of ${first.provider}, ${other.name} of ${other.provider}`,
          write: [withoutPair(estate, context, link)],
          fix: `a data centre with a leased line or VPN to each of ${first.name} and ${other.name} joins them`,
          also: [first, other].map((r) => estate.locate(r.file, ['provider'])),
        },
      ];
    }),
};
