/** CloudFormation's manners in virtual time: what only time shows, and what a replacement of a host runs into. */
import type { HostBehaviour, HostStart } from '../../lib/embedded-cloud';
import { regionOf } from '../../lib/embedded-cloud/store/world';
import { type VirtualCloud, virtualCloud } from '../../lib/embedded-cloud/virtual';
import type { Stack } from '../../lib/engine/stack';
import { BOOT_SECONDS } from '../../lib/facts/aws/durations';
import { base64, IMAGE, network, networkExports, type Resources } from './driver';

const ACCOUNT = '111111111111';

class Virtual {
  readonly cloud: VirtualCloud;
  /** Name and behaviour of who starts. */
  behaviour: (host: HostStart) => HostBehaviour = () => 'healthy';

  constructor() {
    this.cloud = virtualCloud({ onStart: (host) => this.behaviour(host) });
  }

  get region() {
    return regionOf(this.cloud.world, ACCOUNT, 'sa-east-1');
  }

  /** Creates or updates a stack; its end, and how many seconds it took. */
  async deploy(name: string, Resources: Resources, more: object = {}): Promise<{ stack: Stack; seconds: number }> {
    const { engine, clock } = this.cloud;
    const { Outputs, ...options } = more as { Outputs?: object };
    const request = { name, body: JSON.stringify({ Resources, Outputs }), parameters: [], capabilities: [], ...options };
    const from = clock.milliseconds();
    const stands = engine.find(this.region, name) !== undefined;
    const stack = stands ? engine.update(this.region, request) : engine.create(this.region, request);
    await clock.run(engine.over(stack.id));
    return { stack, seconds: (clock.milliseconds() - from) / 1000 };
  }

  failures({ events }: Stack): string[] {
    return events
      .filter(({ status, type }) => /_FAILED$/.test(status) && !type.endsWith('::Stack'))
      .map(({ reason }) => reason ?? '');
  }
}

const host = (properties: object = {}, more: object = {}): Resources => ({
  Eni: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { Ref: 'Subnet0' } } },
  Data: {
    Type: 'AWS::EC2::Volume',
    DeletionPolicy: 'Retain',
    Properties: { AvailabilityZone: 'sa-east-1a', Size: 20 },
  },
  Host: {
    Type: 'AWS::EC2::Instance',
    Properties: {
      ImageId: IMAGE,
      NetworkInterfaces: [{ NetworkInterfaceId: { Ref: 'Eni' }, DeviceIndex: '0' }],
      Volumes: [{ Device: '/dev/sdf', VolumeId: { Ref: 'Data' } }],
      MetadataOptions: { HttpTokens: 'required', InstanceMetadataTags: 'enabled' },
      Tags: [{ Key: 'meissa:gate', Value: 'host/Gate' }],
      ...properties,
    },
    ...more,
  },
});

const gate = (timeout: string): Resources => ({
  Gate: {
    Type: 'AWS::CloudFormation::WaitCondition',
    DependsOn: 'Host',
    CreationPolicy: { ResourceSignal: { Count: 1, Timeout: timeout } },
  },
});

const whole = (timeout = 'PT15M') => ({ ...network(['a']), ...host(), ...gate(timeout) });

test('a gate opens when its host is well, and the stack waits as long', async () => {
  const virtual = new Virtual();
  const without = await new Virtual().deploy('host', { ...network(['a']), ...host() });
  const { stack, seconds } = await virtual.deploy('host', whole());
  expect(stack.status).toBe('CREATE_COMPLETE');
  // The host boots from its launch on, which is when its instance begins to be made.
  expect(seconds).toBeGreaterThan(BOOT_SECONDS);
  expect(seconds).toBeLessThan(without.seconds + BOOT_SECONDS + 1);
});

test('a host that is never well holds its gate until the time-out, and all goes back but what is retained', async () => {
  const virtual = new Virtual();
  virtual.behaviour = () => 'silent';
  const { stack, seconds } = await virtual.deploy('host', whole('PT15M'));
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(seconds).toBeGreaterThan(15 * 60);
  expect(virtual.failures(stack)[0]).toBe('Failed to receive 1 resource signal(s) within the specified duration');
  expect(Object.keys(virtual.region.volumes)).toHaveLength(1);
  expect(Object.values(virtual.region.instances).filter(({ state }) => state === 'running')).toEqual([]);
});

test('a host that says that it failed ends its gate at once', async () => {
  const virtual = new Virtual();
  virtual.behaviour = () => 'failed';
  const { stack, seconds } = await virtual.deploy('host', whole('PT15M'), { disableRollback: true });
  expect(stack.status).toBe('CREATE_FAILED');
  expect(seconds).toBeLessThan(5 * 60);
});

test('a signal that comes before its gate is open is given again until it is; one that comes too late opens nothing', async () => {
  const virtual = new Virtual();
  // The gate opens minutes after the host is well: a volume of its own, a peer, whatever comes between.
  const slow = { ...whole(), ...gate('PT15M') };
  const late = {
    Nat: {
      Type: 'AWS::EC2::NatGateway',
      DependsOn: 'Host',
      Properties: { ConnectivityType: 'private', SubnetId: { Ref: 'Subnet0' } },
    },
  };
  (slow.Gate as { DependsOn?: unknown }).DependsOn = ['Host', 'Nat'];
  expect((await virtual.deploy('host', { ...slow, ...late })).stack.status).toBe('CREATE_COMPLETE');

  const hasty = new Virtual();
  const { stack, seconds } = await hasty.deploy('host', whole('PT20S'), { disableRollback: true });
  expect([stack.status, stack.resources.Gate?.status]).toEqual(['CREATE_FAILED', 'CREATE_FAILED']);
  expect(seconds).toBeLessThan(BOOT_SECONDS + 20);
  await hasty.cloud.clock.run(hasty.cloud.clock.wait(600_000));
  expect(stack.resources.Gate?.status).toBe('CREATE_FAILED');
});

test('a replacing change of a member runs into its own interface, which the old host holds, and goes back', async () => {
  const virtual = new Virtual();
  await virtual.deploy('host', whole());
  const before = Object.keys(virtual.region.instances);
  const { stack } = await virtual.deploy('host', { ...whole(), ...host({ ImageId: 'ami-0fedcba9876543210' }) });
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(virtual.failures(stack)[0]).toMatch(/Interface: \[?eni-\w+\]? in use|InvalidNetworkInterface\.InUse/);
  expect(
    Object.values(virtual.region.instances)
      .filter(({ state }) => state === 'running')
      .map(({ id }) => id),
  ).toEqual(before);
});

test('with an interface of its own the new host runs into the volume that the old one has', async () => {
  const virtual = new Virtual();
  const own = (image: string) => ({
    ...network(['a']),
    ...host({ ImageId: image, NetworkInterfaces: undefined, SubnetId: { Ref: 'Subnet0' }, Tags: [] }),
  });
  await virtual.deploy('host', own(IMAGE));
  const { stack } = await virtual.deploy('host', own('ami-0fedcba9876543210'));
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(virtual.failures(stack)[0]).toMatch(/VolumeInUse/);
});

test('capacity that is missing fails the host, and what stood stays', async () => {
  const virtual = new Virtual();
  await virtual.deploy('host', network(['a']));
  virtual.cloud.faults.plant({
    type: 'AWS::EC2::Instance',
    action: 'create',
    code: 'InsufficientInstanceCapacity',
    message: 'We currently do not have sufficient capacity in the Availability Zone you requested (sa-east-1a).',
  });
  const { stack } = await virtual.deploy('host', whole());
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(virtual.failures(stack)[0]).toContain('InsufficientInstanceCapacity');
  expect([Object.keys(virtual.region.vpcs).length, Object.keys(virtual.region.interfaces).length]).toEqual([1, 0]);
});

test('a stack policy stops a change before anything of it is touched, and the way back is not held up by it', async () => {
  const virtual = new Virtual();
  const deny = { Effect: 'Deny', Action: 'Update:Modify', Principal: '*', Resource: 'LogicalResourceId/Host' };
  const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' }, deny] });
  await virtual.deploy('host', whole(), { policy });
  const { stack } = await virtual.deploy('host', { ...whole(), ...host({ UserData: base64('new') }) });
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(virtual.failures(stack)[0]).toContain('denied by stack policy');
  expect(Object.values(virtual.region.instances)[0]?.stops ?? 0).toBe(0);
});

test('an export that is used keeps its stack and its value, and the user is named', async () => {
  const virtual = new Virtual();
  const outputs = { Outputs: networkExports(['a']) };
  await virtual.deploy('net', network(['a']), outputs);
  const user = { Eni: { Type: 'AWS::EC2::NetworkInterface', Properties: { SubnetId: { 'Fn::ImportValue': 'net-Subnet0' } } } };
  await virtual.deploy('user', user);
  expect(() => virtual.cloud.engine.delete(virtual.region, 'net', [])).toThrow(/net-Subnet0.*user/);
  const { stack } = await virtual.deploy('net', network(['a']));
  expect(stack).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', outputs: [{ key: 'Subnet0' }] });
});
