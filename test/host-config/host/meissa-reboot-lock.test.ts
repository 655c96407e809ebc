import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithRealParts } from '../../real-parts';
import { defaults, ownProfiles } from '../fixtures';
import { eventually, Sandbox } from './sandbox';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

describeWithRealParts(['etcd-3.5', 'etcdctl-3.5'], [], 'reboots by a lock of a real etcd', (path) => {
  let etcd: ChildProcess;
  let folder: string;
  let endpoint: string;
  const hosts: Sandbox[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'meissa-etcd-'));
    endpoint = `http://127.0.0.1:${await freePort()}`;
    const peer = `http://127.0.0.1:${await freePort()}`;
    const urls = [
      '--listen-client-urls',
      endpoint,
      '--advertise-client-urls',
      endpoint,
      '--listen-peer-urls',
      peer,
      '--initial-advertise-peer-urls',
      peer,
    ];
    etcd = spawn(path('etcd-3.5'), ['--data-dir', join(folder, 'data'), '--initial-cluster', `default=${peer}`, ...urls], {
      stdio: 'ignore',
    });
    await eventually(() => {
      try {
        return etcdctl('endpoint', 'health') !== undefined;
      } catch {
        return false;
      }
    }, 'etcd is up');
  }, 30_000);
  afterAll(() => {
    etcd.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    for (const host of hosts.splice(0)) host.end();
    etcdctl('del', '--prefix', '/meissa');
  });

  const etcdctl = (...args: string[]): string =>
    execFileSync(path('etcdctl-3.5'), ['--endpoints', endpoint, ...args], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();

  /** A host of the cluster; `date` tells its clock as day of the week, hour and minute. */
  function host(name: string, parameters: Record<string, unknown> = {}, clock = '1 12 00'): Sandbox {
    const all = defaults(ownProfiles('base', 'updates'));
    const made = new Sandbox({ ETCDCTL_ENDPOINTS: endpoint, MEISSA_REBOOT_SECONDS: '0.1' });
    made.install(['base', 'updates'], { parameters: { ...all, updates: { ...all.updates, ...parameters } } });
    made.write('/run/meissa/host.env', `MEISSA_NAME=${name}\n`);
    symlinkSync(path('etcdctl-3.5'), join(made.root, 'opt/meissa/bin/etcdctl'));
    made
      .stub('systemctl')
      .stub('update_engine_client', `cat ${made.root}/update`)
      .write('/update', 'CURRENT_OP=UPDATE_STATUS_IDLE\n');
    const [day, hour, minute] = clock.split(' ');
    made.write(
      '/stubs/date',
      `#!/bin/bash\nf=\${!#}; [[ $f == *%F* ]] && exec /usr/bin/date "$@"\nf=\${f//%u/${day}}; f=\${f//%H/${hour}}; f=\${f//%M/${minute}}; echo "\${f#+}"\n`,
      '0755',
    );
    hosts.push(made);
    return made;
  }
  const needsReboot = (made: Sandbox) => made.write('/update', 'CURRENT_OP=UPDATE_STATUS_UPDATED_NEED_REBOOT\n');
  const rebooted = (made: Sandbox): boolean => made.calls().includes('systemctl reboot');
  const status = async (made: Sandbox): Promise<string> => (await made.run('meissa-reboot-lock', ['status'])).out;
  const rounds = (seconds = 1.5): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1000));

  test('one host at a time: it keeps the lock over its reboot and gives it back when it is well again', async () => {
    const [a, b] = [host('core-a'), host('core-b')];
    a.write('/opt/meissa/health.d/well', '#!/bin/bash\n[[ ! -e $MEISSA_ROOT/unwell ]]\n', '0755');
    needsReboot(a);
    const first = a.start('meissa-reboot-lock', ['run']);
    await eventually(() => rebooted(a), 'a reboots');
    process.kill(-first.pid!, 'SIGKILL');
    expect(await status(b)).toMatch(/^\/meissa\/reboot\/core\/1 core-a \d{4}-\d\d-\d\dT[\d:]+Z\n$/);

    needsReboot(b);
    let said = '';
    b.start('meissa-reboot-lock', ['run']).stdout!.on('data', (data) => (said += data));
    await eventually(() => said.includes('core-a'), 'b says who it waits for');
    expect(rebooted(b)).toBe(false);

    // a comes back, unwell at first.
    a.write('/update', 'CURRENT_OP=UPDATE_STATUS_IDLE\n').write('/unwell', '');
    a.start('meissa-reboot-lock', ['run']);
    await rounds();
    expect(await status(a)).toContain('core-a');
    rmSync(join(a.root, 'unwell'));
    await eventually(() => rebooted(b), 'b reboots after a is well');
    expect(await status(a)).toMatch(/core-b/);
    expect(await status(a)).not.toMatch(/core-a/);
  }, 60_000);

  test('ten hosts that ask at once get as many locks as there are slots', async () => {
    const all = Array.from({ length: 10 }, (_, index) => needsReboot(host(`core-${index}`, { slots: 3 })));
    for (const each of all) each.start('meissa-reboot-lock', ['run']);
    await rounds(4);
    expect(all.filter(rebooted)).toHaveLength(3);
    expect((await status(all[0]!)).trim().split('\n')).toHaveLength(3);
  }, 60_000);

  test('an unwell host does not reboot', async () => {
    const made = needsReboot(host('core-a')).write('/opt/meissa/health.d/ill', '#!/bin/bash\nexit 1\n', '0755');
    made.start('meissa-reboot-lock', ['run']);
    await rounds();
    expect(rebooted(made)).toBe(false);
    expect(await status(made)).toBe('');
  });

  test.each([
    ['at any time by default', {}, '3 23 59', true],
    ['inside the window', { days: ['Tue'], start: '02:30', minutes: 60 }, '2 03 29', true],
    ['not before it', { days: ['Tue'], start: '02:30', minutes: 60 }, '2 02 29', false],
    ['not after it', { days: ['Tue'], start: '02:30', minutes: 60 }, '2 03 30', false],
    ['not on another day', { days: ['Tue', 'Thu'], start: '02:30', minutes: 60 }, '3 03 00', false],
    ['after midnight in a window that began the day before', { days: ['Sun'], start: '23:00', minutes: 120 }, '1 00 59', true],
    ['at 08:09, which is no octal number', { days: ['Mon'], start: '08:00', minutes: 10 }, '1 08 09', true],
  ])('hosts reboot %s', async (_when, parameters, clock, expected) => {
    const made = needsReboot(host('core-a', parameters, clock));
    made.start('meissa-reboot-lock', ['run']);
    // What was called is told once.
    if (expected) return eventually(() => rebooted(made), 'it reboots');
    await rounds(1);
    expect(rebooted(made)).toBe(false);
  });

  test('ops release the lock of a host that never comes back; a host without etcd never reboots and says so', async () => {
    const [a, b] = [host('core-a'), host('core-b')];
    etcdctl('put', '/meissa/reboot/core/1', 'core-a 2026-01-01T00:00:00Z');
    expect(await b.run('meissa-reboot-lock', ['release', 'core-none'])).toMatchObject({ code: 0 });
    expect(await status(b)).toContain('core-a');
    expect(await b.run('meissa-reboot-lock', ['release', 'core-a'])).toMatchObject({ code: 0 });
    expect(await status(b)).toBe('');

    const nowhere = { ETCDCTL_ENDPOINTS: 'http://127.0.0.1:1', ETCDCTL_DIAL_TIMEOUT: '1s' };
    expect((await a.run('meissa-reboot-lock', ['release', 'core-a'], nowhere)).code).not.toBe(0);
    needsReboot(a).start('meissa-reboot-lock', ['run'], nowhere);
    await rounds(3);
    expect(rebooted(a)).toBe(false);
  }, 60_000);
});
