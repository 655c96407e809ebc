import { cidr, formatCidr } from '../../lib/estate/addresses/cidr';
import type { Estate, Region } from '../../lib/estate/model/model';
import { rackContext, rackPlaces } from '../../lib/plan/idc/context';
import type { FleetContext } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { profile } from './estate-fixture';
import { dataCentre, hybrid, joined, line, linked, place, vpn } from './linked-fixture';

function contexts(estate: Estate): Map<string, FleetContext> {
  return new Map(planEstate(estate).regions[0]!.fleets.map((f) => [f.name, f.context]));
}

const mtu = (estate: Estate) => contexts(estate).get('storage')!.containers.mtu;

describe('the MTU of containers', () => {
  const [one, two] = [place(1), place(2)];
  const bj = dataCentre();

  test('is the VPC`s own without links, and where no link carries them', () => {
    expect(mtu(linked([one, two], []))).toBe(9001);
    expect(mtu(linked([one, two], [joined(one, two, 'transit', { gives: ['hosts'] })]))).toBe(9001);
  });

  test('is the least of the links that carry them', () => {
    const transit = joined(one, two, 'transit');
    expect(mtu(linked([one, two], [transit]))).toBe(8500);
    expect(mtu(linked([one, two], [transit, line(bj, one, { mtu: 1500 })], [bj]))).toBe(1500);
    expect(mtu(linked([one, two], [transit, line(bj, one), vpn(bj, one)], [bj]))).toBe(1400);
  });

  test('counts a peering where it carries prefixes', () => {
    const [p, q] = [place(1, 'prefix'), place(2, 'prefix')];
    expect(mtu(linked([p, q], [joined(p, q, 'peering')]))).toBe(1500);
    expect(mtu(linked([p, q], [joined(p, q, 'peering', { gives: ['hosts'] })]))).toBe(9001);
  });
});

describe('ranges behind a tunnel', () => {
  const [one, two] = [place(1), place(2)];
  const bj = dataCentre();
  const narrow = (estate: Estate) => contexts(estate).get('storage')!.narrow;
  const ofHosts = (estate: Estate) => planEstate(estate).idcs[0]!.hosts[0]!.narrow;
  const tunnelled = [
    { range: '10.200.0.0/16', mtu: 1400 },
    { range: '172.31.0.0/16', mtu: 1400 },
  ];

  test('are those of a place that a VPN leads to, as its way or as the fallback of a line', () => {
    expect(narrow(linked([one], [vpn(bj, one)], [bj]))).toEqual(tunnelled);
    expect(narrow(linked([one], [line(bj, one), vpn(bj, one)], [bj]))).toEqual(tunnelled);
  });

  test('are seen alike from the racks` side', () => {
    expect(ofHosts(linked([one], [line(bj, one), vpn(bj, one)], [bj]))).toEqual([
      { range: '10.1.0.0/16', mtu: 1400 },
      { range: '172.17.0.0/16', mtu: 1400 },
    ]);
  });

  test('are those behind a region that a tunnel ends in, too, and none of the regions between', () => {
    const links = [vpn(bj, two), joined(one, two, 'transit'), joined(one, bj, 'transit', { through: two.name })];
    expect(narrow(linked([one, two], links, [bj]))).toEqual(tunnelled);
    expect(ofHosts(linked([one, two], links, [bj])).map(({ range }) => range)).toEqual([
      '10.1.0.0/16',
      '10.2.0.0/16',
      '172.17.0.0/16',
      '172.18.0.0/16',
    ]);
  });

  test('are only what the tunnel carries: the rest of a place is reached by its line alone', () => {
    const links = [line(bj, one), vpn(bj, one, ['containers', cidr('10.200.1.0/24')])];
    expect(narrow(linked([one], links, [bj]))).toEqual([
      { range: '10.200.1.0/24', mtu: 1400 },
      { range: '172.31.0.0/16', mtu: 1400 },
    ]);
  });

  test('are none where the own network takes no more than a tunnel', () => {
    const small = dataCentre({ mtu: 1400 });
    expect(ofHosts(linked([one], [vpn(small, one)], [small]))).toEqual([]);
  });

  test('are none without a VPN: who has none has the same user-data as ever', () => {
    for (const links of [[], [line(bj, one, { mtu: 1500 })], [line(bj, one), joined(one, two, 'transit')]])
      expect(contexts(linked([one, two], links, [bj])).get('storage')).not.toHaveProperty('narrow');
  });
});

test('hosts know the pools of the estate, never single places', () => {
  const [one, two] = [place(1), place(2)];
  const before = contexts(linked([one], [])).get('storage');
  expect(before?.containers.pools).toEqual(['10.0.0.0/8', '172.16.0.0/12']);
  expect(contexts(linked([one, two], [])).get('storage')).toEqual(before);
});

describe('networks of docker', () => {
  const pool = (estate: Estate) => contexts(estate).get('storage')!.containers.dockerPool;
  const [alone, other] = [place(1, 'host'), place(2)];

  test("take docker's own choice on hosts that reach nothing of it", () => {
    expect(pool(linked([alone], []))).toBeUndefined();
    expect(pool(linked([alone, other], [joined(alone, other, 'transit', { gives: ['hosts'] })]))).toBeUndefined();
  });

  test('have a pool of their own where docker0 would hide what a link leads to: other containers, or hosts', () => {
    const range = (text: string) => ({ ...other, containers: { ...other.containers, block: cidr(text) } });
    for (const [text, own] of [
      ['172.17.0.0/16', '198.18.0.0/15'],
      ['172.16.0.0/12', '198.18.0.0/15'],
      ['172.23.0.0/16', '198.18.0.0/15'],
      ['172.16.0.0/16', undefined],
      ['172.24.0.0/16', undefined],
    ] as const) {
      const there = range(text);
      expect([text, pool(linked([alone, there], [joined(alone, there, 'transit')]))]).toEqual([text, own]);
    }
    const hosts = { ...other, block: cidr('172.18.0.0/16') };
    expect(pool(linked([alone, hosts], [joined(alone, hosts, 'peering', { gives: ['hosts'] })]))).toBe('198.18.0.0/15');
  });

  test('have it where the host itself stands there', () => {
    expect(pool(linked([{ ...alone, block: cidr('172.17.0.0/16') }], []))).toBe('198.18.0.0/15');
  });

  test('have it wherever containers have planned ranges, and never where hosts give docker their prefixes', () => {
    expect(pool(linked([place(1)], []))).toBe('198.18.0.0/15');
    expect(pool(linked([{ ...place(1, 'prefix'), block: cidr('172.17.0.0/16') }], []))).toBeUndefined();
  });

  test('have it in racks whose mirror of artifacts docker0 would hide', () => {
    const idc = { ...dataCentre(), containers: undefined };
    const rack = { ...idc.racks[0]!, containers: undefined };
    const of = (artifacts: string) => rackContext(linked([alone], [], [idc]), { ...idc, artifacts }, rack).containers;
    expect(of('http://10.200.0.10/files')).toMatchObject({ mode: 'host' });
    expect(of('http://10.200.0.10/files').dockerPool).toBeUndefined();
    expect(of('https://172.17.3.9:8443/files').dockerPool).toBe('198.18.0.0/15');
  });
});

describe('ports that a host answers to', () => {
  const of = (r: Region, profiles?: Estate['profiles']): Map<string, FleetContext> => {
    const estate = linked([r], []);
    return contexts(profiles === undefined ? estate : { ...estate, profiles });
  };

  test('are those of its profiles, and those of voters only where it votes', () => {
    const known = of(place(1));
    expect(known.get('storage')?.containers.hostPorts).toEqual([]);
    expect(known.get('voters')?.containers.hostPorts).toEqual([
      { protocol: 'tcp', fromPort: 2379, toPort: 2379, from: '10.1.0.0/16' },
      { protocol: 'tcp', fromPort: 2380, toPort: 2380, from: '10.1.0.0/16' },
    ]);
  });

  test('are each told once, in order, and only those that a profile opens to the estate answer others than hosts of the place', () => {
    const port = { from: 'region', on: 'all', why: '' } as const;
    const profiles = new Map([
      [
        'base',
        profile('base', {
          ports: [
            { ...port, name: 'dns', port: 53, protocol: 'udp' },
            { ...port, name: 'd', port: 53, protocol: 'tcp', from: 'estate' },
          ],
        }),
      ],
      [
        'etcd',
        profile('etcd', {
          ports: [
            { ...port, name: 'x', port: 53, protocol: 'tcp' },
            { ...port, name: 'y', port: 20, toPort: 21, protocol: 'tcp' },
          ],
        }),
      ],
    ]);
    expect(of(place(1), profiles).get('storage')?.containers.hostPorts).toEqual([
      { protocol: 'tcp', fromPort: 20, toPort: 21, from: '10.1.0.0/16' },
      { protocol: 'tcp', fromPort: 53, toPort: 53, from: '' },
      { protocol: 'udp', fromPort: 53, toPort: 53, from: '10.1.0.0/16' },
    ]);
  });
});

test('in mode prefix every fleet says how many prefixes its hosts have, and keeps the source/destination check', () => {
  const prefix = place(1, 'prefix');
  const fleets = (r: Region) => planEstate(linked([r], [])).regions[0]!.fleets;
  const three = { ...prefix, containers: { ...prefix.containers, prefixesPerHost: 3 } };
  expect(fleets(three).map((f) => [f.prefixesPerHost, f.kind === 'members' && f.sourceDestCheck])).toEqual([
    [3, true],
    [3, true],
  ]);
  expect(fleets(place(1)).map((f) => [f.prefixesPerHost, f.kind === 'members' && f.sourceDestCheck])).toEqual([
    [undefined, false],
    [undefined, false],
  ]);
});

describe('a rack', () => {
  const beijing = hybrid();
  const idc = beijing.idcs[0]!;
  const rack = idc.racks[0]!;
  const context = rackContext(beijing, idc, rack);

  test('is like a members fleet with one zone, whose hosts compute number and range from their address', () => {
    expect(context.numbering).toEqual({ zones: [{ name: 'a01', base: '10.200.1.2' }], perZone: 32, firstRange: 0 });
    expect(context.fleet).toMatchObject({ kind: 'members', hostPrefix: 'beijing-a01' });
    expect(context.region).toMatchObject({ name: 'beijing', provider: 'idc', cidr: '10.200.0.0/16' });
    expect(context.cluster.etcd).toBeUndefined();
  });

  test('has the container network of its own range, as large packets as the narrowest link of the data centre', () => {
    expect(context.containers).toMatchObject({
      mode: 'host-gw',
      block: '172.20.0.0/19',
      hostBits: 24,
      pools: ['10.0.0.0/8', '172.16.0.0/12'],
      mtu: 1400,
    });
    const apart = { ...beijing, links: [] };
    expect(rackContext(apart, idc, rack).containers.mtu).toBe(9000);
  });

  test('without a range of its own uses the addresses of its hosts', () => {
    const { containers: _, ...plain } = rack;
    const known = rackContext(beijing, idc, plain).containers;
    expect([known.mode, known.block]).toEqual(['host', undefined]);
    expect(rackPlaces(idc, plain)).toBe(253);
  });

  test('answers the hosts of its cluster`s region where a port is open to the cluster', () => {
    const region = beijing.regions[0]!;
    const open = profile('open', {
      ports: [{ name: 'peers', port: 7000, protocol: 'tcp', from: 'cluster', on: 'all', why: 'peers' }],
    });
    const estate: Estate = { ...beijing, profiles: new Map([...beijing.profiles, ['open', open]]) };
    const of = (joined: typeof rack) => rackContext(estate, idc, { ...joined, profiles: ['open'] }).containers.hostPorts;
    expect(of(rack).map(({ from }) => from)).toEqual(['10.200.0.0/16']);
    const member = { ...rack, cluster: { region: region.name, cluster: region.clusters[0]!.name } };
    expect(of(member).map(({ from }) => from)).toEqual([formatCidr(region.block), '10.200.0.0/16']);
  });

  test('fetches artifacts from the mirror of its data centre, and nowhere without one', () => {
    expect(context.artifacts.url).toBe('');
    expect(rackContext(beijing, { ...idc, artifacts: 'http://10.200.0.10/files' }, rack).artifacts.url).toBe(
      'http://10.200.0.10/files',
    );
  });

  test('one host more changes nothing for the others', () => {
    const more = { ...rack, hosts: [...rack.hosts, { number: 9 }] };
    expect(rackContext(beijing, idc, more)).toEqual(context);
  });
});
