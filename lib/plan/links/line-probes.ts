/** Health checks of leased lines: Aliyun pings a line's far end, and the answer must come back over the same line. */
import { formatIpv4 } from '../../estate/cidr';
import type { EdgeLink } from '../../estate/resolved-links';
import type { IdcPlan, LeasedLineLinkPlan, RouterPlan } from '../model';

/** Where the pings come from ("ALIYUN::CEN::CenVbrHealthCheck": HealthCheckSourceIp, which Aliyun chooses here by itself). */
const PROBES = '100.96.0.0/16';

/**
 * The way back, over the line ("Configure and manage health checks"): BGP doesn't bring it, because the router believes planned prefixes
 * only. None where two such lines end at one router: it couldn't tell which of them a ping came by.
 *
 * @param links of one router
 */
export function probeRoutes(links: readonly EdgeLink[]): RouterPlan['statics'] {
  const lines = links.filter((link) => link.kind === 'leased-line').filter(({ edge }) => edge.region.provider === 'aliyun');
  const [only] = lines;
  if (only === undefined || lines.length > 1) return [];
  return [{ destination: PROBES, via: formatIpv4(only.line.cloudAddress), why: `health checks of leased line ${only.id}` }];
}

/** Whether the line's router answers health checks over it. */
export function isProbed({ routers }: IdcPlan, { line }: LeasedLineLinkPlan): boolean {
  const via = formatIpv4(line.cloudAddress);
  const router = routers.find(({ name }) => name === line.router);
  return router?.statics.some((route) => route.destination === PROBES && route.via === via) ?? false;
}
