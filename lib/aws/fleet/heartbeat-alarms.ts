/** Alarms that name a host which isn't applied, isn't well, or says nothing: docs/boots.md. Only where somebody is told. */
import type { MemberPlan } from '../../plan/model';
import { HEARTBEAT } from '../../plan/names';
import { alarm } from '../alarm';
import { elasticId, memberId } from '../names';
import { ref, type TemplateResource } from '../template';

/** Seconds between two heartbeats of a host: one in each period. */
const PERIOD = 300;

/** A heartbeat that is 0 or missing for ten minutes: a restart takes less. */
export function memberUnwell(member: MemberPlan, topicArn: string): TemplateResource {
  const name = `${member.name}-unwell`;
  return alarm('HostUnwell', `${member.name}: its configuration is not applied, it is not well, or it says nothing`, topicArn, {
    AlarmName: name,
    ComparisonOperator: 'LessThanThreshold',
    Dimensions: [{ Name: 'InstanceId', Value: ref(memberId.instance(member.number, member.generation)) }],
    EvaluationPeriods: 2,
    MetricName: HEARTBEAT.metric,
    Namespace: HEARTBEAT.namespace,
    Period: PERIOD,
    Statistic: 'Maximum',
    Threshold: 1,
    TreatMissingData: 'breaching',
  });
}

/**
 * Fewer hosts say that they are well than are in service, for twenty minutes: a new one is in service before it is up. Each sends one value in
 * a period, so that their sum is how many are. `meissa status` names them.
 *
 * @param hostName what the fleet's hosts are called
 */
export function elasticUnwell(hostName: string, topicArn: string): TemplateResource {
  const metric = (Id: string, Metric: object, Stat: string) => ({
    Id,
    MetricStat: { Metric, Period: PERIOD, Stat },
    ReturnData: false,
  });
  return alarm(
    'HostUnwell',
    `${hostName}: a host in service has no configuration applied, is not well, or says nothing; meissa status names it`,
    topicArn,
    {
      AlarmName: `${hostName}-unwell`,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 4,
      Metrics: [
        { Expression: 'service - FILL(well, 0)', Id: 'unwell', ReturnData: true },
        metric(
          'service',
          {
            Dimensions: [{ Name: 'AutoScalingGroupName', Value: ref(elasticId.group) }],
            MetricName: 'GroupInServiceInstances',
            Namespace: 'AWS/AutoScaling',
          },
          'Minimum',
        ),
        metric(
          'well',
          { Dimensions: [{ Name: 'Fleet', Value: hostName }], MetricName: HEARTBEAT.metric, Namespace: HEARTBEAT.namespace },
          'Sum',
        ),
      ],
      Threshold: 1,
      // No group, no hosts; HostsMissing tells of those.
      TreatMissingData: 'notBreaching',
    },
  );
}
