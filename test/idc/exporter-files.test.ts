/** Files by which a router tells Prometheus of its sessions and of what it probes. */
import { parse } from 'yaml';
import { renderIdc } from '../../lib/idc/render';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import type { IdcPlan } from '../../lib/plan/model';
import { hybrid } from '../plan/linked-fixture';

const estate = hybrid();
const beijing = planIdc(estate, estate.idcs[0]!);
const links = planLinks(estate);
const rendered = (idc: IdcPlan) => renderIdc(idc, links, () => '');
const files = rendered(beijing);
const command = (path: string): string[] => /^ExecStart=(\S.*)$/m.exec(files.get(path)!)![1]!.split(' ');

test('FRR’s exporter listens on the loopback alone, names what each session belongs to, and asks bfdd where it runs', () => {
  expect(command('routers/r1/frr-exporter.conf')).toEqual([
    '/usr/bin/prometheus-frr-exporter',
    '--web.listen-address=10.200.0.1:9342',
    '--collector.bgp.peer-descriptions',
    '--collector.bgp.peer-descriptions.plain-text',
    '--no-collector.ospf',
    '--collector.bfd',
  ]);
  const without = { ...beijing.routers[0]!, neighbors: beijing.routers[0]!.neighbors.map(({ bfd: _, ...neighbor }) => neighbor) };
  expect(rendered({ ...beijing, routers: [without] }).get('routers/r1/frr-exporter.conf')).toMatch(/ --no-collector\.bfd$/m);
});

test('a drop-in takes the package’s own command back before it says another', () => {
  for (const name of ['frr-exporter', 'blackbox-exporter']) {
    expect(files.get(`routers/r2/${name}.conf`)).toMatch(/\[Service\]\nExecStart=\nExecStart=\/usr\/bin\/prometheus-/);
  }
});

test('probes are pings and nothing else: small ones, and those that just fit into a tunnel', () => {
  const ping = { prober: 'icmp', timeout: '2s', icmp: { preferred_ip_protocol: 'ip4', ip_protocol_fallback: false } };
  expect(parse(files.get('routers/r1/blackbox.yml')!)).toEqual({ modules: { ping } });
  const full = { ...ping, icmp: { ...ping.icmp, dont_fragment: true, payload_size: 1372 } };
  expect(parse(files.get('routers/r2/blackbox.yml')!)).toEqual({ modules: { ping, 'ping-1372': full } });
  expect(command('routers/r2/blackbox-exporter.conf')).toContain('--web.listen-address=10.200.0.2:9115');
  // Pings that must not be fragmented want raw sockets.
  expect(files.get('routers/r2/blackbox-exporter.conf')).toContain('\nAmbientCapabilities=CAP_NET_RAW\n');
});

test('a router that speaks with nobody has neither, and one without lines and tunnels probes nothing', () => {
  const of = (keep: (kind: string) => boolean): string[] => {
    const routers = beijing.routers.map((router) => ({
      ...router,
      neighbors: router.neighbors.filter(({ kind }) => keep(kind)),
    }));
    return [...rendered({ ...beijing, routers }).keys()].filter((path) => /exporter|blackbox/.test(path));
  };
  expect(of(() => false)).toEqual([]);
  expect(of((kind) => kind === 'router')).toEqual(['routers/r1/frr-exporter.conf', 'routers/r2/frr-exporter.conf']);
});
