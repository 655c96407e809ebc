/** Alarms of a fleet: aggregate, so that growth adds no alarm and moves nobody. */

import { METRICS_PER_MATH_ALARM } from '../../facts/aws/limits';
import type { MemberPlan } from '../../plan/model';
import { FLEET_TAG } from '../../plan/names';
import { alarm } from '../alarm';
import { elasticId, memberId } from '../names';
import { getAtt, ref, type TemplateResource } from '../template';

/** What watches the members of a stack. */
export interface MembersAlarms {
  /** `<cluster>/<fleet>`: value of the tag `meissa_fleet`, which every instance has by its stack's tags. */
  readonly fleet: string;
  /** Whether the fleet's aggregate alarm stands in this stack: in one of its shards, the first. */
  readonly aggregate: boolean;
  /**
   * SNS topic that the aggregate alarm tells.
   *
   * @default - tells nobody
   */
  readonly topicArn?: string;
  /**
   * ARN of EC2's recover action: one more alarm a member, which moves it to sound hardware when its own fails.
   *
   * @default - members are not recovered
   */
  readonly recoverAction?: string;
}

/** An elastic fleet, as its alarms tell of it. */
export interface ElasticAlarms {
  readonly hostName: string;
  /** Hosts at least. */
  readonly min: number;
  /** SNS topic that alarms tell. @default - alarms tell nobody */
  readonly topicArn?: string;
}

/**
 * Alarms of an elastic fleet. `HostsFailing`: a host fails its status checks; EC2 publishes them with the dimension
 * AutoScalingGroupName. `HostsMissing`: fewer hosts are in service than the fleet's least for ten minutes.
 */
export function elasticAlarms(props: ElasticAlarms): Record<string, TemplateResource> {
  const dimensions = [{ Name: 'AutoScalingGroupName', Value: ref(elasticId.group) }];
  const failing = alarm('HostsFailing', `${props.hostName}: a host fails its status checks`, props.topicArn, {
    ...AT_LEAST_ONE,
    Dimensions: dimensions,
    EvaluationPeriods: 5,
    MetricName: 'StatusCheckFailed',
    Namespace: 'AWS/EC2',
    Period: 60,
    Statistic: 'Maximum',
  });
  if (props.min === 0) return { HostsFailing: failing };
  const missing = alarm('HostsMissing', `${props.hostName}: fewer than ${props.min} hosts are in service`, props.topicArn, {
    ComparisonOperator: 'LessThanThreshold',
    Dimensions: dimensions,
    EvaluationPeriods: 10,
    MetricName: 'GroupInServiceInstances',
    Namespace: 'AWS/AutoScaling',
    Period: 60,
    Statistic: 'Minimum',
    Threshold: props.min,
    // A group that reports nothing is as bad as one without hosts.
    TreatMissingData: 'breaching',
  });
  return { HostsFailing: failing, HostsMissing: missing };
}

/**
 * The aggregate alarm of a members fleet: one alarm, `HostsFailing`, however many members.
 *
 * A small fleet (voters) is one metric math alarm over its instances. A larger one is one Metrics Insights query over the
 * tag `meissa_fleet`, which new members join by themselves. What it sees: a running host whose EC2 status checks fail.
 * What it can't see: a host that was terminated (its metric ends), a sick process on a sound host, and nothing at all until
 * "resource tags on telemetry" is switched on in the account, once (CloudWatch settings). Quota: 200 such alarms a region.
 * Source: Amazon CloudWatch User Guide, "Create a CloudWatch alarm based on a Metrics Insights query", "Limits".
 */
export function membersAlarm(members: readonly MemberPlan[], quorum: boolean, alarms: MembersAlarms): TemplateResource {
  const present = members.filter((member) => !member.absent);
  const metrics =
    quorum && present.length > 0 && present.length < METRICS_PER_MATH_ALARM ? mathOver(present) : [query(alarms.fleet)];
  return alarm('HostsFailing', `${alarms.fleet}: a host fails its status checks`, alarms.topicArn, {
    ...AT_LEAST_ONE,
    EvaluationPeriods: 5,
    Metrics: metrics,
  });
}

/** Moves an instance to sound hardware: same id, address, disks. Source: Amazon EC2 User Guide, "Recover your instance". */
export function recoverAlarm(instanceId: string, member: MemberPlan, action: string): TemplateResource {
  return alarm('HostRecovered', `${member.name}: recovered when its hardware fails`, action, {
    ...AT_LEAST_ONE,
    Dimensions: [{ Name: 'InstanceId', Value: ref(instanceId) }],
    EvaluationPeriods: 2,
    MetricName: 'StatusCheckFailed_System',
    Namespace: 'AWS/EC2',
    Period: 60,
    Statistic: 'Minimum',
  });
}

/**
 * Alarms of a load balancer, from the health questions of one of its groups. `HostsUnhealthy`: for five minutes a host can't append.
 * `NoHostHealthy`: none can, and senders keep their lines. Source: Elastic Load Balancing, "CloudWatch metrics for your Network Load Balancer".
 *
 * @param balancerId logical id of the load balancer
 * @param groupId logical id of the target group
 */
export function entryAlarms(
  { name, topicArn }: { readonly name: string; readonly topicArn?: string },
  balancerId: string,
  groupId: string,
): Record<string, TemplateResource> {
  const common = {
    Dimensions: [
      { Name: 'LoadBalancer', Value: getAtt(balancerId, 'LoadBalancerFullName') },
      { Name: 'TargetGroup', Value: getAtt(groupId, 'TargetGroupFullName') },
    ],
    Namespace: 'AWS/NetworkELB',
    Period: 60,
    Statistic: 'Maximum',
  };
  return {
    HostsUnhealthy: alarm('HostsUnhealthy', `${name}: a host behind the load balancer can't take lines`, topicArn, {
      ...AT_LEAST_ONE,
      ...common,
      EvaluationPeriods: 5,
      MetricName: 'UnHealthyHostCount',
    }),
    NoHostHealthy: alarm('NoHostHealthy', `${name}: no host behind the load balancer takes lines`, topicArn, {
      ...common,
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: 2,
      MetricName: 'HealthyHostCount',
      Threshold: 1,
      TreatMissingData: 'breaching',
    }),
  };
}

const AT_LEAST_ONE = {
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Threshold: 1,
  TreatMissingData: 'notBreaching',
};

function query(fleet: string): object {
  return {
    Expression: `SELECT MAX(StatusCheckFailed) FROM SCHEMA("AWS/EC2", InstanceId) WHERE tag.${FLEET_TAG} = '${fleet}'`,
    Id: 'failing',
    Period: 60,
    ReturnData: true,
  };
}

function mathOver(members: readonly MemberPlan[]): object[] {
  const ids = members.map((member) => `m${member.number}`);
  return [
    { Expression: `MAX([${ids.join(', ')}])`, Id: 'failing', ReturnData: true },
    ...members.map((member) => ({
      Id: `m${member.number}`,
      MetricStat: {
        Metric: {
          Dimensions: [{ Name: 'InstanceId', Value: ref(memberId.instance(member.number, member.generation)) }],
          MetricName: 'StatusCheckFailed',
          Namespace: 'AWS/EC2',
        },
        Period: 60,
        Stat: 'Maximum',
      },
      ReturnData: false,
    })),
  ];
}
