import { cidr, formatCidr } from '../../lib/estate/addresses/cidr';
import type { Idc, Link } from '../../lib/estate/model/model';
import type { IdcPlan, RouterPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { ALL, dataCentre, joined, line, linked, place, vpn } from './linked-fixture';

const [ONE, TWO] = [place(1), place(2)];

function planned(idc: Idc = dataCentre(), links: (idc: Idc) => Link[] = (bj) => [line(bj, ONE), vpn(bj, ONE)]): IdcPlan {
  return planEstate(linked([ONE, TWO], links(idc), [idc])).idcs[0]!;
}

function router(plan: IdcPlan, name: string): RouterPlan {
  return plan.routers.find((r) => r.name === name)!;
}

/** Without the null routes of the pools, which every router has. */
const statics = (of: RouterPlan) => of.statics.filter((s) => s.distance === undefined).map((s) => `${s.destination} ${s.via}`);

describe('hosts', () => {
  test('have addresses and container ranges by number, so that a number left out moves nobody', () => {
    expect(planned().hosts.map((h) => [h.name, h.address, h.gateway, h.containerRange, h.unit])).toEqual([
      ['bj-a01-1', '10.200.1.2/24', '10.200.1.1', '172.31.0.0/24', '12'],
      ['bj-a01-2', '10.200.1.3/24', '10.200.1.1', '172.31.1.0/24', undefined],
      ['bj-a01-5', '10.200.1.6/24', '10.200.1.1', '172.31.4.0/24', undefined],
      ['bj-a02-1', '10.200.2.2/24', '10.200.2.1', '172.31.32.0/24', undefined],
    ]);
  });

  test('without a range of the rack have none', () => {
    const [{ containers: _, ...rack }] = dataCentre().racks as [Idc['racks'][0]];
    expect(planned(dataCentre({ racks: [rack] })).hosts.map((h) => h.containerRange)).toEqual([undefined, undefined, undefined]);
  });
});

describe('interfaces', () => {
  test('stand in the order of the sheet, with names that the kernel takes', () => {
    const of = (name: string) => router(planned(), name).interfaces.map((i) => `${i.name} ${i.address} ${i.mtu}`);
    expect(of('r1')).toEqual([
      'lo 10.200.0.1/32 65536',
      'vlan2 10.200.255.1/28 9000',
      'vlan101 10.200.1.1/24 9000',
      'line-1 169.254.100.2/30 8500',
    ]);
    expect(of('r2').slice(3)).toEqual(['vpn-1 169.254.21.2/30 1400', 'vpn-2 169.254.22.2/30 1400']);
    for (const { interfaces } of planned().routers) for (const { name } of interfaces) expect(name.length).toBeLessThan(16);
  });

  test('a line stands on its own port, racks and core on the trunk', () => {
    expect(router(planned(), 'r1').interfaces.map((i) => i.vlan)).toEqual([
      undefined,
      { id: 2, parent: 'bond0' },
      { id: 101, parent: 'bond0' },
      { id: 301, parent: 'eno5' },
    ]);
  });
});

describe('static routes', () => {
  test('lead to containers by their host, on the rack`s own router only', () => {
    expect(statics(router(planned(), 'r1')).slice(0, 3)).toEqual([
      '172.31.0.0/24 10.200.1.2',
      '172.31.1.0/24 10.200.1.3',
      '172.31.4.0/24 10.200.1.6',
    ]);
    expect(statics(router(planned(), 'r2'))[0]).toBe('172.31.32.0/24 10.200.2.2');
  });

  test('drop the rest of a rack`s range, and of every aggregate that the router tells to a cloud', () => {
    expect(statics(router(planned(), 'r1')).slice(3)).toEqual([
      '172.31.0.0/19 blackhole',
      '10.200.0.0/16 blackhole',
      '172.31.0.0/16 blackhole',
    ]);
    const lineOnly = planned(undefined, (bj) => [line(bj, ONE)]);
    expect(statics(router(lineOnly, 'r2')).slice(1)).toEqual(['172.31.32.0/19 blackhole']);
  });

  test('never drop the only rack of another router: its range is the aggregate', () => {
    const rack = { ...dataCentre().racks[1]!, containers: cidr('172.31.0.0/16') };
    const plan = planned(dataCentre({ racks: [rack] }));
    expect(statics(router(plan, 'r1'))).toEqual(['10.200.0.0/16 blackhole']);
    expect(statics(router(plan, 'r2')).filter((s) => s.endsWith('blackhole'))).toEqual([
      '172.31.0.0/16 blackhole',
      '10.200.0.0/16 blackhole',
    ]);
  });

  test('drop the pools behind every other route, with and without BGP, unless the same range is dropped already', () => {
    const { asn: _, ...alone } = dataCentre();
    const pool = dataCentre({ containers: cidr('172.16.0.0/12') });
    for (const [plan, pools] of [
      [planned(), ['10.0.0.0/8', '172.16.0.0/12']],
      [planned(alone, () => []), ['10.0.0.0/8', '172.16.0.0/12']],
      [planned(pool), ['10.0.0.0/8']],
    ] as const) {
      for (const { statics } of plan.routers) {
        const last = statics.filter(({ distance }) => distance !== undefined);
        expect(last.map(({ destination, via, distance }) => `${destination} ${via} ${distance}`)).toEqual(
          pools.map((range) => `${range} blackhole 250`),
        );
      }
    }
  });

  test('a told part of a rack leads to the rack, and other routers hear of it', () => {
    const gives = [cidr('10.200.2.128/25'), cidr('172.31.32.0/25'), cidr('172.31.48.0/20')];
    const plan = planned(undefined, (bj) => [line(bj, ONE, {}, gives)]);
    expect(statics(router(plan, 'r2'))).toEqual(
      expect.arrayContaining(['10.200.2.128/25 vlan102', '172.31.32.0/25 10.200.2.2', '172.31.48.0/20 blackhole']),
    );
    expect(statics(router(plan, 'r1')).filter((s) => s.endsWith('blackhole'))).toEqual(['172.31.0.0/19 blackhole']);
    const between = router(plan, 'r1').neighbors.find((n) => n.kind === 'router')!;
    expect(between.accepts).toEqual(expect.arrayContaining([...router(plan, 'r1').announces]));
  });

  test('are all there is without an AS number', () => {
    const { asn: _, ...idc } = dataCentre();
    const plan = planned(idc, () => []);
    expect(plan.routers.flatMap((r) => r.neighbors)).toEqual([]);
    expect(statics(router(plan, 'r1')).slice(-3)).toEqual([
      '10.200.0.2/32 10.200.255.2',
      '10.200.2.0/24 10.200.255.2',
      '172.31.32.0/19 10.200.255.2',
    ]);
  });
});

describe('neighbours', () => {
  const plan = planned(undefined, (bj) => [
    line(bj, ONE),
    vpn(bj, ONE),
    joined(ONE, TWO, 'transit'),
    joined(bj, TWO, 'transit', { through: 'r-01' }),
  ]);
  const CLOUD = ['10.1.0.0/16', '10.2.0.0/16', '172.17.0.0/16', '172.18.0.0/16'];

  test('a line takes exactly what its region and the regions behind it give, and tells aggregates', () => {
    expect(router(plan, 'r1').neighbors[0]).toMatchObject({
      kind: 'line',
      address: '169.254.100.1',
      interface: 'line-1',
      asn: 64_512,
      link: 'bj--r-01/line',
      accepts: CLOUD,
      tells: ['10.200.0.0/16', '172.31.0.0/16'],
      preference: 200,
      prepends: 0,
      maxPrefixes: 100,
      bfd: { intervalMs: 300, multiplier: 3 },
    });
  });

  test('a VPN has a session a tunnel with the transit gateway, less preferred both ways', () => {
    const tunnels = router(plan, 'r2').neighbors.filter((n) => n.kind === 'vpn');
    expect(tunnels.map((n) => [n.address, n.interface, n.asn, n.preference, n.prepends, n.bfd])).toEqual([
      ['169.254.21.1', 'vpn-1', 64_601, 100, 2, undefined],
      ['169.254.22.1', 'vpn-2', 64_601, 100, 2, undefined],
    ]);
    for (const tunnel of tunnels) expect(tunnel.accepts).toEqual(CLOUD);
  });

  test('the lesser of two lines is told with a longer path, so that the cloud prefers as we do', () => {
    const two = planned(undefined, (bj) => [line(bj, ONE), line(bj, ONE, { router: 'r2', preference: 150 }, ALL, 'second')]);
    expect(two.routers.map((r) => [r.neighbors[0]?.preference, r.neighbors[0]?.prepends])).toEqual([
      [200, 0],
      [150, 1],
    ]);
  });

  test('routers tell each other their racks, their loopback and what clouds told them; one takes what the other tells', () => {
    const [one, two] = ['r1', 'r2'].map((name) => router(plan, name).neighbors.find((n) => n.kind === 'router')!);
    expect(one).toMatchObject({ address: '10.200.255.2', interface: 'vlan2', asn: 65_010 });
    expect(one?.tells).toEqual([
      '10.1.0.0/16',
      '10.2.0.0/16',
      '10.200.0.1/32',
      '10.200.1.0/24',
      '172.17.0.0/16',
      '172.18.0.0/16',
      '172.31.0.0/19',
    ]);
    expect(one?.accepts).toEqual(two?.tells);
    expect(two?.accepts).toEqual(one?.tells);
  });

  test('every rack is reached from every router: by itself or by another', () => {
    for (const { subnet, containers, router: gateway } of dataCentre().racks) {
      for (const r of plan.routers) {
        const heard = r.neighbors.filter((n) => n.kind === 'router').flatMap((n) => n.accepts);
        const ranges = [subnet, containers!].map(formatCidr);
        if (r.name === gateway) expect(heard).not.toEqual(expect.arrayContaining(ranges));
        else expect(heard).toEqual(expect.arrayContaining(ranges));
      }
    }
  });

  test('a single router has no neighbour inside', () => {
    const [only] = dataCentre().routers;
    const racks = dataCentre().racks.slice(0, 1);
    const alone = planned(dataCentre({ routers: [only!], racks }), (bj) => [line(bj, ONE)]);
    expect(alone.routers[0]?.neighbors.map((n) => n.kind)).toEqual(['line']);
  });
});

test('what is announced is the same on all routers', () => {
  const plan = planned();
  for (const r of plan.routers) expect(r.announces).toEqual(['10.200.0.0/16', '172.31.0.0/16']);
});

test('a data centre without links announces nothing and is planned all the same', () => {
  const plan = planned(undefined, () => []);
  expect(plan.routers.map((r) => [r.announces, r.neighbors.map((n) => n.kind)])).toEqual([
    [[], ['router']],
    [[], ['router']],
  ]);
  expect(plan.hosts).toHaveLength(4);
});
