/** Routers of a data centre: interfaces, static routes and BGP neighbours. */
import { type Cidr, formatIpv4 } from '../../estate/addresses/cidr';
import { inOrder } from '../../estate/addresses/ranges';
import { preferenceOf, routerOf } from '../../estate/model/links';
import type { Estate, Idc } from '../../estate/model/model';
import { type EdgeLink, isEdge, linksOf } from '../../estate/model/resolved-links';
import { probeRoutes } from '../links/line-probes';
import type { RouterPlan } from '../model';
import { withPoolsBlackHoled } from './black-holed-pools';
import { planInterfaces, type RouterPorts } from './interfaces';
import { planNeighbors } from './neighbors';
import { planAggregates, planStatics } from './statics';

/** Leased lines and VPNs of a data centre, in order of id. */
export function edgesOf(estate: Estate, idc: Idc): EdgeLink[] {
  return linksOf(estate, idc).filter(isEdge);
}

/**
 * @param links those of the data centre
 * @param announces what the data centre tells the clouds, the same on all of its routers
 */
export function planRouters(estate: Estate, idc: Idc, links: readonly EdgeLink[], announces: readonly string[]): RouterPlan[] {
  const parts = inOrder(links.flatMap(({ edge }) => edge.parts));
  return idc.routers.map((router): RouterPlan => {
    const own = links.filter((link) => routerOf(link) === router.name);
    const ports: RouterPorts = planInterfaces(idc, router, own);
    return {
      name: router.name,
      routerId: formatIpv4(router.address),
      interfaces: ports.interfaces,
      aggregates: planAggregates(idc, router, parts),
      shares: sharesLoad(links),
      statics: withPoolsBlackHoled(estate, [
        ...planStatics(idc, router, toldToClouds(own), toldToClouds(links)),
        ...probeRoutes(own),
      ]),
      neighbors: planNeighbors(estate.quotas, idc, router, links, ports),
      announces,
    };
  });
}

function toldToClouds(links: readonly EdgeLink[]): Cidr[] {
  return inOrder(links.flatMap(({ edge }) => edge.announced));
}

/** Two lines, or two VPNs, to one region that somebody gave the same preference. */
function sharesLoad(links: readonly EdgeLink[]): boolean {
  const ways = links.map((link) => `${link.kind} ${link.edge.region.name} ${preferenceOf(link)}`);
  return new Set(ways).size < ways.length;
}
