/** Routers of a data centre: interfaces, static routes and BGP neighbours. */
import { formatCidr, formatIpv4 } from '../../estate/cidr';
import { announcedPrefixes, type IdcLink, idcEnds, linksOf } from '../../estate/links';
import type { Estate, Idc } from '../../estate/model';
import { probeRoutes } from '../links/line-probes';
import type { RouterPlan } from '../model';
import { planInterfaces, type RouterPorts } from './interfaces';
import { planNeighbors } from './neighbors';
import { planStatics } from './statics';

/** Leased lines and VPNs of a data centre, in order of id. */
export function idcLinks(estate: Estate, idc: Idc): IdcLink[] {
  return linksOf(estate, idc).filter(
    (link): link is IdcLink => (link.kind === 'leased-line' || link.kind === 'vpn') && idcEnds(estate, link) !== undefined,
  );
}

/** Name of the router that a link ends at. */
export function routerOf(link: IdcLink): string {
  return link.kind === 'vpn' ? link.vpn.router : link.line.router;
}

/** @param announces what the data centre tells the clouds, the same on all of its routers */
export function planRouters(estate: Estate, idc: Idc, announces: readonly string[]): RouterPlan[] {
  const links = idcLinks(estate, idc);
  return idc.routers.map((router): RouterPlan => {
    const own = links.filter((link) => routerOf(link) === router.name);
    const ports: RouterPorts = planInterfaces(idc, router, own);
    return {
      name: router.name,
      routerId: formatIpv4(router.address),
      interfaces: ports.interfaces,
      statics: [
        ...planStatics(idc, router, toldToClouds(estate, idc, own), toldToClouds(estate, idc, links)),
        ...probeRoutes(estate, own),
      ],
      neighbors: planNeighbors(estate, idc, router, links, ports),
      announces,
    };
  });
}

function toldToClouds(estate: Estate, idc: Idc, links: readonly IdcLink[]) {
  const seen = new Map(links.flatMap((link) => announcedPrefixes(estate, idc, link).map((range) => [formatCidr(range), range])));
  return [...seen.values()].sort((x, y) => x.base - y.base || x.bits - y.bits);
}
