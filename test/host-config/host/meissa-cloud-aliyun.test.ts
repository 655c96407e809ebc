import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FleetContext } from '../../../lib/plan/model';
import { aliyunContext, bucket, votersContext } from '../aliyun-fixtures';
import { ownProfiles, repository } from '../fixtures';
import { frontEndContext } from '../kafka-fixtures';
import { FakeAliyun } from './fake-aliyun';
import { eventually, type Ran, Sandbox } from './sandbox';

const fake = new FakeAliyun();
const quick = mkdtempSync(join(tmpdir(), 'meissa-python-'));
let host: Sandbox;

/** A host whose Python doesn't wait between its tries, which takes long enough without. */
function hostOf(profiles: readonly string[], changes: Partial<FleetContext>, environment: Record<string, string> = {}): Sandbox {
  const made = new Sandbox({ ...fake.environment, PYTHONPATH: quick, ...environment });
  return made.install(profiles, aliyunContext(ownProfiles(...profiles), changes));
}

beforeAll(async () => {
  writeFileSync(join(quick, 'sitecustomize.py'), 'import time\ntime.sleep = lambda seconds: None\n');
  await fake.start();
  host = hostOf(['base', 'etcd'], votersContext);
});
afterAll(async () => {
  host.end();
  rmSync(quick, { recursive: true });
  await fake.stop();
});
const told: Ran[] = [];
beforeEach(() => {
  fake.requests.length = 0;
  fake.trouble.length = 0;
  fake.objects.clear();
  fake.role = true;
  told.length = 0;
  rmSync(join(host.root, 'run'), { recursive: true, force: true });
});
afterEach(() => {
  // Whatever happened: nothing that was said holds a part of the credentials, though the answers of the fake do.
  const { AccessKeyId, AccessKeySecret, SecurityToken } = fake.credentials;
  for (const { out, err } of told)
    for (const secret of [AccessKeyId, AccessKeySecret, SecurityToken]) expect(out + err).not.toContain(secret);
});

const run = async (made: Sandbox, args: readonly string[], environment: Record<string, string> = {}): Promise<Ran> => {
  const ran = await made.run('meissa-cloud', args, environment);
  told.push(ran);
  return ran;
};
const cloud = (...args: string[]): Promise<Ran> => run(host, args);

test('address and instance-id come from the metadata service, by its hardened mode', async () => {
  expect(await cloud('address')).toEqual({ code: 0, out: '10.128.8.64\n', err: '' });
  expect(await cloud('instance-id')).toEqual({ code: 0, out: 'i-2ze0123456789abcdefg\n', err: '' });
  expect(fake.requests.filter((request) => request === 'PUT /latest/api/token')).toHaveLength(2);
});

test('who it is and its volumes are remembered for boots with the last good configuration, and by the same address alone', async () => {
  const { address } = fake;
  fake.address = '127.0.0.1';
  fake.tags['meissa:volume:etcd'] = 'd-2zee';
  const all: readonly string[][] = [['address'], ['instance-id'], ['tag', 'meissa:volume:etcd']];
  const said: string[] = [];
  for (const words of all) said.push((await cloud(...words)).out);
  expect(said).toEqual(['127.0.0.1\n', `${fake.instanceId}\n`, 'd-2zee\n']);
  rmSync(join(host.root, 'run'), { recursive: true });
  fake.trouble.push({ path: '/latest/', status: 500, lasts: true });
  for (const words of all) expect(await cloud(...words)).toMatchObject({ code: 1, out: '' });
  host.write('/run/meissa/last-good', '');
  for (const [i, words] of all.entries()) expect(await cloud(...words)).toMatchObject({ code: 0, out: said[i] });
  expect((await cloud('address')).err).toBe('meissa-cloud: no metadata session (500): private-ipv4 is as it was said last\n');
  // A gate is none of that; nor is anything to a host that another's disk was copied to.
  fake.tags['meissa:gate'] = 'a/b';
  expect(await cloud('tag', 'meissa:gate')).toMatchObject({ code: 1, out: '' });
  host.write('/var/lib/meissa/said/private-ipv4', '192.0.2.7');
  for (const words of all.slice(0, 2)) expect(await cloud(...words)).toMatchObject({ code: 1, out: '' });
  rmSync(join(host.root, 'var/lib/meissa/said'), { recursive: true });
  // Where nothing can be kept, as most units may not write there, it answers all the same.
  fake.trouble.length = 0;
  host.write('/var/lib/meissa/said', '');
  for (const [i, words] of all.entries()) expect(await cloud(...words)).toEqual({ code: 0, out: said[i], err: '' });
  rmSync(join(host.root, 'var/lib/meissa'), { recursive: true });
  rmSync(join(host.root, 'run'), { recursive: true });
  fake.address = address;
  delete fake.tags['meissa:volume:etcd'];
});

test('what may pass by itself is tried again; each try of a call is signed anew', async () => {
  fake.trouble.push({ path: 'api/token', status: 503 }, { path: 'private-ipv4', status: 500 });
  expect(await cloud('address')).toMatchObject({ code: 0 });
  fake.tags['meissa:gate'] = 'a/b';
  fake.trouble.push(
    { path: 'ListTagResources', status: 400, body: '{"Code":"Throttling.User"}' },
    { path: 'ListTagResources', status: 503, body: '<html>' },
  );
  expect(await cloud('tag', 'meissa:gate')).toMatchObject({ code: 0, out: 'a/b\n' });
  expect(fake.requests.filter((request) => request === 'POST ListTagResources')).toHaveLength(3);
});

test('a tag is there, not there, or unknown: three different answers', async () => {
  expect(await cloud('tag', 'meissa:none')).toMatchObject({ code: 3, out: '' });
  fake.trouble.push({ path: 'ListTagResources', status: 403, body: '{"Code":"Forbidden.RAM"}' });
  expect(await cloud('tag', 'meissa:none')).toMatchObject({ code: 1, err: 'meissa-cloud: no tags (403 Forbidden.RAM)\n' });
  fake.trouble.push({ path: 'ListTagResources', status: 200, body: '{"half' });
  expect(await cloud('tag', 'meissa:none')).toMatchObject({ code: 1, err: 'meissa-cloud: no tags\n' });
  fake.role = false;
  expect(await cloud('tag', 'meissa:none')).toMatchObject({ code: 1, err: 'meissa-cloud: no role (404)\n' });
});

test('a volume`s tag is asked for once; that there is none is asked again after half a minute', async () => {
  const asked = (): number => fake.requests.filter((request) => request === 'POST ListTagResources').length;
  expect(await cloud('tag', 'meissa:volume:etcd')).toMatchObject({ code: 3 });
  expect(await cloud('tag', 'meissa:volume:etcd')).toMatchObject({ code: 3 });
  expect(asked()).toBe(1);
  fake.tags['meissa:volume:etcd'] = 'd-2ze1';
  utimesSync(join(host.root, 'run/meissa/tags/meissa:volume:etcd'), 0, 0);
  expect(await cloud('tag', 'meissa:volume:etcd')).toMatchObject({ code: 0, out: 'd-2ze1\n' });
  utimesSync(join(host.root, 'run/meissa/tags/meissa:volume:etcd'), 0, 0);
  expect(await cloud('tag', 'meissa:volume:etcd')).toMatchObject({ code: 0, out: 'd-2ze1\n' });
  expect(asked()).toBe(2);
});

test('a marker is written once, and read, surely absent, or unknown', async () => {
  const name = '/meissa/example/cn-beijing/core/g1/formed';
  expect(await cloud('marker-get', name)).toMatchObject({ code: 3, out: '' });
  expect(await cloud('marker-put', name, 'by "m1" $(x) é')).toEqual({ code: 0, out: '', err: '' });
  expect(await cloud('marker-put', name, 'by m2')).toMatchObject({ code: 0 });
  expect(await cloud('marker-get', name)).toMatchObject({ code: 0, out: 'by "m1" $(x) é\n' });
  expect([...fake.objects.keys()]).toEqual([`${bucket}/marker${name}`]);
  for (const [status, body, said] of [
    [404, '<Error><Code>NoSuchBucket</Code></Error>', '404 NoSuchBucket'],
    [403, '<Error><Code>AccessDenied</Code></Error>', '403 AccessDenied'],
    [404, '', '404'],
  ] as const) {
    fake.trouble.push({ path: '/oss/', status, body });
    expect(await cloud('marker-get', name)).toMatchObject({ code: 1, err: `meissa-cloud: can't tell of ${name} (${said})\n` });
  }
  fake.trouble.push({ path: '/oss/', status: 403, body: '<Code>AccessDenied</Code>' });
  expect(await cloud('marker-put', '/meissa/other', 'x')).toMatchObject({ code: 1, err: expect.stringContaining('not written') });
});

test('a secret is an object of the bucket: read, surely absent, or unknown', async () => {
  const name = `${frontEndContext.certificate}/2`;
  const collecting = hostOf(['base', 'etcd'], {
    ...votersContext,
    cluster: { ...votersContext.cluster!, kafka: frontEndContext },
  });
  try {
    expect(await run(collecting, ['secret-get', name])).toMatchObject({ code: 3, out: '' });
    fake.objects.set(`${bucket}/secret${name}`, Buffer.from('-----BEGIN PRIVATE KEY-----\n'));
    expect(await run(collecting, ['secret-get', name])).toEqual({ code: 0, out: '-----BEGIN PRIVATE KEY-----\n\n', err: '' });
    fake.trouble.push({ path: '/oss/', status: 403, body: '<Error><Code>AccessDenied</Code></Error>' });
    expect(await run(collecting, ['secret-get', name])).toMatchObject({
      code: 1,
      err: `meissa-cloud: no secret ${name} (403 AccessDenied)\n`,
    });
  } finally {
    collecting.end();
  }
  expect(await cloud('secret-get', name)).toMatchObject({ code: 1, err: 'meissa-cloud: no verb secret-get\n' });
});

test('no connection at all is "unknown", too, and so is a wrong signature; neither tells a secret', async () => {
  expect(await run(host, ['marker-get', '/x'], { MEISSA_ENDPOINT_OSS: 'http://127.0.0.1:1' })).toMatchObject({
    code: 1,
    err: "meissa-cloud: can't tell of /x (0)\n",
  });
  const other = hostOf(['base', 'etcd'], {
    ...votersContext,
    region: { ...aliyunContext([]).region, name: 'cn-hangzhou', id: 'cn-hangzhou' },
  });
  try {
    expect(await run(other, ['marker-get', '/x'])).toMatchObject({
      code: 1,
      err: "meissa-cloud: can't tell of /x (403 SignatureDoesNotMatch)\n",
    });
  } finally {
    other.end();
  }
});

test('a signal is taken only while the resource waits', async () => {
  const words = ['signal', '4a6c9851-3b0f', 'M1HandleAb12', 'i-2ze1', 'SUCCESS'];
  expect(await cloud(...words)).toMatchObject({
    code: 1,
    err: 'meissa-cloud: signal to 4a6c9851-3b0f/M1HandleAb12 not taken (400 ActionInProgress)\n',
  });
  fake.waiting.add('4a6c9851-3b0f/M1HandleAb12');
  expect(await cloud(...words)).toMatchObject({ code: 0 });
  expect(fake.signals).toEqual(['4a6c9851-3b0f/M1HandleAb12 i-2ze1 SUCCESS']);
});

test('an artifact is fetched by its digest, checked, and fetched once', async () => {
  const bytes = Buffer.alloc(3_000_000, 'artifact');
  const digest = createHash('sha256').update(bytes).digest('hex');
  const file = join(host.root, 'opt/x/etcd');
  expect(await cloud('fetch', digest, file)).toMatchObject({
    code: 1,
    err: `meissa-cloud: no artifact ${digest} (404 NoSuchKey)\n`,
  });
  fake.objects.set(`${bucket}/${digest}`, Buffer.from('other bytes'));
  expect(await cloud('fetch', digest, file)).toMatchObject({ code: 1, err: expect.stringContaining('has other bytes') });
  expect(existsSync(file)).toBe(false);

  fake.objects.set(`${bucket}/${digest}`, bytes);
  expect(await cloud('fetch', digest, file)).toMatchObject({ code: 0 });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o755);
  fake.requests.length = 0;
  expect(await cloud('fetch', digest, file)).toMatchObject({ code: 0 });
  expect(fake.requests).toEqual([]);
});

test('verbs that a fleet has no use for, and wrong words, are told', async () => {
  const elastic = hostOf(['base'], { artifacts: { url: '', items: {} } });
  try {
    for (const words of [
      ['signal', 'a', 'b', 'c', 'd'],
      ['tag', 'x'],
      ['marker-get', '/x'],
      ['fetch', 'a', '/b'],
    ])
      expect([words, await run(elastic, words)]).toMatchObject([words, { code: 1, err: expect.stringContaining('no use for') }]);
    expect(await run(elastic, ['address'])).toMatchObject({ code: 0, out: '10.128.8.64\n' });
  } finally {
    elastic.end();
  }
  expect(await cloud('prefixes')).toMatchObject({ code: 1, err: 'meissa-cloud: no verb prefixes\n' });
  expect(await cloud()).toMatchObject({ code: 1, err: 'meissa-cloud: no verb \n' });
  expect(await cloud('tag')).toMatchObject({ code: 1, err: 'meissa-cloud: tag takes 1 words\n' });
});

test('the program is Python 3.6, as its source stands and as hosts get it', () => {
  const source = readFileSync(join(repository, 'cloud-config/base/meissa-cloud.aliyun.py'), 'utf8');
  for (const text of [source, host.read('/opt/meissa/bin/meissa-cloud')!]) {
    const { stderr, status } = spawnSync(
      'python3',
      ['-c', 'import ast,sys; ast.parse(sys.stdin.read(), feature_version=(3, 6))'],
      {
        input: text,
      },
    );
    expect([status, stderr.toString()]).toEqual([0, '']);
  }
});

test('the gate agent signals the handle that the tag names, and asks once in half a minute', async () => {
  expect(readFileSync(join(repository, 'cloud-config/base/cloud-config.yaml'), 'utf8')).toContain(
    'Environment=MEISSA_GATE_SECONDS=30',
  );
  const gate = hostOf(['base'], votersContext, { MEISSA_GATE_SECONDS: '0' });
  // Neither volumes nor servers of time are here.
  for (const check of ['clock', 'disks']) gate.write(`/opt/meissa/health.d/${check}`, '#!/bin/bash\n', '0755');
  try {
    fake.signals.length = 0;
    fake.tags['meissa:gate'] = 'stack-id/M1HandleCd34';
    fake.waiting.add('stack-id/M1HandleCd34');
    gate.start('meissa-gate');
    await eventually(() => gate.read('/var/lib/meissa/gate') === 'stack-id/M1HandleCd34\n', 'it records the gate');
    expect(fake.signals).toEqual([`stack-id/M1HandleCd34 ${fake.instanceId} SUCCESS`]);
  } finally {
    gate.end();
  }
}, 30_000);
