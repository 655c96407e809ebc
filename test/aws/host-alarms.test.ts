/** A host that isn't applied, isn't well, or says nothing is named by an alarm: docs/boots.md. */
import { ADSERVER, plan, region, STORAGE, synth, template, VOTERS } from './fixtures';

const TOPIC = 'arn:aws:sns:sa-east-1:111111111111:ops';
const told = { alarms: { topicArn: TOPIC } };
const fleets = [ADSERVER, { ...STORAGE, count: 3 }, VOTERS];

test('each member has an alarm of its own name, to which silence is as bad as a no', () => {
  const stack = template(synth(plan([region(fleets, told)])), 'sa-east-1-core-voters').Resources;
  for (const number of [1, 2, 3]) {
    expect(stack[`M${number}HostUnwell`]!.Properties).toMatchObject({
      AlarmActions: [TOPIC],
      AlarmName: `sa-east-1-core-voters-${number}-unwell`,
      AlarmDescription: expect.stringContaining(`sa-east-1-core-voters-${number}: `),
      ComparisonOperator: 'LessThanThreshold',
      Dimensions: [{ Name: 'InstanceId', Value: { Ref: `M${number}InstanceG1` } }],
      EvaluationPeriods: 2,
      MetricName: 'Healthy',
      Namespace: 'meissa',
      Period: 300,
      Statistic: 'Maximum',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
    // No reboot by itself: what is silent may be the way, and then every voter would.
    expect(stack[`M${number}HostUnwell`]!.Properties!.AlarmActions).toHaveLength(1);
  }
});

test('an elastic fleet’s alarm counts who says that it is well against who is in service', () => {
  const stack = template(synth(plan([region(fleets, told)])), 'sa-east-1-core-adserver').Resources;
  expect(stack.HostUnwell!.Properties).toMatchObject({
    AlarmName: 'sa-east-1-core-adserver-unwell',
    Metrics: [
      { Expression: 'service - FILL(well, 0)', ReturnData: true },
      { MetricStat: { Metric: { MetricName: 'GroupInServiceInstances' }, Stat: 'Minimum' } },
      { MetricStat: { Metric: { Dimensions: [{ Name: 'Fleet', Value: 'sa-east-1-core-adserver' }] }, Stat: 'Sum' } },
    ],
    Threshold: 1,
  });
});

test('where nobody is told there are none, and hosts may send no heartbeats', () => {
  const quiet = synth(plan([region(fleets)]));
  for (const name of ['voters', 'adserver', 'storage-1'])
    expect(quiet.text.get(`sa-east-1-core-${name}`)).not.toContain('HostUnwell');
  expect(quiet.text.get('sa-east-1-base')).not.toContain('PutMetricData');
});

test('where somebody is told, a host may send them in the namespace of heartbeats only', () => {
  const base = template(synth(plan([region(fleets, told)])), 'sa-east-1-base').Resources;
  expect(JSON.stringify(base.RoleCoreStorage)).toContain(
    '"Sid":"Heartbeat","Effect":"Allow","Action":["cloudwatch:PutMetricData"],"Resource":["*"],"Condition":{"StringEquals":{"cloudwatch:namespace":"meissa"}}',
  );
});

test('a fleet that names somebody itself has them, too', () => {
  const own = { ...STORAGE, count: 3, alarms: { recover: false, topicArn: TOPIC } };
  const found = synth(plan([region([ADSERVER, own, VOTERS])]));
  expect(found.text.get('sa-east-1-core-storage-1')).toContain('sa-east-1-core-storage-3-unwell');
  expect(found.text.get('sa-east-1-core-voters')).not.toContain('HostUnwell');
});

test('they count among the resources of a stack, before it is constructed', () => {
  const many = { ...STORAGE, count: 150, membersPerStack: 150, alarms: { recover: true, topicArn: TOPIC } };
  expect(() => synth(plan([region([many, VOTERS])]))).toThrow(/STACK_TOO_MANY_RESOURCES stack sa-east-1-core-storage-1 has 751 /);
});
