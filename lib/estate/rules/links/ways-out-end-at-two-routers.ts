import { type Remedy, set } from '../../findings/remedy';
import { routerOf } from '../../model/links';
import type { Estate } from '../../model/model';
import type { Rule, RuleContext } from '../rule';
import { entryOf } from './link-entry';
import { anotherVpn, namesOf, type WaysOut, waysOut } from './ways-out';

/** What joins a data centre with a region ends at more than one of its routers. Source: "AWS Direct Connect Resiliency Recommendations"; "Redundant Site-to-Site VPN connections for failover" (a second customer gateway device). */
export const waysOutEndAtTwoRouters: Rule = {
  code: 'SINGLE_ROUTER',
  severity: 'warning',
  title: 'Lines and VPNs between a data centre and a region end at two routers.',
  why: 'the router takes all of them with it: a restart of it is a cut, and a fallback at the same router falls back from the line alone',
  check: (estate, context) =>
    waysOut(estate).flatMap((ways) => {
      const { idc, region, at, links } = ways;
      const told = links.find(({ kind }) => kind === 'vpn') ?? links.at(-1)!;
      const router = routerOf(told);
      // One line by itself is told as that. A router that isn't there is another rule's.
      if (links.length === 1 && told.kind === 'leased-line') return [];
      if (links.some((link) => routerOf(link) !== router) || !idc.routers.some(({ name }) => name === router)) return [];
      const write = remedies(estate, context, ways);
      return [
        {
          ...(told.edge.region === region ? entryOf(told, 'router') : entryOf(at)),
          message: `all that joins ${idc.name} with ${region.name} ends at its router ${router}: ${namesOf(links)}`,
          ...(write.length === 0
            ? { fix: 'describe a second router with a public address, on the core network, and let a VPN end there' }
            : { write }),
          also: [estate.locate(idc.file, ['routers', router])],
        },
      ];
    }),
};

/** One VPN of several goes to another router; one that is all there is gets a second one beside it. */
function remedies(estate: Estate, context: RuleContext, ways: WaysOut): Remedy[] {
  const { idc, links } = ways;
  const vpn = links.find(({ kind }) => kind === 'vpn');
  const other = idc.routers.find(({ name, public: address }) => address !== undefined && name !== routerOf(links[0]!));
  if (vpn !== undefined && links.length > 1 && other !== undefined) return [set(entryOf(vpn, 'router').path, other.name)];
  const another = anotherVpn(estate, context, ways);
  return another === undefined ? [] : [another];
}
