/** The rendered routers of test/estates/hybrid, run by the real FRR: what they tell, believe and refuse, and what they do when the line fails. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { FRR_PROGRAMS, until } from './frr';
import { CLOUD_PREFIXES, HybridRouters, IDC_PREFIXES, LINE, type RouterName, renderedFrr, TUNNELS } from './hybrid-routers';

const BEHIND_R2 = ['10.200.0.2/32', '10.200.2.0/24', '172.20.32.0/19'];

describeWithRealParts(FRR_PROGRAMS, lacksNamespaces(), 'the routers of a data centre', () => {
  const routers = new HybridRouters();
  const configure = (name: RouterName, ...lines: string[]): string => routers.frr(name).vtysh('configure', ...lines);
  const everySession: readonly [RouterName, string][] = [
    ['r1', LINE.cloud],
    ['r1', '10.200.255.2'],
    ['r2', TUNNELS[0].cloud],
    ['r2', TUNNELS[1].cloud],
  ];
  const settled = (): boolean =>
    everySession.every(([router, neighbor]) => routers.session(router, neighbor) === 'Established') &&
    routers.way('r1', '10.1.0.5') === 'line-1' &&
    routers.way('r2', '10.1.0.5') === 'vlan2' &&
    routers.received('tgw', TUNNELS[1].idc).size > 0;
  const words = (): string =>
    (['r1', 'r2'] as const)
      .map((r) => `${routers.frr(r).vtysh('show bgp ipv4 unicast summary')}${routers.frr(r).log()}`)
      .join('\n');

  beforeAll(async () => {
    await routers.start();
    await until(settled, 'all sessions to come up', words, 60);
  }, 90_000);

  afterAll(() => routers.stop());

  test('the line takes exactly the planned prefixes, and the clouds are told the aggregates, the racks and nothing else', () => {
    expect(routers.taken('r1', LINE.cloud)).toEqual(CLOUD_PREFIXES);
    expect([...routers.received('dx', LINE.idc).keys()]).toEqual(IDC_PREFIXES);
    for (const { idc, cloud } of TUNNELS) {
      expect(routers.taken('r2', cloud)).toEqual(CLOUD_PREFIXES);
      expect([...routers.received('tgw', idc).keys()]).toEqual(IDC_PREFIXES);
    }
  });

  test('the cloud sees one AS number on the line and three on the VPN, so it prefers the line', () => {
    expect(new Set(routers.received('dx', LINE.idc).values())).toEqual(new Set(['65010']));
    for (const { idc } of TUNNELS) {
      expect(new Set(routers.received('tgw', idc).values())).toEqual(new Set(['65010 65010 65010']));
    }
  });

  test('every router sends to the cloud by the line, and to racks of the other router over the core', () => {
    for (const address of ['10.1.0.5', '10.2.0.5', '172.16.3.4', '172.17.3.4']) {
      expect(routers.way('r1', address)).toBe('line-1');
      expect(routers.way('r2', address)).toBe('vlan2');
    }
    expect(routers.taken('r1', '10.200.255.2')).toEqual(BEHIND_R2);
    expect(routers.way('r1', '172.20.32.9')).toBe('vlan2');
    expect(routers.way('r1', '10.200.2.2')).toBe('vlan2');
  });

  test('what no host has is dropped, and nothing outside the plan has a way', () => {
    expect(routers.ip('r1', 'route', 'show', '10.200.0.0/16')).toMatch(/^blackhole/);
    expect(routers.ip('r1', 'route', 'show', '172.20.0.0/16')).toMatch(/^blackhole/);
    for (const address of ['10.200.77.1', '172.20.9.9', '10.3.0.1', '192.0.2.1'])
      expect(routers.way('r1', address)).toBeUndefined();
  });

  test('a prefix that is not planned is refused: another region’s, a part of a planned one, and the default route', async () => {
    const stray = ['10.3.0.0/16', '10.1.128.0/17', '0.0.0.0/0', '10.200.0.0/17'];
    const originate = (no: string): string[] => stray.flatMap((p) => [`${no}network ${p}`]);
    configure('dx', 'router bgp 64600', 'no bgp network import-check', 'address-family ipv4 unicast', ...originate(''));
    const told = (): string[] => stray.filter((prefix) => routers.received('r1', LINE.cloud).has(prefix));
    await until(() => told().length === stray.length, 'the stray prefixes', words);
    await sleep(300);
    expect(routers.taken('r1', LINE.cloud)).toEqual(CLOUD_PREFIXES);
    expect(routers.way('r1', '10.3.0.1')).toBeUndefined();
    configure('dx', 'router bgp 64600', 'address-family ipv4 unicast', ...originate('no '));
    await until(() => told().length === 0, 'the stray prefixes to go', words);
  });

  test('a prefix that somebody adds to a router by hand is told to no cloud', async () => {
    configure('r2', 'ip route 10.99.0.0/16 blackhole', 'router bgp 65010', 'address-family ipv4 unicast', 'network 10.99.0.0/16');
    await until(
      () => routers.frr('r2').vtysh('show bgp ipv4 unicast 10.99.0.0/16').includes('sourced'),
      'the prefix in BGP',
      words,
    );
    await sleep(500);
    expect([...routers.received('tgw', TUNNELS[0].idc).keys()]).toEqual(IDC_PREFIXES);
    expect(routers.taken('r1', '10.200.255.2')).toEqual(BEHIND_R2);
    configure(
      'r2',
      'no ip route 10.99.0.0/16 blackhole',
      'router bgp 65010',
      'address-family ipv4 unicast',
      'no network 10.99.0.0/16',
    );
  });

  test('a line that dies without a signal is left for the VPN within a second or so, long before its hold time, and taken again', async () => {
    const from = await cut(() => routers.ip('dx', 'address', 'delete', `${LINE.cloud}/30`, 'dev', 'line-1'));
    process.stdout.write(`line -> VPN: ${from} ms (BFD 300 ms x 3; the hold time alone would be 90,000 ms)\n`);
    expect(from).toBeLessThan(5_000);
    await until(() => routers.way('r2', '10.1.0.5')?.startsWith('vpn-') === true, 'r2 to use the VPN', words);
    // The carrier was there all the time: nothing but BFD could have seen it.
    expect(routers.ip('r1', 'link', 'show', 'line-1')).toContain('LOWER_UP');
    routers.ip('dx', 'address', 'add', `${LINE.cloud}/30`, 'dev', 'line-1');
    await until(settled, 'the line to be used again', words, 40);
    expect(routers.taken('r1', LINE.cloud)).toEqual(CLOUD_PREFIXES);
  }, 60_000);

  test('a cloud that tells too much is cut off, whatever the filter lets through, and the VPN takes over until a person clears it', async () => {
    const flood = Array.from({ length: 120 }, (_, i) => `192.0.${i}.0/24`);
    const originate = (no: string): string[] => flood.map((p) => `${no}network ${p}`);
    configure('dx', 'router bgp 64600', 'address-family ipv4 unicast', ...originate(''));
    // FRR counts what it refuses, but looks at the sum only when it takes a prefix: here the cloud tells a planned one again.
    configure('dx', 'router bgp 64600', 'address-family ipv4 unicast', 'no network 10.2.0.0/16');
    await until(() => !routers.received('r1', LINE.cloud).has('10.2.0.0/16'), 'the prefix to go', words);
    configure('dx', 'router bgp 64600', 'address-family ipv4 unicast', 'network 10.2.0.0/16');
    await until(() => routers.session('r1', LINE.cloud) === 'Idle (PfxCt)', 'the session to go down', words);
    await until(() => routers.way('r1', '10.1.0.5') === 'vlan2', 'the VPN to take over', words);
    configure('dx', 'router bgp 64600', 'address-family ipv4 unicast', ...originate('no '));
    await sleep(1_000);
    expect(routers.session('r1', LINE.cloud)).toBe('Idle (PfxCt)');
    routers.frr('r1').vtysh(`clear bgp ipv4 unicast ${LINE.cloud}`);
    await until(settled, 'the line to be used again', words, 40);
  }, 60_000);

  test('a session’s key from the router’s own file is used when it stands behind the rendered configuration', async () => {
    const key = `router bgp 65010\n neighbor ${LINE.cloud} password s3cret-of-the-line\nexit\n`;
    configure('dx', 'router bgp 64600', `neighbor ${LINE.idc} password another`);
    expect(renderedFrr('r1')).not.toMatch(/^[^!]*password/m);
    await routers.restart('r1', renderedFrr('r1') + key);
    await until(() => routers.session('r1', '10.200.255.2') === 'Established', 'the core', words, 40);
    await sleep(4_000);
    expect(routers.session('r1', LINE.cloud)).not.toBe('Established');
    configure('dx', 'router bgp 64600', `neighbor ${LINE.idc} password s3cret-of-the-line`);
    await until(settled, 'the session with the right key', words, 40);
  }, 90_000);

  /** Does something, and says after how many milliseconds r1 sends to the cloud by the core. */
  async function cut(act: () => unknown): Promise<number> {
    const before = performance.now();
    act();
    await until(() => routers.way('r1', '10.1.0.5') === 'vlan2', 'r1 to leave the line', words);
    return Math.round(performance.now() - before);
  }
});
