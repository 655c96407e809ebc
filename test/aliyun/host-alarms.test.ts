/** The same on Aliyun: metrics of the account's own, and rules of CloudMonitor. */
import { elasticHeartbeats } from '../../lib/aliyun/fleet/heartbeat-alarms';
import { emit, inland, ofType, resourcesOf, withBeijing } from './fixtures';

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

test('of an elastic fleet fewer heartbeats than its least are told, so that one silent host of it is', () => {
  const regions = estate.regions.map((r) =>
    r.name === 'cn-hangzhou' ? ({ ...r, alarms: { contactGroup: 'ops' } } as typeof r) : r,
  );
  const stack = resourcesOf(emit({ ...estate, regions }), 'cn-hangzhou/core-adserver');
  const { MinSize, ScalingGroupName } = stack.Group!.Properties as { MinSize: number; ScalingGroupName: string };
  expect(stack.HostsMissing!.Properties).toMatchObject({
    EmailSubject: `${ScalingGroupName}-missing. docs/runbooks/HostsMissing.md`,
    Escalations: { Critical: { ComparisonOperator: 'LessThanThreshold', Statistics: 'Sum', Threshold: `${MinSize}`, Times: 4 } },
    NoDataPolicy: 'INSUFFICIENT_DATA',
    Period: 300,
    Resources: [{ dimension: `fleet=${ScalingGroupName}`, groupId: '0' }],
  });
  expect(stack.HostUnwell!.Properties).toMatchObject({
    Escalations: { Critical: { Statistics: 'Minimum', Threshold: '1', Times: 2 } },
  });
  const all = ofType(stack, 'CMS::ResourceMetricRule').map(([id]) => id);
  expect(all).toEqual(['HostUnwell', 'HostsMissing']);
});

test('a fleet that may have no host at all has none missing', () => {
  expect(Object.keys(elasticHeartbeats('x', 0, { contactGroup: 'ops', account: '1' }))).toEqual(['HostUnwell']);
});
