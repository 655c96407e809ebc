import { DIRECT_CONNECT_GATEWAY } from '../../../facts/aws/limits';
import { remove } from '../../findings/remedy';
import { gatewayOf, hasGateway } from '../../model/line-gateways';
import type { Estate } from '../../model/model';
import { gatewayLinks, type IdcLink, joinsIdc, linksIn, linksOf } from '../../model/resolved-links';
import { regionsOf } from '../../regions-of';
import type { Problem, Rule } from '../rule';
import { entryOf, lineOf } from './link-entry';

/** What one Direct Connect gateway takes. Source: "AWS Direct Connect quotas". */
export const gatewaysHoldTheirLinks: Rule = {
  code: 'GATEWAY_QUOTA',
  title: 'A Direct Connect gateway has as many regions and lines, and a transit gateway as many of them, as AWS grants anybody.',
  why: 'AWS refuses the one too many in the middle of a deploy, and none of these quotas is raised',
  check: (estate) => [...linksIn(estate).flatMap((link) => ofGateway(estate, link as IdcLink)), ...ofTransit(estate)],
};

/** Told once, of the entry that makes it. */
function ofGateway(estate: Estate, link: IdcLink): Problem[] {
  if (!joinsIdc(link) || !hasGateway(link) || gatewayOf(link) !== link.group || link.edge.region.provider !== 'aws') return [];
  const all = gatewayLinks(estate, link);
  const first = new Map(all.map((one) => [one.edge.region.name, all.find(({ edge }) => edge.region === one.edge.region)!]));
  const { transitGateways, interfaces } = DIRECT_CONNECT_GATEWAY;
  return [
    ...over(
      estate,
      [...first.values()],
      transitGateways,
      `the Direct Connect gateway of links.${link.group} would be associated with`,
      'transit gateways',
    ),
    ...over(
      estate,
      all.filter(({ kind }) => kind === 'leased-line'),
      interfaces,
      `the Direct Connect gateway of links.${link.group} would have`,
      'lines',
    ),
  ];
}

function ofTransit(estate: Estate): Problem[] {
  return regionsOf(estate, 'aws').flatMap((region) => {
    const links = linksOf(estate, region).filter(joinsIdc).filter(hasGateway);
    const gateways = new Map(links.map((link) => [gatewayOf(link), link]));
    return over(
      estate,
      [...gateways.values()],
      DIRECT_CONNECT_GATEWAY.perTransitGateway,
      `the transit gateway of ${region.name} would be associated with`,
      'Direct Connect gateways',
    );
  });
}

function over(estate: Estate, links: readonly IdcLink[], most: number, subject: string, what: string): Problem[] {
  const last = links.at(-1);
  if (last === undefined || links.length <= most) return [];
  return [
    {
      ...entryOf(last),
      message: `${subject} ${links.length} ${what}, over ${most}`,
      write: [remove(last.path)],
      fix: 'or join its places by `kind: transit` with `through:` a region that has the line already, or give it a gateway of its own',
      also: links.slice(0, most).map((link) => lineOf(estate, link)),
    },
  ];
}
