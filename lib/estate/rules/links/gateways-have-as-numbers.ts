import { gatewayAsn } from '../../model/links';
import { isEdge, linksOf, transitLinkOf } from '../../model/resolved-links';
import type { Rule } from '../rule';
import { freeAsNumber } from './as-numbers-are-distinct';
import { lineOf } from './link-entry';

/** Who speaks BGP has an AS number. Source: "CreateTransitGateway" (AmazonSideAsn: can't be changed later); "CreateCustomerGateway" (BgpAsn). */
export const gatewaysHaveAsNumbers: Rule = {
  code: 'AS_NUMBER_MISSING',
  title: 'A region with a transit gateway and a data centre with a line have AS numbers.',
  why: 'BGP tells its neighbours apart by AS number, and the one of a transit gateway can only be given when it is made',
  check: (estate) => [
    ...estate.regions
      .filter((region) => gatewayAsn(region) === undefined)
      .flatMap((region) => {
        const link = transitLinkOf(estate, region);
        if (link === undefined) return [];
        return [
          {
            file: region.file,
            path: ['transit'],
            message: `links.${link.group} needs a transit gateway in ${region.name}, which has no AS number`,
            fix: `write \`transit: { asn: ${freeAsNumber(estate)} }\` in ${region.file}`,
            also: [lineOf(estate, link)],
          },
        ];
      }),
    ...estate.idcs.flatMap((idc) => {
      if (idc.asn !== undefined) return [];
      const link = linksOf(estate, idc).find(isEdge);
      if (link === undefined) return [];
      return [
        {
          file: idc.file,
          path: ['asn'],
          message: `links.${link.group} ends at ${idc.name}, which has no AS number`,
          fix: `write for example \`asn: 65010\` in ${idc.file}`,
          also: [lineOf(estate, link)],
        },
      ];
    }),
  ],
};
