import { set } from '../../findings/remedy';
import type { Region } from '../../model/model';
import { isEdge, linksOf } from '../../model/resolved-links';
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
      if (edges.length === 0 || region.alarms?.topicArn !== undefined || region.alarms?.contactGroup !== undefined) return [];
      return [
        {
          file: region.file,
          path: ['alarms'],
          message: `alarms of ${some(edges.map(({ id }) => id))} tell nobody at ${region.name}`,
          write: [set(['alarms'], told(region))],
          fix: 'the name is yours; who is told stands in no stack and is made before',
          also: edges.map((link) => lineOf(estate, link)),
        },
      ];
    }),
};

function told(region: Region): Record<string, string> {
  if (region.provider === 'aliyun') return { contactGroup: 'ops' };
  const { partition, account } = region.aws;
  return { topicArn: `arn:${partition}:sns:${region.cloudRegion}:${account}:ops` };
}
