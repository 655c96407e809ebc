import { set } from '../../findings/remedy';
import { gatewayAsn } from '../../model/links';
import type { Estate, Idc } from '../../model/model';
import { isEdge, linksOf, transitLinkOf } from '../../model/resolved-links';
import type { Rule } from '../rule';
import { freeAsNumber, speakers } from './as-numbers-are-distinct';
import { lineOf } from './link-entry';

/** Who speaks BGP has an AS number. Source: "CreateTransitGateway" (AmazonSideAsn: can't be changed later); "CreateCustomerGateway" (BgpAsn). */
export const gatewaysHaveAsNumbers: Rule = {
  code: 'AS_NUMBER_MISSING',
  title: 'A region with a transit gateway and a data centre with a line have AS numbers.',
  why: 'BGP tells its neighbours apart by AS number, and the one of a transit gateway can only be given when it is made',
  check: (estate) => [
    ...estate.regions
      .filter((region) => gatewayAsn(region) === undefined && transitLinkOf(estate, region) !== undefined)
      .map((region, i) => {
        const link = transitLinkOf(estate, region)!;
        return {
          file: region.file,
          path: ['transit'],
          message: `links.${link.group} needs a transit gateway in ${region.name}, which has no AS number`,
          write: [set(['transit'], { asn: freeAsNumber(estate, i) })],
          also: [lineOf(estate, link)],
        };
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
          write: [set(['asn'], ofItsOwn(estate, idc))],
          also: [lineOf(estate, link)],
        },
      ];
    }),
  ],
};

/** A data centre keeps the number that its routers have; where they have none, one of the upper private ones. */
function ofItsOwn(estate: Estate, idc: Idc): number {
  const taken = new Set(speakers(estate).map(({ asn }) => asn));
  let asn = 65010 + estate.idcs.filter((other) => other.asn === undefined).indexOf(idc);
  while (taken.has(asn)) asn++;
  return asn;
}
