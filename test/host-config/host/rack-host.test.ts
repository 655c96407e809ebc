import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FleetContext } from '../../../lib/plan/model';
import { describeWithRealParts, lacksNamespaces } from '../../real-parts';
import { context } from '../fixtures';
import { Place, wire } from './net-lab';
import { eventually, Sandbox } from './sandbox';

/** Rack a01 of beijing: hosts from 10.200.1.2, 32 of them. */
const rack: Partial<FleetContext> = {
  region: { ...context().region, name: 'beijing', id: 'beijing', provider: 'idc', cidr: '10.200.0.0/16' },
  fleet: { name: 'a01', kind: 'members', metadata: {}, hostPrefix: 'beijing-a01' },
  numbering: { zones: [{ name: 'a01', base: '10.200.1.2' }], perZone: 32, firstRange: 0 },
  containers: { mode: 'host-gw', block: '172.20.0.0/19', hostBits: 24, pools: ['10.0.0.0/8'], mtu: 1400, hostPorts: [] },
  artifacts: { url: '', items: {} },
};

describeWithRealParts([], lacksNamespaces(), 'a host of a rack', () => {
  let place: Place;
  let gateway: Place;
  let host: Sandbox;
  beforeEach(() => {
    [place, gateway] = [new Place(), new Place()];
    wire(place, 'mgmt', gateway, 'mgmt');
    wire(place, 'vlan101', gateway, 'vlan101');
    host = new Sandbox().install(['base'], rack).stub('hostnamectl').inside(place.namespace);
    host.write('/etc/machine-id', '0123456789abcdef0123456789abcdef\n');
  });
  afterEach(async () => {
    for (const each of [place, gateway]) await each.end();
    host.end();
  });

  const environment = (): string[] => host.read('/run/meissa/host.env')!.trimEnd().split('\n');

  test.each([
    ['10.200.1.4', '3', '172.20.2'],
    // It is the very address that the others are counted from.
    ['10.200.1.2', '1', '172.20.0'],
  ])('at %s is number %s: it knows by its interface, and asks no cloud', async (address, number, range) => {
    place.ip('address', 'add', `${address}/24`, 'dev', 'vlan101');
    expect(await host.run('meissa-host')).toMatchObject({ code: 0, err: '' });
    expect(environment()).toEqual([
      `MEISSA_ADDRESS=${address}`,
      'MEISSA_INSTANCE_ID=0123456789abcdef0123456789abcdef',
      `MEISSA_NAME=beijing-a01-${number}`,
      'MEISSA_REGION=beijing',
      `MEISSA_MEMBER=${number}`,
      `MEISSA_CONTAINER_RANGE=${range}.0/24`,
      `MEISSA_CONTAINER_RANGES=${range}.0/24`,
      `MEISSA_BRIDGE=${range}.1/24`,
      `DOCKER_OPT_BIP="--bip=${range}.1/24"`,
    ]);
  });

  test('waits while only another network than its rack`s is up', async () => {
    // Its stub makes the wait short, and says that there was one.
    host.stub('sleep', 'exec /bin/sleep 0.05');
    place.ip('address', 'add', '192.168.7.9/24', 'dev', 'mgmt');
    place.ip('route', 'add', 'default', 'via', '192.168.7.1');
    const ran = host.run('meissa-host');
    await eventually(() => host.calls().some((call) => call.startsWith('sleep')), 'it waits');
    expect(host.read('/run/meissa/host.env')).toBeUndefined();
    place.ip('address', 'add', '10.200.1.5/24', 'dev', 'vlan101');
    const { code, err } = await ran;
    expect([code, err]).toEqual([0, expect.stringContaining("meissa-cloud: not in the rack's network yet")]);
    expect(environment()).toContain('MEISSA_NAME=beijing-a01-4');
  });

  test('that has no place in the plan fails', async () => {
    place.ip('address', 'add', '10.200.1.77/24', 'dev', 'vlan101');
    expect(await host.run('meissa-host')).toMatchObject({
      code: 1,
      err: expect.stringContaining('10.200.1.77 is not in the plan'),
    });
  });

  test('fetches artifacts from the mirror of its data centre, and refuses other bytes', async () => {
    const bytes = Buffer.from('artifact');
    const digest = createHash('sha256').update(bytes).digest('hex');
    const mirror = mkdtempSync(join(tmpdir(), 'meissa-mirror-'));
    const items = { etcd: { version: '3.5.21', file: 'etcd.tar.gz', sha256: digest } };
    const made = new Sandbox().install(['base'], { ...rack, artifacts: { url: `file://${mirror}`, items } });
    try {
      const path = `${made.root}/opt/meissa/artifacts/${digest}`;
      expect(await made.run('meissa-artifact', ['etcd'])).toMatchObject({
        code: 1,
        err: expect.stringContaining(`no artifact ${digest}`),
      });
      writeFileSync(join(mirror, digest), 'other');
      expect(await made.run('meissa-artifact', ['etcd'])).toMatchObject({
        code: 1,
        err: expect.stringContaining('has other bytes'),
      });
      writeFileSync(join(mirror, digest), bytes);
      expect(await made.run('meissa-artifact', ['etcd'])).toEqual({ code: 0, out: `${path}\n`, err: '' });
      expect(readFileSync(path)).toEqual(bytes);
      rmSync(join(mirror, digest));
      expect(await made.run('meissa-artifact', ['etcd'])).toMatchObject({ code: 0 });
    } finally {
      made.end();
      rmSync(mirror, { recursive: true });
    }
  });

  test.each([
    ['no report', undefined, 0],
    ['a report that it is well', '{"host":"beijing-a01-1","well":"yes"}', 1],
    ['a report that it is not', '{"host":"beijing-a01-1","well":"no","why":"clock fails \\"well\\":\\"yes\\""}', 0],
  ])('that has %s tells Prometheus so', async (_, report, well) => {
    if (report !== undefined) host.write('/run/meissa/report.json', report);
    const told = host.start('meissa-metrics');
    let out = '';
    told.stdout!.on('data', (data) => (out += data));
    told.stdin!.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((done) => told.on('close', done));
    const [head, body] = out.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.0 200 OK\r\nContent-Type: text\/plain; version=0\.0\.4\r\n/);
    expect(body).toContain(`# TYPE meissa_host_well gauge\nmeissa_host_well ${well}\n`);
  });

  test('says plainly what there is no cloud for', async () => {
    for (const verb of ['signal', 'marker-get', 'marker-put', 'fetch', 'prefixes'])
      expect(await host.run('meissa-cloud', [verb])).toMatchObject({
        code: 1,
        err: `meissa-cloud: no cloud here to ask for ${verb}\n`,
      });
    expect(await host.run('meissa-cloud', ['tag', 'meissa:gate'])).toMatchObject({ code: 3 });
  });
});
