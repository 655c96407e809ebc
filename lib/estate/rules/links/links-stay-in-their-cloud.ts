import type { Rule } from '../rule';
import { entryOf, joinedLinks } from './link-entry';

/** A link's regions are of one cloud. Source: "CreateVpcPeeringConnection" and "CreateTransitGatewayPeeringAttachment"; CEN, "What is CEN?" (networks of Alibaba Cloud). */
export const linksStayInTheirCloud: Rule = {
  code: 'LINK_CLOUD',
  title: 'Peering and transit join regions of one cloud.',
  why: "a cloud's gateways know only its own networks; between clouds packets go through a data centre that has a line or VPN to each",
  check: (estate) =>
    joinedLinks(estate).flatMap((link) => {
      const [first] = link.regions;
      const other = link.regions.find((r) => r.provider !== first?.provider);
      if (first === undefined || other === undefined) return [];
      return [
        {
          ...entryOf(link),
          message: `${first.name} is a region of ${first.provider}, ${other.name} of ${other.provider}`,
          fix: `leave the pair out, and join a data centre with each of ${first.name} and ${other.name} by a leased line or VPN`,
          also: [first, other].map((r) => estate.locate(r.file, ['provider'])),
        },
      ];
    }),
};
