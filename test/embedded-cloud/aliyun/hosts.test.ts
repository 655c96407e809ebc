import { placeOf } from '../../../lib/embedded-cloud/aliyun/hosts/bootstrap';
import type { AliyunHostBehaviour } from '../../../lib/embedded-cloud/aliyun/hosts/hosts';
import { AliyunHosts } from '../../../lib/embedded-cloud/aliyun/hosts/hosts';
import { reboot } from '../../../lib/embedded-cloud/aliyun/resources/ecs/launch';
import { clock } from '../../../lib/engine/clock';
import { bootstrap as realBootstrap } from '../../../lib/host-config/bootstrap';
import { Bench, bootstrap, IMAGE, pause, type Standing, until } from './bench';

const FOLDER = 'config/beijing-etcd/';

/** A member with a bootstrap, and how it behaves at each start. */
async function member(behaviours: AliyunHostBehaviour[] = [], more: object = {}) {
  let start = 0;
  const bench = new Bench({ onStart: () => behaviours[start++] ?? 'healthy', bootMilliseconds: 10 });
  const { vSwitches, group } = await bench.network(['a']);
  await bench.make('OSS::Bucket', { BucketName: 'artifacts' });
  await bench.role();
  const make = (): Promise<Standing> =>
    bench.make('ECS::Instance', {
      InstanceType: 'ecs.g7.large',
      ImageId: IMAGE,
      VSwitchId: vSwitches[0]?.id,
      SecurityGroupId: group.id,
      RamRoleName: 'host',
      UserData: bootstrap('artifacts', FOLDER),
      ...more,
    });
  const of = (s: Standing) => bench.aliyun.instances[s.id] as NonNullable<(typeof bench.aliyun.instances)[string]>;
  const again = (s: Standing) => reboot({ region: bench.region(), hosts: bench.hosts }, of(s));
  return { bench, make, of, again };
}

const health = (digest: string): string => `/opt/meissa/bin/meissa-healthy ${digest}`;

test('a member applies the published configuration and is healthy with it', async () => {
  const { bench, make, of } = await member();
  const digest = bench.publish('artifacts', FOLDER, 'one');
  const host = await make();
  expect(bench.hosts.command(of(host), health(digest))).toBeUndefined();
  await until(() => of(host).applied.healthy);
  expect(bench.hosts.command(of(host), health(digest))).toEqual({ output: `applied=${digest}\n`, exitCode: 0 });
  bench.close();
});

test('until it is healthy it answers 1; one that applied another configuration answers 3', async () => {
  const { bench, make, of } = await member(['silent']);
  const digest = bench.publish('artifacts', FOLDER, 'one');
  const host = await make();
  await until(() => of(host).applied.digest === digest);
  await pause(30);
  expect(bench.hosts.command(of(host), health(digest))).toEqual({ output: `applied=${digest}\n`, exitCode: 1 });
  const next = bench.publish('artifacts', FOLDER, 'two');
  expect(bench.hosts.command(of(host), health(next))).toEqual({ output: `applied=${digest}\n`, exitCode: 3 });
  bench.close();
});

test('a new configuration is applied at the next boot, not before', async () => {
  const { bench, make, of, again } = await member();
  bench.publish('artifacts', FOLDER, 'one');
  const host = await make();
  await until(() => of(host).applied.healthy);
  const next = bench.publish('artifacts', FOLDER, 'two');
  await pause(30);
  expect(of(host).applied.digest).not.toBe(next);
  again(host);
  expect(of(host).applied.healthy).toBe(false);
  await until(() => of(host).applied.healthy);
  expect(of(host)).toMatchObject({ applied: { digest: next }, starts: 2, restarts: 1 });
  bench.close();
});

test('a stale host comes back with its old configuration', async () => {
  const { bench, make, of, again } = await member(['healthy', 'stale']);
  const first = bench.publish('artifacts', FOLDER, 'one');
  const host = await make();
  await until(() => of(host).applied.healthy);
  bench.publish('artifacts', FOLDER, 'two');
  again(host);
  await until(() => of(host).applied.healthy);
  expect(of(host).applied.digest).toBe(first);
  bench.close();
});

test('without a manifest a member tries until there is one', async () => {
  const { bench, make, of } = await member();
  const host = await make();
  await pause(60);
  expect(of(host).applied).toEqual({ healthy: false });
  expect(bench.hosts.command(of(host), health('0'.repeat(64)))).toEqual({ output: 'applied=\n', exitCode: 3 });
  const digest = bench.publish('artifacts', FOLDER, 'one');
  await until(() => of(host).applied.healthy);
  expect(of(host).applied.digest).toBe(digest);
  bench.close();
});

test('bytes that are not those of the digest are not applied', async () => {
  const { bench, make, of } = await member();
  const digest = bench.publish('artifacts', FOLDER, 'one');
  const object = bench.world.ossBuckets.artifacts?.objects[FOLDER + digest];
  if (object) object.digest = bench.objects.write(Buffer.from('another'));
  const host = await make();
  await pause(60);
  expect(of(host).applied.digest).toBeUndefined();
  bench.close();
});

test('at a later boot a member goes on with its last good configuration', async () => {
  const { bench, make, of, again } = await member();
  const digest = bench.publish('artifacts', FOLDER, 'one');
  const host = await make();
  await until(() => of(host).applied.healthy);
  delete bench.world.ossBuckets.artifacts?.objects[`${FOLDER}manifest`];
  again(host);
  await until(() => of(host).applied.healthy);
  expect(of(host).applied.digest).toBe(digest);
  bench.close();
});

test('a host without a role gets nothing of the bucket', async () => {
  const { bench, make, of } = await member([], { RamRoleName: undefined });
  bench.publish('artifacts', FOLDER, 'one');
  const host = await make();
  await pause(60);
  expect(of(host).applied).toEqual({ healthy: false });
  bench.close();
});

test('an elastic host has its configuration in its user data: it is healthy after its boot', async () => {
  const { bench, make, of } = await member([], { UserData: '#cloud-config\n', RamRoleName: undefined });
  const host = await make();
  await until(() => of(host).applied.healthy);
  bench.close();
});

test('a member that is healthy opens the gate that its tag names', async () => {
  const gate = { Key: 'meissa:gate', Value: '' };
  const { bench, make } = await member([], { Tags: [gate] });
  gate.Value = `${bench.stackId}/M1Handle1`;
  bench.publish('artifacts', FOLDER, 'one');
  const handle = await bench.make('ROS::WaitConditionHandle', {}, { logicalId: 'M1Handle1' });
  const host = await make();
  const opened = await bench.make('ROS::WaitCondition', { Handle: handle.id, Timeout: 1200 });
  expect(Object.keys(JSON.parse(String(opened.attributes.Data)))).toEqual([host.id]);
  bench.close();
});

test('a member that fails fails its gate', async () => {
  const gate = { Key: 'meissa:gate', Value: '' };
  const { bench, make } = await member(['failed'], { Tags: [gate] });
  gate.Value = `${bench.stackId}/M1Handle1`;
  bench.publish('artifacts', FOLDER, 'one');
  const handle = await bench.make('ROS::WaitConditionHandle', {}, { logicalId: 'M1Handle1' });
  await make();
  expect(await bench.refusal('ROS::WaitCondition', { Handle: handle.id, Timeout: 1200 })).toBe('WaitConditionFailure');
  bench.close();
});

test('a host that stays silent is waited for until the time is over', async () => {
  const gate = { Key: 'meissa:gate', Value: '' };
  const { bench, make } = await member(['silent'], { Tags: [gate] });
  gate.Value = `${bench.stackId}/M1Handle1`;
  bench.publish('artifacts', FOLDER, 'one');
  const handle = await bench.make('ROS::WaitConditionHandle', {}, { logicalId: 'M1Handle1' });
  await make();
  expect(await bench.refusal('ROS::WaitCondition', { Handle: handle.id, Timeout: 60 })).toBe('WaitConditionTimeout');
  bench.close();
});

test('any other command is not found', async () => {
  const { bench, make, of } = await member([], { UserData: '' });
  const host = await make();
  await until(() => of(host).applied.healthy);
  expect(bench.hosts.command(of(host), 'rm -rf /')).toMatchObject({ exitCode: 127 });
  bench.close();
});

test('the place of the configuration is read from the bootstrap that the toolkit writes', () => {
  const source = { region: 'cn-beijing', bucket: 'estate-artifacts', key: 'config/beijing-etcd/manifest' };
  expect(placeOf(realBootstrap(source))).toEqual({
    region: 'cn-beijing',
    bucket: 'estate-artifacts',
    folder: 'config/beijing-etcd/',
  });
  const digest = 'ab'.repeat(32);
  expect(placeOf(realBootstrap({ ...source, key: `config/beijing-web/${digest}` }))).toMatchObject({
    folder: 'config/beijing-web/',
    digest,
  });
  expect(placeOf('#cloud-config\n')).toBeUndefined();
});

test('a process that begins anew finds its hosts as they stood, and boots those that were booting', async () => {
  const { bench, make, of } = await member(['healthy', 'silent']);
  const digest = bench.publish('artifacts', FOLDER, 'one');
  const [well, booting] = [await make(), await make()];
  await until(() => of(well).applied.healthy && of(booting).applied.digest === digest);
  bench.close();
  const next = new AliyunHosts(bench.world, bench.objects, { bootMilliseconds: 10 }, clock, () => undefined);
  next.resume();
  expect(next.command(of(well), health(digest))).toMatchObject({ exitCode: 0 });
  await until(() => of(booting).applied.healthy);
  expect([of(well).starts, of(booting).starts]).toEqual([1, 1]);
  next.close();
});
