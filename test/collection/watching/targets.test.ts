import { join } from 'node:path';
import { type Targets, targetsOf } from '../../../lib/collection/watching/targets';
import type { Estate, Fleet } from '../../../lib/estate/model/model';
import { loadEstate } from '../../../lib/estate/read/load';
import type { IdcPlan } from '../../../lib/plan/model';
import { planEstate } from '../../../lib/plan/plan';
import { meissa } from '../../cli/run';
import { ROOT } from '../../root';
import { elastic, withFrontEnds } from '../estate';

const folder = join(ROOT, 'test/estates/collection');
const { estate } = loadEstate(folder) as { estate: Estate };
const plan = planEstate(estate);
const all = targetsOf(plan);
const of = (labels: Readonly<Record<string, string>>): Targets[] =>
  all.filter((each) => Object.entries(labels).every(([name, value]) => each.labels[name] === value));

test('brokers and controllers are read by their region', () => {
  expect(of({ job: 'kafka', region: 'sa-east-1' }).flatMap(({ targets }) => targets)).toEqual([
    '10.9.8.32:9404',
    '10.9.40.32:9404',
    '10.9.72.32:9404',
    '10.9.8.16:9404',
    '10.9.40.16:9404',
    '10.9.72.16:9404',
  ]);
});

test('every flow has a port of its own on all hosts that mirror', () => {
  expect(of({ job: 'mirror' })).toEqual([
    { targets: ['10.1.8.64:9410', '10.1.40.64:9410'], labels: { job: 'mirror', region: 'us-east-1', flow: 'ap-south-1' } },
    { targets: ['10.1.8.64:9411', '10.1.40.64:9411'], labels: { job: 'mirror', region: 'us-east-1', flow: 'sa-east-1' } },
  ]);
});

test("agents of members are read beside what else their hosts run, and those of elastic fleets are the cloud's to find", () => {
  const agents = (change: Parameters<typeof withFrontEnds>[2]): Targets[] =>
    targetsOf(planEstate(withFrontEnds(estate, 'sa-east-1', change))).filter(({ labels }) => labels.job === 'agent');
  const carrying = (fleet: Fleet): Fleet => ({ ...fleet, profiles: [...fleet.profiles, 'line-agent'] });
  expect(of({ job: 'agent' })).toEqual([]);
  expect(agents(carrying)).toEqual([
    { targets: ['10.9.8.48:9406', '10.9.40.48:9406'], labels: { job: 'agent', region: 'sa-east-1' } },
  ]);
  expect(agents((fleet) => elastic(carrying(fleet)))).toEqual([]);
});

test('agents of racks are read by the name of their data centre', () => {
  const { estate: hybrid } = loadEstate(join(ROOT, 'test/estates/hybrid')) as { estate: Estate };
  const racks = (rack: string): IdcPlan[] =>
    planEstate(hybrid).idcs.map((idc) => ({
      ...idc,
      hosts: idc.hosts.map((host) => (host.rack === rack ? { ...host, profiles: [...host.profiles, 'line-agent'] } : host)),
    }));
  const agents = (rack: string) => targetsOf({ regions: [], idcs: racks(rack) }).filter(({ labels }) => labels.job === 'agent');
  expect(agents('none')).toEqual([]);
  expect(agents('a02')).toEqual([
    { targets: ['10.200.2.2:9406', '10.200.2.3:9406'], labels: { job: 'agent', region: 'beijing' } },
  ]);
});

test('every host of a rack is read, whatever runs on it: nobody else hears that one booted without units', () => {
  const { estate: hybrid } = loadEstate(join(ROOT, 'test/estates/hybrid')) as { estate: Estate };
  const { idcs } = planEstate(hybrid);
  const hosts = targetsOf({ regions: [], idcs }).filter(({ labels }) => labels.job === 'host');
  expect(hosts).toEqual([
    { targets: idcs[0]!.hosts.map(({ address }) => `${address.split('/')[0]}:9408`), labels: { job: 'host', region: 'beijing' } },
  ]);
  expect(hosts[0]!.targets).toContain('10.200.2.3:9408');
});

test('routers are read by their loopbacks: sessions, and a probe of each line and tunnel, whose request stands in its labels', () => {
  const { estate: hybrid } = loadEstate(join(ROOT, 'test/estates/hybrid')) as { estate: Estate };
  const found = targetsOf({ regions: [], idcs: planEstate(hybrid).idcs });
  expect(found.filter(({ labels }) => labels.job === 'router')).toEqual([
    { targets: ['10.200.0.1:9342'], labels: { job: 'router', idc: 'beijing', router: 'r1' } },
    { targets: ['10.200.0.2:9342'], labels: { job: 'router', idc: 'beijing', router: 'r2' } },
  ]);
  const probe = { job: 'probe', idc: 'beijing', __metrics_path__: '/probe' };
  const line = { ...probe, router: 'r1', link: 'beijing--us-east-1/line', kind: 'line', peer: '169.254.100.1' };
  expect(found.find(({ labels }) => labels.job === 'probe')).toEqual({
    targets: ['10.200.0.1:9115'],
    labels: { ...line, size: 'small', __param_module: 'ping', __param_target: '169.254.100.1' },
  });
  // 1,400 bytes with the headers of IPv4 and ICMP.
  const tunnel = { ...probe, router: 'r2', link: 'beijing--us-east-1/fallback', kind: 'vpn', peer: '169.254.21.1' };
  expect(found.filter(({ labels }) => labels.peer === '169.254.21.1').map(({ labels }) => labels)).toEqual([
    { ...tunnel, size: 'small', __param_module: 'ping', __param_target: '169.254.21.1' },
    { ...tunnel, size: 'full', __param_module: 'ping-1372', __param_target: '169.254.21.1' },
  ]);
});

test('every port that is read is open to the region in the profile of its host', () => {
  for (const { targets, labels } of all) {
    const fleets = plan.regions.find(({ name }) => name === labels.region)!.fleets;
    for (const target of targets) {
      const [address, port] = target.split(':');
      const fleet = fleets.find((each) => each.kind === 'members' && each.members.some((member) => member.address === address))!;
      const ports = fleet.profiles.flatMap((name) => estate.profiles.get(name)!.ports);
      const open = ports.some(
        ({ port: from, toPort = from, from: source }) => source === 'region' && Number(port) >= from && Number(port) <= toPort,
      );
      expect(open ? target : `${target} is closed`).toBe(target);
    }
  }
});

test('voters are read by their cluster', () => {
  const { estate: hybrid } = loadEstate(join(ROOT, 'test/estates/aliyun')) as { estate: Estate };
  const found = targetsOf(planEstate(hybrid)).filter(({ labels }) => labels.job === 'etcd' && labels.region === 'cn-beijing');
  expect(found).toEqual([
    {
      targets: ['10.32.232.16:2381', '10.32.72.16:2381', '10.32.104.16:2381'],
      labels: { job: 'etcd', region: 'cn-beijing', cluster: 'core' },
    },
  ]);
});

test('the command line prints them as a file of Prometheus', async () => {
  const { code, stdout } = await meissa('targets', 'us-east-1', '--root', folder);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(all.filter(({ labels }) => labels.region === 'us-east-1'));
});
