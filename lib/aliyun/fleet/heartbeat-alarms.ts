/** Alarms that name a host which isn't applied, isn't well, or says nothing: docs/boots.md. Only where somebody is told. */
import type { MemberPlan } from '../../plan/model';
import { HEARTBEAT } from '../../plan/names';
import { runbookPage } from '../../plan/runbook-page';
import { memberId } from '../names';
import { type RosResourceJson, ref, resource, type Value } from '../ros';

/** Whom they tell, and whose metrics they are. */
export interface HeartbeatProps {
  readonly contactGroup: string;
  /** UID of the account: the namespace of its own metrics holds it. */
  readonly account: string;
}

/** A heartbeat that is 0 or missing for ten minutes: a restart takes less. */
export function memberUnwell(member: MemberPlan, props: HeartbeatProps): RosResourceJson {
  const instance = ref(memberId.instance(member.number, member.generation));
  return rule(`${member.name}-unwell`, { 'Fn::Join': ['', ['instanceId=', instance]] } as Value<string>, 'Maximum', props);
}

/**
 * Of an elastic fleet, whose hosts have no names before they are there. `HostUnwell`: one says that it isn't well, or all are silent.
 * `HostsMissing`: fewer than the fleet's least say for twenty minutes that they are well, so that also one that booted without units, or that
 * Auto Scaling can't launch, is told of; each sends one value in a period, and their sum is how many are. CloudMonitor has no arithmetic over
 * metrics: a silent one above the least is named by `meissa status` alone. A group tells CloudMonitor of failed scaling only where its
 * `NotificationConfigurations` say so, which ROS can't change of a group that stands.
 *
 * Source: CloudMonitor, "Overview of custom monitoring" (Sum of raw data in five minutes).
 *
 * @param hostName what the fleet's hosts are called @param min the fleet's least; of 0 none can be missing
 */
export function elasticHeartbeats(hostName: string, min: number, props: HeartbeatProps): Record<string, RosResourceJson> {
  const dimension = `fleet=${hostName}`;
  return {
    HostUnwell: rule(`${hostName}-unwell`, dimension, 'Minimum', props),
    ...(min === 0
      ? {}
      : {
          HostsMissing: rule(`${hostName}-missing`, dimension, 'Sum', props, { page: 'HostsMissing', threshold: min, times: 4 }),
        }),
  };
}

/**
 * Sources: CloudMonitor, "PutCustomMetric" (GroupId 0: no application group), "PutResourceMetricRule" (NoDataPolicy INSUFFICIENT_DATA: no
 * values are told too). The namespace of an account's own metrics is that of its SDK's examples (java-cms-sdk), not of a reference page.
 */
function rule(
  name: string,
  dimension: Value<string>,
  statistics: 'Maximum' | 'Minimum' | 'Sum',
  { contactGroup, account }: HeartbeatProps,
  { page, threshold, times } = { page: 'HostUnwell', threshold: 1, times: 2 },
): RosResourceJson {
  return resource('ALIYUN::CMS::ResourceMetricRule', {
    ContactGroups: [contactGroup],
    EmailSubject: `${name}. ${runbookPage(page)}`,
    Escalations: {
      Critical: { ComparisonOperator: 'LessThanThreshold', Statistics: statistics, Threshold: `${threshold}`, Times: times },
    },
    MetricName: HEARTBEAT.aliyunMetric,
    Namespace: `acs_customMetric_${account}`,
    NoDataPolicy: 'INSUFFICIENT_DATA',
    Period: 300,
    Resources: [{ dimension, groupId: '0' }],
    RuleName: name,
  });
}
