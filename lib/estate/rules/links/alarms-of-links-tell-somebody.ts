import { isEdge, linksOf } from '../../model/resolved-links';
import { tellsSomebody } from '../../model/told';
import { howToTell, silentFleets } from '../regions/whom-alarms-tell';
import { type Rule, wholeRegions } from '../rule';
import { lineOf, some } from './link-entry';

/** A line and its fallback are watched, and somebody is told. Source: CloudWatch, "PutMetricAlarm" (AlarmActions: an alarm without one changes its state and nothing else); CloudMonitor, "PutResourceMetricRule" (ContactGroups is required). */
export const alarmsOfLinksTellSomebody: Rule = {
  code: 'LINK_ALARMS',
  severity: 'warning',
  title: 'Alarms of leased lines and VPNs tell somebody.',
  why: 'while the line carries everything nobody misses a dead fallback, and while the fallback carries everything nobody misses the line',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) => {
      const edges = linksOf(estate, region).filter(isEdge);
      if (edges.length === 0 || tellsSomebody(region.alarms ?? {})) return [];
      const silent = silentFleets(region);
      const hosts = silent.length === 0 ? '' : `, nor does anybody learn when a host of ${some(silent)} is not well`;
      return [
        {
          file: region.file,
          path: ['alarms'],
          message: `alarms of ${some(edges.map(({ id }) => id))} tell nobody at ${region.name}${hosts}`,
          ...howToTell(estate, region),
          also: edges.map((link) => lineOf(estate, link)),
        },
      ];
    }),
};
