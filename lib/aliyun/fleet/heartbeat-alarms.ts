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
 * A host of an elastic fleet says that it isn't well, or that the next one of its group says nothing: CloudMonitor has no arithmetic over
 * metrics, and ROS takes no `Sum` of one for a rule (ALIYUN::CMS::ResourceMetricRule, Statistics), so hosts look after each other
 * (meissa-cloud, `beat`). No values at all: all are silent.
 *
 * @param hostName what the fleet's hosts are called
 */
export function elasticUnwell(hostName: string, props: HeartbeatProps): RosResourceJson {
  return rule(`${hostName}-unwell`, `fleet=${hostName}`, 'Minimum', props);
}

/**
 * Sources: CloudMonitor, "PutCustomMetric" (GroupId 0: no application group), "PutResourceMetricRule" (NoDataPolicy INSUFFICIENT_DATA: no
 * values are told too). The namespace of an account's own metrics is that of its SDK's examples (java-cms-sdk), not of a reference page.
 */
function rule(
  name: string,
  dimension: Value<string>,
  statistics: 'Maximum' | 'Minimum',
  { contactGroup, account }: HeartbeatProps,
): RosResourceJson {
  return resource('ALIYUN::CMS::ResourceMetricRule', {
    ContactGroups: [contactGroup],
    EmailSubject: `${name}. ${runbookPage('HostUnwell')}`,
    Escalations: {
      Critical: { ComparisonOperator: 'LessThanThreshold', Statistics: statistics, Threshold: '1', Times: 2 },
    },
    MetricName: HEARTBEAT.aliyunMetric,
    Namespace: `acs_customMetric_${account}`,
    NoDataPolicy: 'INSUFFICIENT_DATA',
    Period: 300,
    Resources: [{ dimension, groupId: '0' }],
    RuleName: name,
  });
}
