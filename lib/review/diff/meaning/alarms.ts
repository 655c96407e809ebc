/** Alarms that come, go, or look at something else. */
import { type DiffContext, explained } from './context';
import { memberNumber } from './host-names';
import { hostChanges } from './hosts';
import type { Meaning } from './meaning';
import { changeWords, valueWords } from './references';

export const ALARMS: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'ALIYUN::CMS::ResourceMetricRule',
  'ALIYUN::CMS::GroupMetricRule',
  'ALIYUN::CMS::MetricRuleTargets',
  'ALIYUN::CMS::EventRule',
  'ALIYUN::CMS::EventRuleTargets',
]);

export function alarmsThatChange(context: DiffContext): Meaning[] {
  if (context.change.kind === 'removed') return [];
  const changing = new Set(hostChanges(context).map(({ name }) => name));
  return context.resources.flatMap(({ id, type, before, after, properties }): Meaning[] => {
    if (!ALARMS.has(type)) return [];
    // A member's own comes and goes with it: member-parts.
    const whole = before === undefined || after === undefined;
    if (whole && memberNumber(id) !== undefined && changing.has(context.hostOf(id) ?? '')) return [];
    const { Properties } = (after ?? before)!;
    const name = `alarm ${valueWords(Properties.AlarmName ?? Properties.RuleName ?? Properties.AlarmDescription ?? id)}`;
    const base = { severity: 'addition', stack: context.change.path, hosts: [], details: [] } as const;
    if (before === undefined) return [{ ...base, kind: 'alarm-comes', what: `+ ${name}`, explains: [explained(id)] }];
    if (after === undefined) return [{ ...base, kind: 'alarm-goes', what: `- ${name}`, explains: [explained(id)] }];
    const own = properties.filter((property) => property !== 'Tags');
    if (own.length === 0) return [];
    const words = own
      .map((property) => changeWords(property, before.Properties[property], after.Properties[property], context))
      .join('; ');
    return [
      { ...base, kind: 'alarm-changes', what: `~ ${name}: ${words}`, explains: own.map((property) => explained(id, property)) },
    ];
  });
}
