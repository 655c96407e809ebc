import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { frontEndContext } from '../kafka-fixtures';
import { FakeAws } from './fake-aws';
import { eventually, Sandbox } from './sandbox';

const aws = new FakeAws();
let host: Sandbox;
beforeAll(async () => {
  await aws.start();
  // It waits between its tries, which takes long enough without.
  host = new Sandbox(aws.environment).install(['base']).stub('sleep');
});
afterAll(async () => {
  host.end();
  await aws.stop();
});
beforeEach(() => {
  aws.requests.length = 0;
  aws.trouble.length = 0;
  aws.role = true;
});

const cloud = (...args: string[]) => host.run('meissa-cloud', args);

test('address, instance-id and tag come from the metadata service, by its second version', async () => {
  aws.tags['meissa:gate'] = 'stack/GateAb12';
  expect(await cloud('address')).toMatchObject({ code: 0, out: '10.9.8.64\n' });
  expect(await cloud('instance-id')).toMatchObject({ code: 0, out: 'i-0123456789abcdef0\n' });
  expect(await cloud('tag', 'meissa:gate')).toMatchObject({ code: 0, out: 'stack/GateAb12\n' });
  expect(await cloud('tag', 'meissa:none')).toMatchObject({ code: 3, out: '' });
});

test('prefixes are those of the first interface, and none yet is a failure', async () => {
  const prefix = new Sandbox(aws.environment).install(['base'], {
    containers: { mode: 'prefix', pools: ['10.0.0.0/8'], mtu: 1500, hostPorts: [] },
  });
  try {
    aws.prefixes.splice(0);
    expect(await prefix.run('meissa-cloud', ['prefixes'])).toMatchObject({ code: 1, err: 'meissa-cloud: no prefix yet\n' });
    aws.prefixes.push('10.9.41.32/28', '10.9.41.112/28');
    expect(await prefix.run('meissa-cloud', ['prefixes'])).toMatchObject({ code: 0, out: '10.9.41.32/28\n10.9.41.112/28\n' });
  } finally {
    prefix.end();
  }
});

test('what may pass by itself is tried again', async () => {
  aws.trouble.push({ path: 'api/token', status: 503 }, { path: 'local-ipv4', status: 500 });
  expect(await cloud('address')).toMatchObject({ code: 0, out: '10.9.8.64\n' });
});

test('a marker is read, surely absent, or unknown: three different answers', async () => {
  expect(await cloud('marker-get', '/meissa/x/formed')).toMatchObject({ code: 3, out: '' });
  expect(await cloud('marker-put', '/meissa/x/formed', 'by "m1" $(x)')).toMatchObject({ code: 0 });
  expect(await cloud('marker-get', '/meissa/x/formed')).toMatchObject({ code: 0, out: 'by "m1" $(x)\n' });
  expect(await cloud('marker-put', '/meissa/x/formed', 'by m2')).toMatchObject({ code: 0 });
  expect(aws.parameters.get('/meissa/x/formed')).toBe('by "m1" $(x)');

  for (const trouble of [
    { path: '/ssm', status: 400, body: '{"__type":"AccessDeniedException"}' },
    { path: '/ssm', status: 403, body: '' },
    { path: '/ssm', status: 404, body: '' },
  ]) {
    aws.trouble.push(trouble);
    const { code, err } = await cloud('marker-get', '/meissa/none');
    expect(code).toBe(1);
    expect(err).toContain(`can't tell of /meissa/none (${trouble.status})`);
  }
  aws.trouble.push({ path: '/ssm', status: 400, body: '{"__type":"ThrottlingException"}' });
  expect(await cloud('marker-get', '/meissa/none')).toMatchObject({ code: 3 });
  aws.role = false;
  expect(await cloud('marker-get', '/meissa/none')).toMatchObject({ code: 1, err: 'meissa-cloud: no role\n' });
});

test('a secret is read in clear, surely absent, or unknown; what a server says of it is never told', async () => {
  const name = `${frontEndContext.certificate}/2`;
  const secret = '-----BEGIN PRIVATE KEY-----\n"$(x) \\n\n-----END PRIVATE KEY-----\n';
  const collecting = new Sandbox(aws.environment)
    .install(['base'], { cluster: { name: 'core', generation: 1, kafka: frontEndContext } })
    .stub('sleep');
  const get = () => collecting.run('meissa-cloud', ['secret-get', name]);
  try {
    expect(await get()).toEqual({ code: 3, out: '', err: '' });
    aws.secrets.set(name, secret);
    expect(await get()).toEqual({ code: 0, out: `${secret}\n`, err: '' });
    aws.trouble.push({ path: '/ssm', status: 400, body: `{"__type":"AccessDeniedException","message":"${name} private"}` });
    expect(await get()).toEqual({ code: 1, out: '', err: `meissa-cloud: no secret ${name} (400)\n` });
    // Hosts without certificates don't even have the verb.
    expect(await cloud('secret-get', name)).toMatchObject({ code: 1, err: 'meissa-cloud: no verb secret-get\n' });
  } finally {
    collecting.end();
  }
});

test('no connection at all is "unknown", too', async () => {
  const { code } = await host.run('meissa-cloud', ['marker-get', '/meissa/none'], { MEISSA_ENDPOINT_SSM: 'http://127.0.0.1:1' });
  expect(code).toBe(1);
});

test('a signal is taken only while the resource waits', async () => {
  expect((await cloud('signal', 'stack', 'GateAb12', 'i-1', 'SUCCESS')).code).toBe(1);
  aws.waiting.add('stack/GateAb12');
  expect((await cloud('signal', 'stack', 'GateAb12', 'i-1', 'SUCCESS')).code).toBe(0);
  expect(aws.signals).toEqual(['stack/GateAb12 i-1 SUCCESS']);
});

test('an artifact is fetched by its digest, checked, and fetched once', async () => {
  const bytes = Buffer.from('artifact');
  const digest = createHash('sha256').update(bytes).digest('hex');
  const file = join(host.root, 'opt/x/etcd');
  expect((await cloud('fetch', digest, file)).code).toBe(1);
  aws.objects.set(digest, Buffer.from('other bytes'));
  expect(await cloud('fetch', digest, file)).toMatchObject({ code: 1, err: expect.stringContaining('has other bytes') });
  expect(host.read('opt/x/etcd')).toBeUndefined();

  aws.objects.set(digest, bytes);
  expect((await cloud('fetch', digest, file)).code).toBe(0);
  expect(readFileSync(file)).toEqual(bytes);
  expect(statSync(file).mode & 0o777).toBe(0o755);
  aws.requests.length = 0;
  expect((await cloud('fetch', digest, file)).code).toBe(0);
  expect(aws.requests).toEqual([]);
});

test('meissa-artifact finds an artifact by its name and prints its path', async () => {
  const digest = createHash('sha256').update('tool').digest('hex');
  aws.objects.set(digest, Buffer.from('tool'));
  host.install(['base'], {
    artifacts: {
      url: '',
      items: { etcd: { version: '3', file: 'etcd', sha256: digest }, other: { version: '1', file: 'o', sha256: 'x' } },
    },
  });
  expect(await host.run('meissa-artifact', ['etcd'])).toMatchObject({
    code: 0,
    out: `${host.root}/opt/meissa/artifacts/${digest}\n`,
  });
  expect(await host.run('meissa-artifact', ['etc'])).toMatchObject({ code: 1, err: 'meissa-artifact: no artifact etc\n' });
});

test('credentials are never arguments of a command', async () => {
  const real = process.env.PATH!.split(':').find((folder) => statSync(join(folder, 'curl'), { throwIfNoEntry: false }))!;
  host.stub('curl', `exec ${real}/curl "$@"`);
  await cloud('marker-get', '/meissa/x/formed');
  const calls = host.calls().join('\n');
  expect(calls).toContain('--aws-sigv4');
  for (const secret of Object.values(aws.credentials)) expect(calls).not.toContain(secret);
  host.write('/stubs/curl', `#!/bin/bash\nexec ${real}/curl "$@"\n`, '0755');
});

describe('the gate agent', () => {
  test('signals when the host is well and the gate waits, and each gate once', async () => {
    const gate = new Sandbox({ ...aws.environment, MEISSA_GATE_SECONDS: '0' }).install(['base']);
    try {
      aws.signals.length = 0;
      aws.waiting.clear();
      delete aws.tags['meissa:gate'];
      gate
        .write('/opt/meissa/health.d/well', '#!/bin/bash\n[[ -e $MEISSA_ROOT/well ]]\n', '0755')
        .write('/opt/meissa/health.d/README', 'not a check');
      gate.start('meissa-gate');
      const asked = (): number => aws.requests.filter((request) => request.includes('meissa:gate')).length;
      await eventually(() => asked() > 2, 'it asks for its tag');

      aws.tags['meissa:gate'] = 'stack/GateA';
      aws.waiting.add('stack/GateA');
      const before = asked();
      await eventually(() => asked() > before + 2, 'it asks on while unwell');
      expect(aws.signals).toEqual([]);

      aws.trouble.push({ path: '/cfn', status: 400, body: 'no' }, { path: 'meissa:gate', status: 401 });
      gate.write('/well', '');
      await eventually(() => aws.signals.length > 0, 'it signals when well, in spite of failures');
      await eventually(() => gate.read('/var/lib/meissa/gate') === 'stack/GateA\n', 'it records the gate');
      const then = asked();
      await eventually(() => asked() > then + 2, 'it asks on');
      expect(aws.signals).toEqual(['stack/GateA i-0123456789abcdef0 SUCCESS']);

      aws.tags['meissa:gate'] = 'stack/GateB';
      aws.waiting.add('stack/GateB');
      await eventually(() => gate.read('/var/lib/meissa/gate') === 'stack/GateB\n', 'it signals the next gate');
      aws.tags['meissa:gate'] = 'stack/GateA';
      await eventually(() => aws.signals.length === 3, 'going back to a former configuration asks for its gate again');

      // A stack that goes back by itself makes no gate again, and the next deploy the one that was signalled.
      await eventually(() => gate.read('/var/lib/meissa/gate') === 'stack/GateA\n', 'it records that');
      aws.waiting.delete('stack/GateB');
      aws.tags['meissa:gate'] = 'stack/GateB';
      const refused = asked();
      await eventually(() => asked() > refused + 2, 'nobody waits for that one');
      aws.tags['meissa:gate'] = 'stack/GateA';
      await eventually(() => aws.signals.length === 4, 'and the gate after it is signalled once more');
    } finally {
      gate.end();
    }
  }, 60_000);
});
