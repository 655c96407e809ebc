/**
 * Who is told that a line or a VPN is dead. Nothing where the region names no contact group: CloudMonitor's rules tell nobody then.
 *
 * What ROS can't say, and is made by hand where it is wanted: a rule on the port of a physical connection (its product in CloudMonitor is
 * documented for the console alone), and one on a tunnel's metrics (documented for VPN gateways alone).
 */

import { isProbed } from '../../plan/links/line-probes';
import type { IdcPlan, LeasedLineLinkPlan, LinkEndPlan, VpnLinkPlan } from '../../plan/model';
import { runbookPage } from '../../plan/runbook-page';
import { getAtt, type RosResourceJson, resource } from '../ros';

/** Of pings that the health check sends, the part that is lost when the line counts as dead, percent; and minutes that it lasts. */
const LOST = { percent: 50, minutes: 3 } as const;

/** How a contact is told: by text message, mail and chat ("PutEventRuleTargets", ContactParameters Level). */
const LEVEL = '3';

/**
 * `LineDown`: pings of the line's health check are lost. Only a line that is probed has the metric; of another one the routers tell (their
 * BGP and BFD sessions). No values are told too.
 *
 * Sources: CloudMonitor, "Express Connect" (acs_physical_connection, VbrHealthyCheckLossRate by instanceId), "PutResourceMetricRule".
 *
 * @param router logical id of the border router @param name of the rule, once in the account
 */
export function lineAlarms(
  link: LeasedLineLinkPlan,
  { alarms }: LinkEndPlan,
  idc: IdcPlan,
  { router, name }: { readonly router: string; readonly name: string },
): Record<string, RosResourceJson> {
  const group = alarms?.contactGroup;
  if (group === undefined || !isProbed(idc, link)) return {};
  return {
    LineDown: resource('ALIYUN::CMS::ResourceMetricRule', {
      ContactGroups: [group],
      // The only words of such a rule that whoever is told reads.
      EmailSubject: `${link.id}: the line is down. ${runbookPage('LineDown')}`,
      Escalations: {
        Critical: {
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          Statistics: 'Average',
          Threshold: `${LOST.percent}`,
          Times: LOST.minutes,
        },
      },
      MetricName: 'VbrHealthyCheckLossRate',
      Namespace: 'acs_physical_connection',
      NoDataPolicy: 'INSUFFICIENT_DATA',
      Period: 60,
      Resources: [{ instanceId: getAtt(router, 'VbrId') }],
      RuleName: name,
    }),
  };
}

/**
 * `VpnEvents`: whatever CloudMonitor tells of VPNs as critical or as a warning (negotiations that fail, ends that are replaced). Such a rule
 * knows products, not connections: it tells of all VPNs of the account, and its name stands there once.
 *
 * Sources: VPN Gateway, "Monitor system events of IPsec-VPN" (product `vpngw`, levels); ROS, "ALIYUN::CMS::EventRule",
 * "ALIYUN::CMS::EventRuleTargets".
 *
 * @param name of the rule
 */
export function vpnAlarms(link: VpnLinkPlan, { alarms }: LinkEndPlan, name: string): Record<string, RosResourceJson> {
  const group = alarms?.contactGroup;
  if (group === undefined) return {};
  return {
    VpnEvents: resource('ALIYUN::CMS::EventRule', {
      Description: `events of VPNs, for ${link.id}. ${runbookPage('VpnEvents')}`,
      EventPattern: [{ EventTypeList: ['*'], LevelList: ['CRITICAL', 'WARN'], Product: 'vpngw' }],
      EventType: 'SYSTEM',
      RuleName: name,
      State: 'ENABLED',
    }),
    VpnEventsTargets: resource('ALIYUN::CMS::EventRuleTargets', {
      ContactParameters: [{ ContactGroupName: group, Id: '1', Level: LEVEL }],
      // The rule is made before it: whoever calls chains them.
      RuleName: name,
    }),
  };
}
