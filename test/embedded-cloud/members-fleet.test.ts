import { createHash } from 'node:crypto';
import type { HostBehaviour, HostStart } from '../../lib/embedded-cloud';
import { base64, Driver, IMAGE, network, networkExports, type Resources } from './driver';

const zones = ['a', 'b', 'c'];
const gateOf = (n: number, userData: string): string =>
  `Gate${n}${createHash('sha256').update(userData).digest('hex').slice(0, 8)}`;

/** Three voters as the toolkit emits them: interface, retained volume, instance, gate; each after the gate before it. */
const voters = (userData: string, image = IMAGE): Resources =>
  Object.fromEntries(
    [1, 2, 3].flatMap((n) => [
      [
        `Eni${n}`,
        {
          Type: 'AWS::EC2::NetworkInterface',
          Properties: { SubnetId: { 'Fn::ImportValue': `net-Subnet${n - 1}` }, PrivateIpAddress: `10.0.${n - 1}.10` },
        },
      ],
      [
        `Data${n}`,
        {
          Type: 'AWS::EC2::Volume',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: { AvailabilityZone: `sa-east-1${zones[n - 1]}`, Size: 20 },
        },
      ],
      [
        `Host${n}`,
        {
          Type: 'AWS::EC2::Instance',
          ...(n > 1 ? { DependsOn: [gateOf(n - 1, userData)] } : {}),
          Properties: {
            ImageId: image,
            InstanceType: 't3.small',
            NetworkInterfaces: [{ NetworkInterfaceId: { Ref: `Eni${n}` }, DeviceIndex: '0' }],
            Volumes: [{ Device: '/dev/sdf', VolumeId: { Ref: `Data${n}` } }],
            UserData: base64(userData),
            MetadataOptions: { HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
            Tags: [
              { Key: 'Name', Value: `voter-${n}` },
              { Key: 'meissa:gate', Value: `voters/${gateOf(n, userData)}` },
            ],
          },
        },
      ],
      [
        gateOf(n, userData),
        {
          Type: 'AWS::CloudFormation::WaitCondition',
          DependsOn: [`Host${n}`],
          CreationPolicy: { ResourceSignal: { Count: 1, Timeout: 'PT5M' } },
        },
      ],
    ]),
  );

let driver: Driver;
let behaviour: (host: HostStart) => HostBehaviour = () => 'healthy';
const started: string[] = [];

beforeEach(async () => {
  behaviour = () => 'healthy';
  started.length = 0;
  driver = await Driver.start({
    hosts: {
      bootMilliseconds: 10,
      onStart: (host) => {
        started.push(host.name);
        return behaviour(host);
      },
    },
  });
  await driver.deploy('net', network(zones), { outputs: networkExports(zones) });
});
afterEach(() => driver.close());

test('voters come up one at a time, each behind the gate of the one before', async () => {
  const stack = await driver.deploy('voters', voters('one'));
  expect(stack.status).toBe('CREATE_COMPLETE');
  expect(started).toEqual(['voter-1', 'voter-2', 'voter-3']);
  const lines = driver.lines(stack);
  expect(lines.indexOf('Host2 CREATE_IN_PROGRESS')).toBeGreaterThan(lines.indexOf(`${gateOf(1, 'one')} CREATE_COMPLETE`));
  expect(driver.inventory.hosts.map((h) => [h.name, h.privateIp, h.starts])).toEqual([
    ['voter-1', '10.0.0.10', 1],
    ['voter-2', '10.0.1.10', 1],
    ['voter-3', '10.0.2.10', 1],
  ]);
});

test('changed user-data stops and starts them one at a time, on the same interfaces and volumes', async () => {
  await driver.deploy('voters', voters('one'));
  const before = driver.inventory.hosts;
  started.length = 0;
  const from = driver.region.stacks[driver.cloud.engine.stack(driver.region, 'voters').id]?.events.length ?? 0;
  const stack = await driver.deploy('voters', voters('two'), { disableRollback: true });
  expect(stack.status).toBe('UPDATE_COMPLETE');
  expect(started).toEqual(['voter-1', 'voter-2', 'voter-3']);
  expect(driver.inventory.hosts.map((h) => [h.starts, h.stops, h.userData])).toEqual(Array(3).fill([2, 1, 'two']));
  expect(driver.inventory.hosts.map((h) => [h.instanceId, h.interfaces, h.volumes])).toEqual(
    before.map((h) => [h.instanceId, h.interfaces, h.volumes]),
  );
  const lines = driver.lines(stack, from);
  for (const n of [1, 2]) {
    expect(lines.indexOf(`Host${n + 1} UPDATE_IN_PROGRESS`)).toBeGreaterThan(
      lines.indexOf(`${gateOf(n, 'two')} CREATE_COMPLETE`),
    );
  }
  expect(lines).toContain(`${gateOf(1, 'one')} DELETE_COMPLETE`);
  expect(lines.filter((l) => l.startsWith('Eni') || l.startsWith('Data'))).toEqual([]);
});

test('a host that never becomes healthy fails its gate and leaves the later members untouched', async () => {
  await driver.deploy('voters', voters('one'));
  behaviour = (host) => (host.name === 'voter-2' ? 'silent' : 'healthy');
  const stack = await driver.deploy('voters', voters('two'), { disableRollback: true });
  expect(stack.status).toBe('UPDATE_FAILED');
  expect(driver.failures(stack)).toEqual(['Failed to receive 1 resource signal(s) within the specified duration']);
  expect(driver.inventory.hosts.map((h) => [h.name, h.userData, h.starts])).toEqual([
    ['voter-1', 'two', 2],
    ['voter-2', 'two', 2],
    ['voter-3', 'one', 1],
  ]);
});

test('after such a failure a second deploy goes on where the first stopped', async () => {
  await driver.deploy('voters', voters('one'));
  behaviour = (host) => (host.name === 'voter-2' ? 'silent' : 'healthy');
  await driver.deploy('voters', voters('two'), { disableRollback: true });
  behaviour = () => 'healthy';
  const stack = await driver.deploy('voters', voters('three'), { disableRollback: true });
  expect(stack.status).toBe('UPDATE_COMPLETE');
  expect(driver.inventory.hosts.map((h) => h.userData)).toEqual(['three', 'three', 'three']);
  expect(Object.keys(stack.resources).filter((id) => id.startsWith('Gate'))).toHaveLength(3);
});

test('a replacing change of a member fails because the old instance holds the interface', async () => {
  await driver.deploy('voters', voters('one'));
  const before = driver.inventory.hosts;
  const stack = await driver.deploy('voters', voters('one', 'ami-0123456789abcdef1'));
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(driver.failures(stack)[0]).toMatch(
    /^Interface: \[eni-[0-9a-f]+\] in use\. .*Error Code: InvalidNetworkInterface\.InUse/,
  );
  expect(driver.inventory.hosts).toEqual(before);
});

test('with rollback off a replacing change is refused before anything is made', async () => {
  await driver.deploy('voters', voters('one'));
  const stack = await driver.deploy('voters', voters('one', 'ami-0123456789abcdef1'), { disableRollback: true });
  expect(stack.status).toBe('UPDATE_FAILED');
  expect(driver.failures(stack)[0]).toBe('Replacement type updates not supported on stack with disable-rollback.');
});

test('a member is replaced in two deploys: without the instance, then with a new one on the same interface and volume', async () => {
  await driver.deploy('voters', voters('one'));
  const lost = driver.inventory.hosts[1];
  driver.cloud.terminate('sa-east-1', lost?.instanceId ?? '');
  expect((await driver.deploy('voters', voters('one'), { tags: { touch: 'no' } })).status).toBe('UPDATE_ROLLBACK_COMPLETE');

  const without = voters('one');
  delete without.Host2;
  delete without[gateOf(2, 'one')];
  (without.Host3 as unknown as { DependsOn: string[] }).DependsOn = [gateOf(1, 'one')];
  expect((await driver.deploy('voters', without)).status).toBe('UPDATE_COMPLETE');
  expect(driver.inventory.hosts.map((h) => h.name)).toEqual(['voter-1', 'voter-3']);

  expect((await driver.deploy('voters', voters('one'))).status).toBe('UPDATE_COMPLETE');
  const fresh = driver.inventory.hosts[1];
  expect(fresh?.instanceId).not.toBe(lost?.instanceId);
  expect([fresh?.interfaces, fresh?.volumes]).toEqual([lost?.interfaces, lost?.volumes]);
});

test('a deleted fleet leaves its retained volumes and nothing else', async () => {
  await driver.deploy('voters', voters('one'));
  const stack = await driver.delete('voters');
  expect(stack.status).toBe('DELETE_COMPLETE');
  expect(driver.inventory.hosts).toEqual([]);
  expect(driver.inventory.interfaces).toEqual([]);
  expect(driver.inventory.volumes.map((v) => v.attachedTo)).toEqual([undefined, undefined, undefined]);
});
