import type { JsonObject } from '../../../../engine/json';
import { ALARM_ACTIONS, ALARM_PERIODS, ALARM_SECONDS, EXTENDED_STATISTIC } from '../../../../facts/aws/requests';
import { givenOf, maps, members, number, type PropertyCheck, type Said, text, twice, unless } from '../given';

const periodFault = (period: number | undefined): Said =>
  period !== undefined &&
  !ALARM_PERIODS.includes(period) &&
  (period <= 0 || period % 60 !== 0) &&
  `Period: ${period} is not one of ${ALARM_PERIODS.join(', ')} or a multiple of 60`;

/** Periods of an hour and longer may be seven days together, shorter ones a day ("PutMetricAlarm", EvaluationPeriods). */
function spanFault(p: JsonObject): Said {
  const [period, times] = [number(p, 'Period'), number(p, 'EvaluationPeriods')];
  if (period === undefined || times === undefined) return undefined;
  const most = period >= 3600 ? ALARM_SECONDS.week : ALARM_SECONDS.day;
  return (
    period * times > most &&
    `EvaluationPeriods: Metrics cannot be checked across more than ${most === ALARM_SECONDS.week ? 'seven days' : 'a day'} (EvaluationPeriods * Period must be <= ${most}).`
  );
}

const actionFaults = (p: JsonObject): Said[] =>
  ['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((key): Said[] => [
    members(p[key]).length > ALARM_ACTIONS && `${key}: an alarm takes ${ALARM_ACTIONS} actions for a state`,
  ]);

export const alarmChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::CloudWatch::Alarm': (p) => {
    const [periods, points] = [number(p, 'EvaluationPeriods'), number(p, 'DatapointsToAlarm')];
    const metrics = maps(p.Metrics);
    const single = p.MetricName !== undefined;
    const results = metrics.filter((m) => text(m, 'ReturnData') !== 'false').length;
    return [
      ...actionFaults(p),
      unless(
        EXTENDED_STATISTIC,
        text(p, 'ExtendedStatistic'),
        (s) => `ExtendedStatistic: ${s} is no percentile or trimmed statistic`,
      ),
      ...twice(maps(p.Dimensions).flatMap((d) => text(d, 'Name') ?? [])).map((name) => `Dimensions: two of one name: ${name}`),
      p.ComparisonOperator === undefined &&
        p.EvaluationCriteria === undefined &&
        'ComparisonOperator: The parameter ComparisonOperator is required.',
      periods !== undefined && periods < 1 && 'EvaluationPeriods: it is at least 1',
      periods !== undefined &&
        points !== undefined &&
        points > periods &&
        'DatapointsToAlarm: Specify a value for DatapointsToAlarm that is not greater than the number of EvaluationPeriods',
      p.Threshold === undefined &&
        p.ThresholdMetricId === undefined &&
        p.EvaluationCriteria === undefined &&
        'Threshold: The parameter Threshold or ThresholdMetricId is required.',
      periodFault(number(p, 'Period')),
      ...metrics.map((m) => periodFault(number((m.MetricStat ?? {}) as JsonObject, 'Period'))),
      spanFault(p),
      ...(single
        ? [
            givenOf(p, ['Statistic', 'ExtendedStatistic']).length !== 1 &&
              'Statistic: Exactly one of statistic and extendedStatistic must be given',
            p.Period === undefined && 'Period: The parameter Period is required.',
            p.Namespace === undefined && 'Namespace: The parameter Namespace is required.',
          ]
        : []),
      metrics.length > 0 &&
        p.ThresholdMetricId === undefined &&
        results !== 1 &&
        'Metrics: Exactly one of the metrics must return data',
    ];
  },
  'AWS::CloudWatch::CompositeAlarm': (p) => actionFaults(p),
};
