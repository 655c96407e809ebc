/**
 * What fails over in how long, with the rendered files and the real programs: datagrams between a region and both racks of
 * test/estates/hybrid, in both directions. The times are those that the sheet and `meissa plan` print.
 */
import { TIMERS } from '../../lib/idc/frr-bgp';
import { TAKEN_OVER_MS } from '../../lib/plan/idc/fail-over';
import { hybrid } from '../plan/linked-fixture';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { bfdSessions, FRR_PROGRAMS, until } from './frr';
import { paired } from './paired';
import { CLOUD, ENDS, Switched } from './switched';

const ALL = '4 in, 4 out; 4 in, 4 out';

/** What was measured, for who reads the log. */
function measured(what: string, ms: number, printed = TAKEN_OVER_MS): number {
  process.stdout.write(`${what}: ${ms} ms (printed: ${printed} ms)\n`);
  return ms;
}

describeWithRealParts([...FRR_PROGRAMS, 'keepalived'], lacksNamespaces(), 'a data centre of which something fails', () => {
  describe('with a router a rack', () => {
    const lab = new Switched(hybrid());
    const settled = (): boolean =>
      // Of the line and of the core.
      bfdSessions(lab.frr('r1')) === 2 &&
      lab.way('r1', CLOUD) === 'line-1' &&
      lab.way('r2', CLOUD) === 'vlan2' &&
      [...ENDS.a01, ...ENDS.a02].every((end) => lab.way('cloud', end) === 'line-1');

    beforeAll(async () => {
      await lab.start();
      await until(settled, 'the line to be used', () => lab.words(), 60);
    }, 90_000);
    afterAll(() => lab.stop());

    test('when the core is cut the cloud finds each rack by the router that still has it, and all is as before when it is back', async () => {
      expect([lab.answered('a01'), lab.answered('a02')]).toEqual([ALL, ALL]);
      const lost = await lab.outage('cloud', CLOUD, ENDS.a02[1], () => lab.cut('r1', 'vlan2'));
      expect(measured('core cut, cloud to a rack of the other router', lost)).toBeLessThan(TAKEN_OVER_MS);
      expect([lab.answered('a01'), lab.answered('a02')]).toEqual([ALL, ALL]);
      expect(lab.way('cloud', ENDS.a02[0])).toMatch(/^vpn-/);
      expect(lab.way('r2', CLOUD)).toMatch(/^vpn-/);
      lab.heal('r1', 'vlan2');
      await until(settled, 'the line to be used for all again', () => lab.words(), 40);
      expect([lab.answered('a01'), lab.answered('a02')]).toEqual([ALL, ALL]);
    }, 90_000);

    test('a line that falls silent is followed by the VPN, and taken again', async () => {
      const lost = await lab.outage('a01', ENDS.a01[0], CLOUD, () => lab.cut('r1', 'line-1'));
      expect(measured('line silent, rack to cloud', lost)).toBeLessThan(TAKEN_OVER_MS);
      expect([lab.answered('a01'), lab.answered('a02')]).toEqual([ALL, ALL]);
      lab.heal('r1', 'line-1');
      await until(settled, 'the line to be used again', () => lab.words(), 40);
    }, 90_000);

    test('a tunnel that falls silent while the line is down is left when BGP has held it long enough', async () => {
      lab.cut('r1', 'line-1');
      // Of two equal tunnels a pair of addresses goes by one.
      const used = (): string => / dev (\S+)/.exec(lab.ip('cloud', 'route', 'get', ENDS.a02[1], 'from', CLOUD))?.[1] ?? '';
      await until(
        () => used().startsWith('vpn-'),
        'the VPN to be used',
        () => lab.words(),
        20,
      );
      const held = TIMERS.vpn[1] * 1000;
      const tunnel = used();
      const lost = await lab.outage('cloud', CLOUD, ENDS.a02[1], () => lab.cut('r2', tunnel), held / 1000 + 6);
      expect(lost).toBeGreaterThan(held / 2);
      expect(measured('tunnel silent, cloud to rack', lost, held)).toBeLessThan(held + TAKEN_OVER_MS);
      expect([lab.answered('a01'), lab.answered('a02')]).toEqual([ALL, ALL]);
      lab.heal('r2', tunnel);
      lab.heal('r1', 'line-1');
      await until(settled, 'the line to be used again', () => lab.words(), 40);
    }, 150_000);

    test('a dead router takes its own rack along and nothing else', async () => {
      const ports = lab.ports('r1');
      const lost = await lab.outage('a02', ENDS.a02[1], CLOUD, () => lab.cut('r1', ...ports));
      expect(measured('router dead, another router’s rack to cloud', lost)).toBeLessThan(TAKEN_OVER_MS);
      expect([lab.answered('a01'), lab.answered('a02')]).toEqual(['0 in, 0 out; 0 in, 0 out', ALL]);
      lab.heal('r1', ...ports);
      await until(settled, 'the router to be used again', () => lab.words(), 40);
    }, 90_000);
  });

  describe('with two routers for a rack', () => {
    const lab = new Switched(paired());
    const settled = (): boolean =>
      lab.isGateway('r1') &&
      !lab.isGateway('r2') &&
      lab.way('r1', CLOUD) === 'line-1' &&
      lab.way('cloud', ENDS.a01[1]) === 'line-1';
    const both = (rest: (direction: readonly ['cloud' | 'a01', string, string]) => Promise<number>): Promise<number[]> =>
      Promise.all(
        (
          [
            ['cloud', CLOUD, ENDS.a01[1]],
            ['a01', ENDS.a01[0], CLOUD],
          ] as const
        ).map(rest),
      );
    /** Longest silence in each direction. */
    const lost = async (what: string, act: () => unknown): Promise<void> => {
      let acts: (() => unknown)[] = [act];
      const once = (): void => {
        const [first] = acts;
        acts = [];
        first?.();
      };
      for (const ms of await both((way) => lab.outage(...way, once))) expect(measured(what, ms)).toBeLessThan(TAKEN_OVER_MS);
    };
    const back = (): Promise<void> => until(settled, 'the preferred router to be the gateway again', () => lab.words(), 60);

    beforeAll(async () => {
      await lab.start();
      await until(settled, 'r1 to be the gateway', () => lab.words(), 60);
    }, 90_000);
    afterAll(() => lab.stop());

    test('when the preferred router dies the other one is the gateway, and the rack’s packets go on in both directions', async () => {
      expect(lab.answered('a01')).toBe(ALL);
      const ports = lab.ports('r1');
      await lost('preferred router dead', () => lab.cut('r1', ...ports));
      expect(lab.isGateway('r2')).toBe(true);
      expect(lab.answered('a01')).toBe(ALL);
      // Alone it thinks that it is the gateway: it must not be one before it has routes again.
      await lost('preferred router back', () => lab.heal('r1', ...ports));
      await back();
      expect(lab.answered('a01')).toBe(ALL);
    }, 120_000);

    test('a router that has lost its rack tells nobody its ranges, hosts’ and containers’', async () => {
      await lost('rack’s port of the preferred router down', () => lab.ip('r1', 'link', 'set', 'vlan101', 'down'));
      expect(lab.answered('a01')).toBe(ALL);
      expect(lab.way('r1', ENDS.a01[1])).toBe('vlan2');
      lab.ip('r1', 'link', 'set', 'vlan101', 'up');
      await back();
    }, 120_000);

    test('a router whose daemons hang while its kernel forwards is left by its neighbours and by the rack', async () => {
      await lost('daemons of the preferred router stopped', () => lab.signal('r1', 'SIGSTOP'));
      expect(lab.isGateway('r2')).toBe(true);
      expect(lab.answered('a01')).toBe(ALL);
      lab.signal('r1', 'SIGCONT');
      await back();
      expect(lab.answered('a01')).toBe(ALL);
    }, 120_000);

    test('without bgpd a router is no gateway, until it runs again', async () => {
      await lost('bgpd of the preferred router killed', () => process.kill(lab.frr('r1').pid('bgpd'), 'SIGKILL'));
      expect(lab.isGateway('r2')).toBe(true);
      expect(lab.answered('a01')).toBe(ALL);
    }, 120_000);
  });
});
