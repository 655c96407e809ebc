import { Tags } from 'aws-cdk-lib';
import type { ElasticFleet } from '../../lib/estate/model/model';
import { ADSERVER, plan, region, type SynthOptions, synth, template, VOTERS } from './fixtures';

function adserver(rest: Partial<ElasticFleet> = {}, options: SynthOptions = {}) {
  return template(synth(plan([region([{ ...ADSERVER, ...rest }, VOTERS])]), options), 'sa-east-1-core-adserver').Resources;
}

test('an elastic fleet rolls behind the signals of its own hosts, with a floor and suspended processes', () => {
  expect(adserver({ signalTimeout: 1200, maxBatch: 3 }).Group).toMatchObject({
    CreationPolicy: { ResourceSignal: { Count: 2, Timeout: 'PT1200S' } },
    UpdatePolicy: {
      AutoScalingRollingUpdate: {
        MaxBatchSize: 3,
        MinInstancesInService: 2,
        PauseTime: 'PT1200S',
        SuspendProcesses: ['HealthCheck', 'ReplaceUnhealthy', 'AZRebalance', 'AlarmNotification', 'ScheduledActions'],
        WaitOnResourceSignals: true,
      },
    },
  });
});

test('no DesiredCapacity stands in the template: scaling owns it', () => {
  expect(adserver().Group!.Properties).not.toHaveProperty('DesiredCapacity');
});

test('a group that may be empty waits for nobody when it is made', () => {
  expect(adserver({ min: 0 }).Group!.CreationPolicy).toBeUndefined();
});

test.each([
  [{ min: 3, max: 3, maxBatch: 1 }, 2],
  [{ min: 3, max: 3, maxBatch: 5 }, 0],
  [{ min: 2, max: 9, maxBatch: 1 }, 2],
])('the floor stays below MaxSize: %j', (size, floor) => {
  const policy = adserver(size).Group!.UpdatePolicy as { AutoScalingRollingUpdate: { MinInstancesInService: number } };
  expect(policy.AutoScalingRollingUpdate.MinInstancesInService).toBe(floor);
});

test('hosts have IMDSv2, an encrypted disk, their group and profile, and know which resource they signal', () => {
  const { LaunchTemplateData: data } = adserver().LaunchTemplate!.Properties as { LaunchTemplateData: Record<string, unknown> };
  expect(data).toMatchObject({
    BlockDeviceMappings: [{ Ebs: { Encrypted: true, KmsKeyId: 'alias/meissa-example-sa-east-1' } }],
    IamInstanceProfile: { Name: 'example-sa-east-1-core-adserver' },
    MetadataOptions: { HttpPutResponseHopLimit: 1, HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
    SecurityGroupIds: [{ 'Fn::ImportValue': 'sa-east-1-network:SecurityGroupCoreAdserverG1' }],
    TagSpecifications: ['instance', 'volume'].map((ResourceType) => ({
      ResourceType,
      Tags: expect.arrayContaining([
        { Key: 'meissa:gate', Value: 'sa-east-1-core-adserver/Group' },
        { Key: 'meissa_fleet', Value: 'core/adserver' },
        { Key: 'Name', Value: 'sa-east-1-core-adserver' },
        { Key: 'owner', Value: 'platform' },
        { Key: 'team', Value: 'ads' },
      ]),
    })),
  });
});

test('CDK tags reach the hosts: the group passes them on at launch', () => {
  const found = adserver({}, { before: (app) => Tags.of(app).add('cost', '7') });
  expect(found.Group!.Properties!.Tags).toContainEqual({ Key: 'cost', PropagateAtLaunch: true, Value: '7' });
});

test('alarms see failing and missing hosts', () => {
  const found = adserver({ alarms: { recover: false, topicArn: 'arn:aws:sns:sa-east-1:111111111111:ops' } });
  expect(found.HostsFailing!.Properties).toMatchObject({
    MetricName: 'StatusCheckFailed',
    AlarmActions: ['arn:aws:sns:sa-east-1:111111111111:ops'],
  });
  expect(found.HostsMissing!.Properties).toMatchObject({
    MetricName: 'GroupInServiceInstances',
    Threshold: 2,
    TreatMissingData: 'breaching',
  });
});
