/** Health checks of leased lines: the cloud pings a line's far end, and the answer must come back over the same line. */
import { CLOUDS, cloudOf } from '../../clouds/clouds';
import { formatIpv4 } from '../../estate/addresses/cidr';
import type { EdgeLink } from '../../estate/model/resolved-links';
import type { IdcPlan, LeasedLineLinkPlan, RouterPlan } from '../model';

/**
 * The way back, over the line ("Configure and manage health checks"): BGP doesn't bring it, because the router believes planned prefixes
 * only. None where two such lines end at one router: it couldn't tell which of them a ping came by.
 *
 * @param links of one router
 */
export function probeRoutes(links: readonly EdgeLink[]): RouterPlan['statics'] {
  const lines = links.flatMap((link) => {
    const probes = link.kind === 'leased-line' ? cloudOf(link.edge.region).lineProbes : undefined;
    return link.kind === 'leased-line' && probes !== undefined ? [{ ...link, probes }] : [];
  });
  const [only] = lines;
  if (only === undefined || lines.length > 1) return [];
  return [{ destination: only.probes, via: formatIpv4(only.line.cloudAddress), why: `health checks of leased line ${only.id}` }];
}

/** Whether the line's router answers health checks over it. */
export function isProbed({ routers }: IdcPlan, { cloud, line }: LeasedLineLinkPlan): boolean {
  const via = formatIpv4(line.cloudAddress);
  const router = routers.find(({ name }) => name === line.router);
  return router?.statics.some((route) => route.destination === CLOUDS[cloud].lineProbes && route.via === via) ?? false;
}
