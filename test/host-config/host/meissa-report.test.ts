/** What a host says of itself: by its report, by its heartbeat, and whether it is well at all. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { aliyunContext, bucket } from '../aliyun-fixtures';
import { context, ownProfiles } from '../fixtures';
import { FakeAliyun } from './fake-aliyun';
import { FakeAws } from './fake-aws';
import { Sandbox } from './sandbox';

const HOST = 'MEISSA_NAME=sa-east-1-core-storage-1\nMEISSA_INSTANCE_ID=i-0123456789abcdef0\n';
const alarmed = { fleet: { ...context().fleet, heartbeat: true } };

let aws: FakeAws;
let host: Sandbox;
beforeEach(async () => {
  aws = new FakeAws();
  await aws.start();
  host = new Sandbox(aws.environment).install(['base'], alarmed).stub('sleep').stub('systemctl');
  host.write('/run/meissa/host.env', HOST);
});
afterEach(async () => {
  host.end();
  await aws.stop();
});

const said = (): Record<string, string> => JSON.parse(host.read('run/meissa/report.json')!);
const unapplied = (): void => rmSync(join(host.root, 'run/meissa/applied'));
const KEY = 'meissa/reports/CoreStorage/arn:aws:ec2:sa-east-1:111111111111:instance/i-0123456789abcdef0';

test('a host that is applied and well says so, and leaves it where its role may write', async () => {
  await host.run('meissa-report', ['applied']);
  expect(await host.run('meissa-report')).toMatchObject({ code: 0, err: '' });
  expect(said()).toMatchObject({
    host: 'sa-east-1-core-storage-1',
    instance: 'i-0123456789abcdef0',
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    booted: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    applied: createHash('sha256').update(aws.userData).digest('hex'),
    ...{ 'last-good': 'no', well: 'yes' },
    selinux: expect.stringMatching(/^(enforcing|permissive|disabled|absent)$/),
    'version.kernel': expect.any(String),
    'version.os': expect.stringMatching(/^debian/),
    'version.systemd': '',
  });
  expect(JSON.parse(aws.objects.get(KEY)!.toString())).toEqual(said());
  expect(aws.beats).toEqual(['InstanceId i-0123456789abcdef0: 1']);
});

test('before its configuration is applied it is not well, whatever else it is, and says why', async () => {
  unapplied();
  expect(await host.run('meissa-report')).toMatchObject({ code: 0 });
  expect(said()).toMatchObject({ applied: 'no', well: 'no', why: "this boot's configuration is not applied" });
  expect(aws.beats).toEqual(['InstanceId i-0123456789abcdef0: 0']);
});

test('a check that fails is why, and a unit that has failed too', async () => {
  host.write('/opt/meissa/health.d/disk', '#!/bin/bash\necho "no space left"; exit 1\n', '0755');
  await host.run('meissa-report');
  expect(said()).toMatchObject({ well: 'no', why: 'disk fails' });
  host.stub('systemctl', 'echo "etcd.service loaded failed failed etcd"');
  await host.run('meissa-report');
  expect(said()).toMatchObject({ well: 'no', why: 'failed: etcd.service; disk fails' });
  expect(
    host
      .calls()
      .filter((call) => call.includes('list-units'))
      .at(-1),
  ).toMatch(/ -- .*meissa-host\.service/);
});

test('pieces of other profiles stand in it as they say it, escaped, one line each; one that fails is named', async () => {
  host
    .write('/opt/meissa/report.d/a', '#!/bin/bash\nprintf \'quote a "b" \\\\c\\nUPPER no\\nlong %0300d\\n\' 0\n', '0755')
    .write('/opt/meissa/report.d/b', '#!/bin/bash\necho some.number 12; exit 3\n', '0755')
    .write('/opt/meissa/report.d/c', '#!/bin/bash\nprintf "tab a\\tb\\033[2J\\n"\n', '0755');
  await host.run('meissa-report');
  expect(said()).toMatchObject({ quote: 'a "b" \\c', 'some.number': '12', 'piece.b': 'failed', tab: 'ab[2J' });
  expect(said().long).toHaveLength(200);
  expect(said()).not.toHaveProperty('UPPER');
});

test('it is left again after ten minutes, and at once when what matters changes', async () => {
  const left = (): number => aws.requests.filter((request) => request.startsWith('PUT /s3')).length;
  await host.run('meissa-report');
  await host.run('meissa-report');
  expect(left()).toBe(1);
  unapplied();
  await host.run('meissa-report');
  expect(left()).toBe(2);
  await host.run('meissa-report');
  expect(left()).toBe(2);
});

test('one that could not be left is tried again the next time, and the heartbeat goes all the same', async () => {
  aws.trouble.push({ path: '/s3/', status: 403 });
  expect(await host.run('meissa-report')).toMatchObject({ code: 1, err: expect.stringContaining('report not taken (403)') });
  expect(aws.beats).toHaveLength(1);
  expect(await host.run('meissa-report')).toMatchObject({ code: 0 });
  expect(aws.objects.has(KEY)).toBe(true);
});

test('where nobody is told there is no heartbeat, but a report', async () => {
  const quiet = new Sandbox(aws.environment)
    .install(['base'])
    .stub('sleep')
    .stub('systemctl')
    .write('/run/meissa/host.env', HOST);
  try {
    expect(await quiet.run('meissa-report')).toMatchObject({ code: 0 });
    expect([aws.beats, aws.objects.has(KEY)]).toEqual([[], true]);
  } finally {
    quiet.end();
  }
});

describe('on Aliyun', () => {
  let aliyun: FakeAliyun;
  let member: Sandbox | undefined;
  beforeEach(async () => {
    aliyun = new FakeAliyun();
    await aliyun.start();
  });
  afterEach(async () => {
    member?.end();
    await aliyun.stop();
  });
  const install = (changes: Parameters<Sandbox['install']>[1]): void => {
    member = new Sandbox(aliyun.environment).install(['base'], changes).stub('systemctl');
    member.write('/run/meissa/host.env', 'MEISSA_NAME=the-host\nMEISSA_INSTANCE_ID=i-2ze\n');
  };

  test('members and elastic hosts leave reports and heartbeats, told apart as their alarms want it', async () => {
    const elastic = aliyunContext(ownProfiles('base'));
    install({ ...elastic, fleet: { ...elastic.fleet, heartbeat: true } });
    expect(await member!.run('meissa-report')).toMatchObject({ code: 0, err: '' });
    expect(aliyun.beats).toEqual([`{"fleet": "${elastic.fleet.hostPrefix}"} {"value": 1}`]);
    expect([...aliyun.objects.keys()]).toEqual([`${bucket}/meissa/reports/${'CoreWeb'}/${aliyun.instanceId}`]);
  });

  test('a host of a group that says nothing is told of by the one before it, and by nobody else', async () => {
    const elastic = aliyunContext(ownProfiles('base'));
    install({ ...elastic, fleet: { ...elastic.fleet, heartbeat: true } });
    const ago = (minutes: number) => `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`;
    const [first, own, last] = ['i-2a', 'i-2m', 'i-2z'];
    const report = (id: string, at?: string) => {
      const key = `${bucket}/meissa/reports/CoreWeb/${id}`;
      if (at === undefined) aliyun.objects.delete(key);
      else aliyun.objects.set(key, Buffer.from(JSON.stringify({ host: 'x', at })));
    };
    aliyun.instanceId = own!;
    const beat = async (): Promise<string> => {
      aliyun.beats.length = 0;
      expect(await member!.run('meissa-cloud', ['beat', '1'])).toMatchObject({ code: 0 });
      return /[01](?=}$)/.exec(aliyun.beats.join())![0];
    };
    // Of more than a page, and those that began a while ago.
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`i-1${String(n).padStart(2, '0')}`, ago(99)]));
    aliyun.group = { ...many, [first!]: ago(60), [own!]: ago(60), [last!]: ago(60) };
    report(first!);
    report(last!, ago(9));
    expect(await beat()).toBe('1');
    report(last!, ago(40));
    expect(await beat()).toBe('0');
    report(last!);
    expect(await beat()).toBe('0');
    // It may still boot.
    aliyun.group[last!] = ago(5);
    for (const id of Object.keys(many)) report(id, ago(40));
    report(first!, ago(1));
    expect(await beat()).toBe('0');
    report('i-100', ago(1));
    expect(await beat()).toBe('1');
    // Alone, or where nobody says who is there: by its own word.
    aliyun.group = { [own!]: ago(60) };
    expect(await beat()).toBe('1');
    aliyun.trouble.push({ path: 'DescribeScalingInstances', status: 403, body: '{"Code":"NoPermission"}' });
    expect(await beat()).toBe('1');
    expect(await member!.run('meissa-cloud', ['beat', '0'])).toMatchObject({ code: 0 });
    expect(aliyun.beats.at(-1)).toContain('{"value": 0}');
  });

  test('a host that runs with the last good configuration says so everywhere: that is no good state', async () => {
    const elastic = aliyunContext(ownProfiles('base'));
    install({ ...elastic, fleet: { ...elastic.fleet, heartbeat: true } });
    member!.write('/run/meissa/last-good', '').write('/run/meissa/configuration', `${'a'.repeat(64)}\n`);
    expect(await member!.run('meissa-report')).toMatchObject({ code: 0 });
    expect(JSON.parse(member!.read('run/meissa/report.json')!)).toMatchObject({ applied: 'a'.repeat(64), 'last-good': 'yes' });
    expect(aliyun.beats).toEqual([expect.stringContaining('{"value": 0}')]);
  });
});
