/** Hosts of regions that are not alike, by the reports that they leave in their region's bucket. */

import type { Unlike } from '../../deploy/host-reports/like-hosts';
import { regionReports } from '../../deploy/host-reports/region-reports';
import { unlikeHosts } from '../../deploy/host-reports/unlike-hosts';
import type { EstatePlan } from '../../plan/model';

export interface UnlikeRegion {
  readonly region: string;
  readonly hosts: readonly Unlike[];
  /** Why nobody knows. @default - its bucket was read */
  readonly unread?: string;
}

/** @param names of regions */
export function unlikeIn(plan: EstatePlan, names: readonly string[]): Promise<UnlikeRegion[]> {
  const regions = plan.regions.filter(({ name }) => names.includes(name));
  return Promise.all(
    regions.map(async (region) => {
      try {
        const reports = await regionReports(region);
        const hosts = region.fleets.flatMap(({ cluster, name, kind, context }) =>
          unlikeHosts({
            fleet: `${cluster}/${name}`,
            provider: region.provider,
            members: kind === 'members',
            reports: reports.filter(({ host }) => isOf(context.fleet.hostPrefix, host)),
            clockBound: Number(context.parameters.base?.clockBoundMs ?? Number.POSITIVE_INFINITY),
          }),
        );
        return { region: region.name, hosts };
      } catch (error) {
        return { region: region.name, hosts: [], unread: (error as Error).message };
      }
    }),
  );
}

/** `<prefix>-<number or instance id>`: one fleet's prefix may begin another's. */
function isOf(prefix: string, host: string): boolean {
  return host.startsWith(`${prefix}-`) && /^(\d+|i-\w+)$/.test(host.slice(prefix.length + 1));
}
