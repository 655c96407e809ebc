/**
 * What Prometheus reads of the rendered routers of test/estates/hybrid: the real exporters, started as their drop-ins say, beside the real
 * FRR. Names and labels that alerts go by are those that they print.
 */
import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { METRICS } from '../../lib/collection/watching/metrics';
import { networkAlerts } from '../../lib/collection/watching/network-alerts';
import { routerTargets } from '../../lib/collection/watching/router-targets';
import type { Targets } from '../../lib/collection/watching/targets';
import { renderIdc } from '../../lib/idc/render';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import { spawnInNamespace } from '../namespace-process';
import { hybrid } from '../plan/linked-fixture';
import { describeWithRealParts, findRealPart, lacksNamespaces } from '../real-parts';
import { FRR_PROGRAMS, until } from './frr';
import { HybridRouters, LINE, type RouterName, TUNNELS } from './hybrid-routers';

type Name = 'r1' | 'r2';

const estate = hybrid();
const beijing = planIdc(estate, estate.idcs.find(({ name }) => name === 'beijing')!);
const files = renderIdc(beijing, planLinks(estate), () => '');
const targets = routerTargets(beijing);

describeWithRealParts(
  [...FRR_PROGRAMS, 'frr-exporter', 'blackbox-exporter', 'nft', 'curl'],
  lacksNamespaces(),
  'the exporters of a data centre’s routers',
  () => {
    const routers = new HybridRouters();
    const running: ChildProcess[] = [];
    let folder: string;

    /** As the drop-in starts it, but for paths of this machine. */
    function start(router: Name, drop: 'frr-exporter' | 'blackbox-exporter'): void {
      const text = files.get(`routers/${router}/${drop}.conf`)!;
      const [, ...args] = /^ExecStart=(\S.*)$/m.exec(text)![1]!.split(' ');
      const modules = join(folder, `${router}.yml`);
      writeFileSync(modules, files.get(`routers/${router}/blackbox.yml`)!);
      const own = args.map((arg) => arg.replace('/etc/prometheus/blackbox.yml', modules));
      // It asks bgpd by its socket, and bfdd by vtysh.
      const { sockets } = routers.frr(router);
      const vtysh = `--vty_socket ${sockets} --config_dir ${sockets}`;
      const there = [
        `--frr.socket.dir-path=${sockets}`,
        `--frr.vtysh.path=${findRealPart('frr-vtysh')}`,
        `--frr.vtysh.options=${vtysh}`,
      ];
      running.push(
        spawnInNamespace(routers.namespace(router), findRealPart(drop)!, [...own, ...(drop === 'frr-exporter' ? there : [])], {
          stdio: 'ignore',
        }),
      );
    }

    /** What Prometheus gets of a target. */
    function read({ targets: [address], labels }: Targets): string {
      const parameters = Object.entries(labels).flatMap(([name, value]) =>
        name.startsWith('__param_') ? [`${name.slice('__param_'.length)}=${value}`] : [],
      );
      const url = `http://${address}${labels.__metrics_path__ ?? '/metrics'}?${parameters.join('&')}`;
      const namespace = routers.namespace(labels.router as Name);
      return execFileSync('ip', ['netns', 'exec', namespace, 'curl', '-sS', '-m', '10', url], { encoding: 'utf8' });
    }

    /** Series of a metric: labels and value. */
    function series(text: string, metric: string): { labels: Record<string, string>; value: number }[] {
      return [...text.matchAll(new RegExp(`^${metric}(?:\\{(.*)\\})? (\\S+)$`, 'gm'))].map(([, labels = '', value]) => ({
        labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, of]) => [name!, of!])),
        value: Number(value),
      }));
    }

    const sessionsOf = (router: Name): Targets =>
      targets.find(({ labels }) => labels.job === 'router' && labels.router === router)!;
    const sessions = (router: Name): Map<string, readonly [string, number]> =>
      new Map(
        series(read(sessionsOf(router)), METRICS.router.session).map(({ labels, value }) => [
          labels.peer!,
          [labels.peer_desc!, value] as const,
        ]),
      );
    const lineBfd = () => series(read(sessionsOf('r1')), METRICS.router.bfd).find(({ labels }) => labels.peer === LINE.cloud);
    const answers = (peer: string, size = 'small'): number | undefined =>
      series(
        read(targets.find(({ labels }) => labels.job === 'probe' && labels.peer === peer && labels.size === size)!),
        METRICS.probe.success,
      )[0]?.value;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'meissa-exporters-'));
      await routers.start();
      for (const router of ['r1', 'r2'] as const) {
        const filter = join(folder, `${router}.nft`);
        writeFileSync(filter, files.get(`routers/${router}/nftables.conf`)!);
        execFileSync('ip', ['netns', 'exec', routers.namespace(router), findRealPart('nft')!, '-f', filter]);
        start(router, 'frr-exporter');
        start(router, 'blackbox-exporter');
      }
      const settled = (): boolean => {
        try {
          return (
            (['r1', 'r2'] as const).every((router) => {
              const all = [...sessions(router).values()];
              return all.length === (router === 'r1' ? 2 : 3) && all.every(([, value]) => value === 1);
            }) &&
            lineBfd()?.value === 1 &&
            routers.way('r2', '10.1.0.5') === 'vlan2'
          );
        } catch {
          return false;
        }
      };
      await until(settled, 'every session to be up and told', () => '', 60);
    }, 90_000);

    afterAll(async () => {
      for (const exporter of running) exporter.kill('SIGKILL');
      await routers.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test('every session is told with its peer and what it belongs to, as alerts look for it', () => {
      expect([...sessions('r1')].sort()).toEqual([
        ['10.200.255.2', ['router r2', 1]],
        [LINE.cloud, ['leased line beijing--us-east-1/line', 1]],
      ]);
      expect([...sessions('r2')].sort()).toEqual([
        ['10.200.255.1', ['router r1', 1]],
        [TUNNELS[0].cloud, ['tunnel 1 of VPN beijing--us-east-1/fallback', 1]],
        [TUNNELS[1].cloud, ['tunnel 2 of VPN beijing--us-east-1/fallback', 1]],
      ]);
      const patterns = networkAlerts.flatMap(({ expression }) =>
        [...expression.matchAll(/peer_desc=~"([^"]+)"/g)].map(([, pattern]) => new RegExp(`^(?:${pattern})$`)),
      );
      const described = [...sessions('r1').values(), ...sessions('r2').values()].map(([words]) => words);
      expect(patterns.length).toBeGreaterThan(2);
      // Each looks for sessions that there are, and each session is looked for.
      for (const pattern of patterns) expect(described.some((words) => pattern.test(words))).toBe(true);
      for (const words of described) expect(patterns.some((pattern) => pattern.test(words))).toBe(true);
    });

    test('the line’s BFD session is told by its peer, and whether FRR answers', () => {
      expect(lineBfd()).toEqual({ labels: { local: LINE.idc, peer: LINE.cloud }, value: 1 });
      for (const router of beijing.routers) {
        // Who asked a bfdd that doesn't run would count as failed.
        const bfd = router.neighbors.some((neighbor) => neighbor.bfd !== undefined);
        const told = series(read(sessionsOf(router.name as Name)), METRICS.router.collector);
        expect(told.map(({ labels, value }) => [labels.collector, value]).sort()).toEqual([
          ...(bfd ? [['bfd', 1]] : []),
          ['bgp', 1],
        ]);
      }
    });

    test('everything that is listed for Prometheus answers', () => {
      expect(targets.map(({ labels }) => [labels.job, labels.router, labels.peer, labels.size])).toEqual([
        ['router', 'r1', undefined, undefined],
        ['probe', 'r1', LINE.cloud, 'small'],
        ['router', 'r2', undefined, undefined],
        ['probe', 'r2', TUNNELS[0].cloud, 'small'],
        ['probe', 'r2', TUNNELS[0].cloud, 'full'],
        ['probe', 'r2', TUNNELS[1].cloud, 'small'],
        ['probe', 'r2', TUNNELS[1].cloud, 'full'],
      ]);
      for (const { labels } of targets)
        if (labels.job === 'probe') expect([labels.peer, answers(labels.peer!, labels.size)]).toEqual([labels.peer, 1]);
    });

    test('both listen on the router’s loopback alone', () => {
      const listening = execFileSync('ip', ['netns', 'exec', routers.namespace('r2'), 'ss', '-Hltn'], { encoding: 'utf8' });
      const own = listening.split('\n').flatMap((line) => /\s(\S+:(?:9342|9115))\s/.exec(line)?.[1] ?? []);
      expect(own.sort()).toEqual(['10.200.0.2:9115', '10.200.0.2:9342']);
    });

    test('its packet filter lets the estate read them over the core, and nobody who comes by a tunnel with another address', () => {
      const from = (router: RouterName, source: string): number | null =>
        spawnSync(
          'ip',
          [
            'netns',
            'exec',
            routers.namespace(router),
            'curl',
            '-s',
            '-m',
            '2',
            '--interface',
            source,
            'http://10.200.0.2:9342/metrics',
          ],
          { stdio: 'ignore' },
        ).status;
      expect(from('r1', '10.200.0.1')).toBe(0);
      // 28: no answer at all.
      expect(from('tgw', TUNNELS[0].cloud)).toBe(28);
    });

    test('a tunnel that loses large packets is told from one that works, and so is one that is dead, while the line carries', () => {
      expect(routers.way('r2', '10.1.0.5')).toBe('vlan2');
      routers.ip('r2', 'link', 'set', 'vpn-1', 'mtu', '1300');
      expect([answers(TUNNELS[0].cloud), answers(TUNNELS[0].cloud, 'full')]).toEqual([1, 0]);
      expect([answers(TUNNELS[1].cloud), answers(TUNNELS[1].cloud, 'full')]).toEqual([1, 1]);
      routers.ip('tgw', 'link', 'set', 'vpn-1', 'down');
      expect([answers(TUNNELS[0].cloud), answers(TUNNELS[1].cloud), answers(LINE.cloud)]).toEqual([0, 1, 1]);
      expect(routers.way('r2', '10.1.0.5')).toBe('vlan2');
    });

    test('an FRR that is stopped is told, by the exporter that still runs', async () => {
      await routers.frr('r2').stop();
      const text = read(sessionsOf('r2'));
      expect(series(text, METRICS.router.session)).toEqual([]);
      expect(series(text, METRICS.router.collector)).toContainEqual({ labels: { collector: 'bgp' }, value: 0 });
    });
  },
);
