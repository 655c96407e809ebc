import type { HostBehaviour } from '../../lib/embedded-cloud';
import { base64, Driver, IMAGE, network, type Resources } from './driver';

let driver: Driver;
let behaviour: HostBehaviour = 'healthy';
beforeEach(async () => {
  behaviour = 'healthy';
  driver = await Driver.start({ hosts: { bootMilliseconds: 10, onStart: () => behaviour } });
});
afterEach(() => driver.close());

const fleet = (userData: string, more: object = {}): Resources => ({
  ...network(['a', 'b', 'c']),
  Template: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { ImageId: IMAGE, InstanceType: 't3.small', UserData: base64(userData) } },
  },
  Group: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    CreationPolicy: { ResourceSignal: { Count: 3, Timeout: 'PT5M' } },
    UpdatePolicy: {
      AutoScalingRollingUpdate: {
        MinInstancesInService: 2,
        MaxBatchSize: 1,
        WaitOnResourceSignals: true,
        PauseTime: 'PT5M',
        SuspendProcesses: ['AZRebalance'],
      },
    },
    Properties: {
      MinSize: '3',
      MaxSize: '6',
      VPCZoneIdentifier: [{ Ref: 'Subnet0' }, { Ref: 'Subnet1' }, { Ref: 'Subnet2' }],
      LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
      Tags: [{ Key: 'meissa:gate', Value: 'fleet/Group', PropagateAtLaunch: true }],
      ...more,
    },
  },
});

test('a group launches its hosts over its zones and waits for their signals', async () => {
  const stack = await driver.deploy('fleet', fleet('one'));
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(driver.inventory.hosts.map((h) => h.zone).sort()).toEqual(['sa-east-1a', 'sa-east-1b', 'sa-east-1c']);
  expect(stack.events.filter((e) => e.reason?.startsWith('Received SUCCESS signal'))).toHaveLength(3);
});

test('a group whose hosts stay silent fails', async () => {
  behaviour = 'silent';
  const stack = await driver.deploy('fleet', fleet('one'));
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(driver.failures(stack)[0]).toBe(
    'Received 0 SUCCESS signal(s) out of 3.  Unable to satisfy 100% MinSuccessfulInstancesPercent requirement',
  );
  expect(driver.inventory.hosts).toEqual([]);
});

test('new launch settings roll through the group without going under its floor', async () => {
  await driver.deploy('fleet', fleet('one'));
  const before = driver.inventory.hosts.map((h) => h.instanceId);
  let least = 3;
  const watch = setInterval(() => {
    least = Math.min(least, driver.inventory.hosts.length);
  }, 1);
  const stack = await driver.deploy('fleet', fleet('two'));
  clearInterval(watch);
  expect(stack.status).toBe('UPDATE_COMPLETE');
  expect(least).toBeGreaterThanOrEqual(2);
  const after = driver.inventory.hosts;
  expect(after.map((h) => h.userData)).toEqual(['two', 'two', 'two']);
  expect(after.filter((h) => before.includes(h.instanceId))).toEqual([]);
});

test.each([
  ['a pause over an hour', { PauseTime: 'PT2H' }, /PauseTime must be in the ISO8601 .* no greater than PT3600S seconds/],
  ['a pause that is no time', { PauseTime: '15 minutes' }, /PauseTime must be in the ISO8601/],
  ['batches of nobody', { MaxBatchSize: 0 }, /MaxBatchSize must be at least 1/],
  [
    'all hosts in service',
    { MinInstancesInService: 6 },
    /^MinInstancesInService must be less than the autoscaling group's MaxSize$/,
  ],
])('a policy with %s is taken with the group, and fails the first roll', async (_what, policy, words) => {
  const roll = (userData: string): Resources => {
    const { Group, ...rest } = fleet(userData);
    return { ...rest, Group: { ...Group!, UpdatePolicy: { AutoScalingRollingUpdate: policy } } };
  };
  expect((await driver.deploy('fleet', roll('one'))).status).toBe('CREATE_COMPLETE');
  const stack = await driver.deploy('fleet', roll('two'));
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(driver.failures(stack)[0]).toMatch(words);
});

test('a rolling update whose first host stays silent goes back', async () => {
  await driver.deploy('fleet', fleet('one'));
  behaviour = 'silent';
  const going = driver.deploy('fleet', fleet('two'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  behaviour = 'healthy';
  const stack = await going;
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(driver.inventory.hosts.map((h) => h.userData)).toEqual(['one', 'one', 'one']);
});

test('the size that scaling gave the group outlives an update', async () => {
  await driver.deploy('fleet', fleet('one'));
  const group = driver.inventory.scalingGroups[0]?.name ?? '';
  const record = driver.region.scalingGroups[group];
  if (record) record.desired = 5;
  await driver.deploy('fleet', fleet('one', { MaxSize: '8' }));
  expect(driver.inventory.scalingGroups).toMatchObject([{ desired: 5, max: 8 }]);
  expect(driver.inventory.hosts).toHaveLength(5);
});

test('a deleted group takes its hosts with it', async () => {
  await driver.deploy('fleet', fleet('one'));
  expect((await driver.delete('fleet')).status).toBe('DELETE_COMPLETE');
  expect(driver.inventory).toMatchObject({ hosts: [], interfaces: [], volumes: [], vpcs: [] });
});
