/** Files onto a router by a real sshd: what cuts its own way off is taken back by the router. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PushTarget } from '../../lib/deploy/push/files';
import { lookAt, type PushOptions, push } from '../../lib/deploy/push/push';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { PushedRouter, ROUTER } from './pushed-router';

jest.setTimeout(120_000);

const FILTER = (rules: string) => `table inet meissa
delete table inet meissa
table inet meissa {
 chain input {
  type filter hook input priority filter; policy drop;
${rules} }
}
`;
const OPEN = FILTER('  tcp dport 22 accept\n');
/** What a person forgot: the way that they came by. */
const SHUT = FILTER('  tcp dport 179 accept\n');
const FRR = (route: string) => `frr defaults traditional\nhostname r1\n!\nip route ${route} blackhole\n`;
const options: PushOptions = {
  within: 15,
  sleep: (milliseconds) => sleep(Math.min(milliseconds, 500)),
  now: () => performance.now(),
};

describeWithRealParts(['sshd', 'nft', 'frr-vtysh'], lacksNamespaces(), 'files pushed to a router', (path) => {
  const router = new PushedRouter(path);
  beforeAll(() => router.start(), 60_000);
  afterAll(() => router.stop());

  const target = (files: Readonly<Record<string, string>>, name = 'r1'): PushTarget => ({
    name,
    kind: 'router',
    address: ROUTER,
    files: new Map(Object.entries(files)),
  });
  const pushed = (files: Readonly<Record<string, string>>) => push(target(files), router.shell, options);
  const good = {
    '/etc/nftables.conf': OPEN,
    '/etc/frr/frr.conf': FRR('10.0.0.0/8'),
    '/etc/systemd/network/10-eno5.network': '[Match]\nName=eno5\n',
  };

  test('are shown as a diff first, checked, loaded each by its own means, and stay', async () => {
    await router.run('mkdir -p /etc/frr && echo "hostname old" >/etc/frr/frr.conf && chmod 640 /etc/frr/frr.conf');
    const diff = await lookAt(target(good), router.shell);
    expect(diff).toContain('--- /etc/frr/frr.conf');
    expect(diff).toContain('-hostname old\n');
    expect(router.told()).toEqual([]);
    expect(await pushed(good)).toBe('pushed');
    expect(router.told()).toEqual(['networkctl reload', 'systemctl reload frr']);
    expect(await router.run('nft list table inet meissa')).toContain('tcp dport 22 accept');
    expect(await router.run('stat -c %a /etc/frr/frr.conf')).toBe('640\n');
    // The way back was called off.
    await sleep(options.within * 1000 + 1000);
    expect(await router.run('cat /etc/frr/frr.conf')).toBe(good['/etc/frr/frr.conf']);
  });

  test('that are there already change nothing', async () => {
    expect(await lookAt(target(good), router.shell)).toBeUndefined();
    expect(await pushed(good)).toBe('unchanged');
    expect(router.told()).toEqual([]);
  });

  test('that cut off the way they came by are taken back by the router itself', async () => {
    const shut = { ...good, '/etc/nftables.conf': SHUT };
    await expect(pushed(shut)).rejects.toMatchObject({
      code: 'PUSH_TAKEN_BACK',
      message: expect.stringMatching(/^r1: it could not be reached any more within 15 s of the push; it took it back by itself/),
    });
    expect(await router.run('nft list table inet meissa')).toContain('tcp dport 22 accept');
    expect(await router.run('cat /etc/nftables.conf')).toBe(OPEN);
    expect(await lookAt(target(good), router.shell)).toBeUndefined();
  });

  test('that FRR or nft does not take change nothing', async () => {
    router.told();
    const code = 'PUSH_REFUSED';
    await expect(pushed({ ...good, '/etc/frr/frr.conf': 'ip rute 10.0.0.0/8 blackhole\n' })).rejects.toMatchObject({
      code,
      message: expect.stringContaining('FRR does not take'),
    });
    await expect(pushed({ ...good, '/etc/nftables.conf': FILTER('  tcp dpot 22 accept\n') })).rejects.toMatchObject({ code });
    expect(router.told()).toEqual([]);
    expect(await lookAt(target(good), router.shell)).toBeUndefined();
  });

  test('after which a BGP session that was up is not up again are taken back', async () => {
    const other = { ...good, '/etc/frr/frr.conf': FRR('10.1.0.0/16') };
    router.sessionsAfter('reload frr', '192.168.255.1');
    await expect(pushed(other)).rejects.toMatchObject({
      code: 'PUSH_TAKEN_BACK',
      message: expect.stringContaining('BGP is not up again with 10.200.0.2'),
    });
    router.sessionsAfter();
    router.sessions('192.168.255.1', '10.200.0.2');
    expect(await lookAt(target(good), router.shell)).toBeUndefined();
  });

  test('that can not be loaded are taken back at once, and what they came with is loaded again', async () => {
    router.told();
    router.refuse('networkctl reload');
    const begun = performance.now();
    await expect(pushed({ ...good, '/etc/systemd/network/10-eno5.network': '[Match]\nName=eno6\n' })).rejects.toMatchObject({
      code: 'PUSH_TAKEN_BACK',
      message: expect.stringContaining('could not be loaded'),
    });
    expect(performance.now() - begun).toBeLessThan(options.within * 1000);
    router.refuse('');
    expect(router.told()).toEqual(['networkctl reload', 'networkctl reload']);
    expect(await lookAt(target(good), router.shell)).toBeUndefined();
  });

  test('of an earlier push that are no longer described go; others that a person put there stay', async () => {
    await router.run('echo x >/etc/systemd/network/99-own.network');
    const { '/etc/systemd/network/10-eno5.network': _, ...fewer } = good;
    expect(await pushed(fewer)).toBe('pushed');
    expect(await router.run('ls /etc/systemd/network')).toBe('99-own.network\n');
    expect(await pushed(good)).toBe('pushed');
  });

  test('a key that stands beside FRR’s file is put behind it, and not shown', async () => {
    await router.run('echo "password hidden-key" >/etc/frr/frr.secrets.conf');
    const diff = await lookAt(target(good), router.shell);
    expect(diff).toContain('+password ***');
    expect(diff).not.toContain('hidden-key');
    expect(await pushed(good)).toBe('pushed');
    expect(await router.run('tail -1 /etc/frr/frr.conf')).toBe('password hidden-key\n');
    expect(await pushed(good)).toBe('unchanged');
  });

  test('a router that restarts before it was confirmed goes back at the next push', async () => {
    const other = { ...good, '/etc/frr/frr.conf': FRR('10.2.0.0/16') };
    expect(await pushed(other)).toBe('pushed');
    // As it lies on the disk after a restart: nobody waits, the confirmation is of another boot.
    await router.run('cd /var/lib/meissa/push && echo of-another-boot >waiting && echo /etc/frr/frr.conf >changed');
    router.told();
    expect(await pushed(good)).toBe('unchanged');
    expect(router.told()).toEqual(['systemctl reload frr']);
    expect(await lookAt(target(good), router.shell)).toBeUndefined();
  });

  test('a router that is not there is named, with what to try', async () => {
    const away = { ...target(good), address: '192.0.2.77' };
    await expect(lookAt(away, router.shell)).rejects.toMatchObject({
      code: 'HOST_NOT_REACHED',
      message: expect.stringContaining('nothing was changed'),
      fix: expect.stringContaining('ssh 192.0.2.77 true'),
    });
  });
});
