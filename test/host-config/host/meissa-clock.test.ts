/** How hosts judge their clock: the real script, in a namespace, against a real server of time (chronyd, which leaves the machine's clock alone). */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnInNamespace } from '../../namespace-process';
import { describeWithRealParts, lacksNamespaces } from '../../real-parts';
import { aliyunContext } from '../aliyun-fixtures';
import { ownProfiles } from '../fixtures';
import { Place } from './net-lab';
import { eventually, Sandbox } from './sandbox';

const DAY = 86_400_000;
const ADDRESS = '169.254.169.123';

describeWithRealParts(['chronyd'], lacksNamespaces(), 'the clock of a host', (path) => {
  const chronyd = path('chronyd');
  let place: Place;
  let folder: string;
  let host: Sandbox;
  const servers: ChildProcess[] = [];
  beforeEach(() => {
    place = new Place();
    place.ip('address', 'add', `${ADDRESS}/32`, 'dev', 'lo');
    folder = mkdtempSync(join(tmpdir(), 'meissa-time-'));
    host = new Sandbox({ MEISSA_CLOCK_SECONDS: '1' }).install(['base']).inside(place.namespace);
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.kill();
      await once(server, 'close');
    }
    host.end();
    await place.end();
    rmSync(folder, { recursive: true });
  });

  /** A server at the address. @param knows whether it has the time from somebody */
  async function serve(knows = true): Promise<void> {
    const conf = join(folder, 'chrony.conf');
    const source = knows ? 'local stratum 3\n' : 'server 192.0.2.1\n';
    writeFileSync(conf, `${source}allow all\nbindaddress ${ADDRESS}\ncmdport 0\npidfile ${folder}/pid\nbindcmdaddress /\n`);
    const server = spawnInNamespace(place.namespace, chronyd, ['-x', '-d', '-u', 'root', '-f', conf], { stdio: 'ignore' });
    servers.push(server);
    await eventually(() => place.run('ss', '-Hlun', 'sport = 123').includes(ADDRESS), 'it listens');
  }
  const off = (ms: number) =>
    host.stub('date', `[[ $* == +%s%3N ]] || exec /bin/date "$@"\necho $(($(/bin/date +%s%3N) + ${ms}))`);
  const offset = async () => (await host.run('meissa-clock')).out.trim().replace(/^clock-offset-ms /, '');

  test('is asked for at the cloud’s own server, and is right within milliseconds', async () => {
    await serve();
    expect(Math.abs(Number(await offset()))).toBeLessThan(50);
    for (const verb of ['health', 'before']) expect(await host.run('meissa-clock', [verb])).toMatchObject({ code: 0, err: '' });
  });

  test.each([
    ['a day ahead', DAY],
    ['a day behind', -DAY],
    ['a little more than the bound ahead', 600],
  ])('%s is told, is not well, and nothing that judges by it starts', async (_, ms) => {
    await serve();
    off(ms);
    expect(Math.abs(Number(await offset()) - ms)).toBeLessThan(50);
    for (const verb of ['health', 'before'])
      expect(await host.run('meissa-clock', [verb])).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^meissa-clock: the clock is -?\d+ ms off 169\.254\.169\.123: see systemctl status/),
      });
  });

  test('while nobody answers it is unknown, which keeps nothing from being changed or started, least of all all hosts at once', async () => {
    expect(await offset()).toBe('unknown');
    for (const verb of ['health', 'before']) expect(await host.run('meissa-clock', [verb])).toMatchObject({ code: 0, err: '' });
  });

  test('who does not know the time itself is not believed, and the next one is asked', async () => {
    await serve(false);
    off(DAY);
    expect(await offset()).toBe('unknown');
    host.write('/etc/meissa/env', `${host.read('/etc/meissa/env')}MEISSA_TIME="192.0.2.9 ${ADDRESS}"\n`);
    expect(await offset()).toBe('unknown');
    for (const server of servers.splice(0)) server.kill();
    await eventually(() => !place.run('ss', '-Hlun', 'sport = 123').includes(ADDRESS), 'it is gone');
    await serve();
    expect(Math.abs(Number(await offset()) - DAY)).toBeLessThan(50);
  });

  test('what starts by the clock waits for servers that come late', async () => {
    off(DAY);
    const waits = host.run('meissa-clock', ['before'], { MEISSA_CLOCK_SECONDS: '12' });
    await serve();
    expect(await waits).toMatchObject({ code: 1, err: expect.stringContaining('ms off') });
  });

  test('what chronyd of Aliyun’s images is given it takes: the address, which needs no DNS, and names beside it', () => {
    const profiles = ownProfiles('base');
    const aliyun = new Sandbox().install(['base'], aliyunContext(profiles));
    const conf = join(aliyun.root, 'etc/chrony/chrony.conf');
    const read = execFileSync(chronyd, ['-p', '-f', conf], { encoding: 'utf8' });
    expect(read).toContain('server 100.100.61.88 iburst minpoll 4 maxpoll 10\n');
    expect(read.match(/^server ntp\d+\.cloud\.aliyuncs\.com /gm)).toHaveLength(6);
    expect(aliyun.read('/etc/chrony.conf')).toBe('include /etc/chrony/chrony.conf\n');
    aliyun.end();
  });
});
