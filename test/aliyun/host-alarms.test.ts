/** The same on Aliyun: metrics of the account's own, and rules of CloudMonitor. */
import { emit, inland, resourcesOf, withBeijing } from './fixtures';

const estate = inland();
const told = withBeijing(estate, (region) => ({ ...region, alarms: { contactGroup: 'ops' } }));

test('each member has a rule of its own name, to which no data is as bad as a no', () => {
  const stack = resourcesOf(emit(told), 'cn-beijing/core-voters');
  expect(stack.M2HostUnwell!.Properties).toEqual({
    ContactGroups: ['ops'],
    EmailSubject: 'cn-beijing-core-voters-2-unwell. docs/runbooks/HostUnwell.md',
    Escalations: { Critical: { ComparisonOperator: 'LessThanThreshold', Statistics: 'Maximum', Threshold: '1', Times: 2 } },
    MetricName: 'meissa_healthy',
    Namespace: 'acs_customMetric_1111111111111111',
    NoDataPolicy: 'INSUFFICIENT_DATA',
    Period: 300,
    Resources: [{ dimension: { 'Fn::Join': ['', ['instanceId=', { Ref: 'M2InstanceG1' }]] }, groupId: '0' }],
    RuleName: 'cn-beijing-core-voters-2-unwell',
  });
  expect(JSON.stringify(resourcesOf(emit(told), 'cn-beijing/base').RoleCoreVoters)).toContain('"cms:PutCustomMetric"');
});

test('where nobody is told there are none, and hosts may send no heartbeats', () => {
  expect(resourcesOf(emit(estate), 'cn-beijing/core-voters').M2HostUnwell).toBeUndefined();
  expect(JSON.stringify(resourcesOf(emit(estate), 'cn-beijing/base'))).not.toContain('PutCustomMetric');
});
