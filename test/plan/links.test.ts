import { cidr } from '../../lib/estate/addresses/cidr';
import type { AliyunRegion, AwsRegion, Estate, LeasedLineLink } from '../../lib/estate/model/model';
import type { LeasedLineLinkPlan, LinkPlan, PeeringLinkPlan, TransitLinkPlan, VpnLinkPlan } from '../../lib/plan/model';
import { planEstate } from '../../lib/plan/plan';
import { dataCentre, hybrid, joined, line, linked, place, vpn } from './linked-fixture';

const [ONE, TWO, THREE] = [place(1), place(2), place(3)];

function only<T extends LinkPlan = LinkPlan>(estate: Estate): T {
  const { links } = planEstate(estate);
  expect(links).toHaveLength(1);
  return links[0] as T;
}

function stacks(link: LinkPlan): [string, string, readonly string[]][] {
  return link.stacks.map((s) => [s.id, s.region, s.dependsOn]);
}

describe('a peering', () => {
  const link = only<PeeringLinkPlan>(linked([ONE, TWO], [joined(ONE, TWO, 'peering', { gives: ['hosts'] })]));

  test('is asked for in the first region, and each region has its own routes after that', () => {
    expect(stacks(link)).toEqual([
      ['request', 'r-01', ['r-01/network', 'r-02/network']],
      ['routes-a', 'r-01', ['r-01/network', 'links/r-01--r-02/request']],
      ['routes-b', 'r-02', ['r-02/network', 'links/r-01--r-02/request']],
    ]);
    expect(link.stacks.map((s) => s.name)).toEqual([
      'links-r-01--r-02-request',
      'links-r-01--r-02-routes-a',
      'links-r-01--r-02-routes-b',
    ]);
  });

  test("gives the hosts' blocks by name, to every table that hosts use", () => {
    expect(link.a).toMatchObject({
      place: 'r-01',
      kind: 'region',
      generation: 1,
      gives: [{ id: 'R01Hosts', cidr: '10.1.0.0/16', kind: 'hosts' }],
      routeTables: ['Public', 'PrivateA', 'PrivateB'],
    });
    expect(link.mtu).toBe(1500);
  });

  test('needs no role inside an account, and one at each end across accounts', () => {
    expect([link.peerRole, link.a.role, link.b.role]).toEqual([undefined, undefined, undefined]);
    const foreign = place(2, 'host', { aws: { account: '222222222222', partition: 'aws-cn', bootstrapQualifier: 'x' } });
    const across = only<PeeringLinkPlan>(linked([ONE, foreign], [joined(ONE, foreign, 'peering', { gives: ['hosts'] })]));
    expect(across.peerRole).toBe('arn:aws-cn:iam::222222222222:role/example-r-02-links');
    expect(across.a.role).toBe('arn:aws:iam::111111111111:role/example-r-01-links');
    expect(across.b.role).toBe(across.peerRole);
    // The roles stand in the regions' base stacks.
    expect(stacks(across).map(([, , before]) => before.filter((path) => path.endsWith('/base')))).toEqual([
      ['r-02/base'],
      [],
      ['r-01/base'],
    ]);
  });

  test('tells the generation of each end, which stands in the names of outputs', () => {
    const rebuilt = place(2, 'host', { generation: 4 });
    expect(only(linked([ONE, rebuilt], [joined(ONE, rebuilt, 'peering')])).b.generation).toBe(4);
  });
});

test('a transit link is accepted in the second region before any route leads over it', () => {
  const link = only(linked([ONE, TWO], [joined(ONE, TWO, 'transit')]));
  expect(stacks(link)).toEqual([
    ['request', 'r-01', ['r-01/transit', 'r-02/transit']],
    ['accept', 'r-02', ['r-02/transit', 'links/r-01--r-02/request']],
    ['routes-a', 'r-01', ['r-01/network', 'r-01/transit', 'links/r-01--r-02/accept']],
    ['routes-b', 'r-02', ['r-02/network', 'r-02/transit', 'links/r-01--r-02/accept']],
  ]);
  expect(link.b.gives.map((g) => g.id)).toEqual(['R02Hosts', 'R02Containers']);
  expect(link.mtu).toBe(8500);
});

test('a range inside a block is named by its address, never by its position', () => {
  const gives = [cidr('10.1.128.0/17'), cidr('172.17.4.0/22')];
  const link = joined(ONE, TWO, 'transit');
  const planned = only(linked([ONE, TWO], [{ ...link, a: { ...link.a, gives } }]));
  expect(planned.a.gives).toEqual([
    { id: 'R010A018000x17', cidr: '10.1.128.0/17', kind: 'hosts' },
    { id: 'R01AC110400x22', cidr: '172.17.4.0/22', kind: 'containers' },
  ]);
});

describe('a link through a third region', () => {
  test('has routes at both ends, each over the end`s own link with that region', () => {
    const estate = linked(
      [ONE, TWO, THREE],
      [joined(ONE, TWO, 'transit'), joined(TWO, THREE, 'transit'), joined(ONE, THREE, 'transit', { through: 'r-02' })],
    );
    const link = planEstate(estate).links.find((l) => l.id === 'r-01--r-03') as TransitLinkPlan;
    expect(link.legs).toEqual({ a: 'r-01--r-02', b: 'r-02--r-03' });
    expect(stacks(link)).toEqual([
      ['routes-a', 'r-01', ['r-01/network', 'r-01/transit', 'links/r-01--r-02/routes-a']],
      ['routes-b', 'r-03', ['r-03/network', 'r-03/transit', 'links/r-02--r-03/routes-b']],
    ]);
  });

  test('has nothing at the end that is a data centre', () => {
    const link = planEstate(hybrid()).links.find((l) => l.id === 'beijing--eu-west-1') as TransitLinkPlan;
    expect(link.legs).toEqual({ b: 'eu-west-1--us-east-1' });
    expect(stacks(link).map(([id, region]) => [id, region])).toEqual([['routes-b', 'eu-west-1']]);
    expect(link.a).toMatchObject({ kind: 'idc', generation: 0, routeTables: [] });
    // The VPN is the least of what may carry it.
    expect(link.mtu).toBe(1400);
  });
});

describe('a leased line and its VPN', () => {
  const bj = dataCentre();
  const both = planEstate(linked([ONE], [line(bj, ONE), vpn(bj, ONE)], [bj])).links;
  const [backup, leased] = both as [VpnLinkPlan, LeasedLineLinkPlan];

  test('have a stack each, and the region`s routes towards the data centre stand once, with the line', () => {
    expect(stacks(leased)).toEqual([
      ['line-line', 'r-01', ['r-01/transit']],
      ['routes', 'r-01', ['r-01/network', 'r-01/transit']],
    ]);
    expect(stacks(backup)).toEqual([['vpn-backup', 'r-01', ['r-01/transit']]]);
    expect(leased.routes?.map((r) => r.cidr)).toEqual(['10.200.0.0/16', '172.31.0.0/16']);
    expect(backup.routes).toBeUndefined();
  });

  test('a VPN alone has the routes itself, in a stack of the same name', () => {
    const alone = only<VpnLinkPlan>(linked([ONE], [vpn(bj, ONE)], [bj]));
    expect(alone.stacks.map((s) => s.name)).toEqual(['links-bj--r-01-vpn-backup', 'links-bj--r-01-routes']);
    expect(alone.routes).toEqual(leased.routes);
  });

  test('the routes are those of the pair, not of its first link', () => {
    const estate = linked([ONE], [line(bj, ONE, {}, ['hosts']), vpn(bj, ONE, ['containers'])], [bj]);
    const planned = planEstate(estate).links.find((l) => l.kind === 'leased-line') as LeasedLineLinkPlan;
    expect(planned.a.gives.map((r) => r.id)).toEqual(['BjHosts']);
    expect(planned.routes?.map((r) => r.id)).toEqual(['BjHosts', 'BjContainers']);
  });

  test('agree on AS numbers and addresses with the two ends', () => {
    expect(backup).toMatchObject({ cloudAsn: 64_601, idcAsn: 65_010, routerPublic: '203.0.113.10', mtu: 1400 });
    expect(leased.mtu).toBe(8500);
  });

  test('the line is told what the region gives and what lies behind it, or what is written', () => {
    const behind = joined(bj, TWO, 'transit', { through: 'r-01' });
    const allowed = (more: Partial<LeasedLineLink['line']>) => {
      const { links } = planEstate(linked([ONE, TWO], [line(bj, ONE, more), joined(ONE, TWO, 'transit'), behind], [bj]));
      return (links.find((l) => l.kind === 'leased-line') as LeasedLineLinkPlan).allowedPrefixes;
    };
    expect(allowed({})).toEqual(['10.1.0.0/16', '10.2.0.0/16', '172.17.0.0/16', '172.18.0.0/16']);
    expect(allowed({ allowedPrefixes: [cidr('10.0.0.0/14'), cidr('172.16.0.0/14')] })).toEqual(['10.0.0.0/14', '172.16.0.0/14']);
  });

  test('a failure of the line is seen by BFD after 900 ms, and the best other link takes over', () => {
    expect(leased.fallback).toEqual({ link: 'bj--r-01/backup', detectMs: 900, takenOverMs: 3000 });
    expect(only<LeasedLineLinkPlan>(linked([ONE], [line(bj, ONE)], [bj])).fallback).toBeUndefined();
    const second = line(bj, ONE, { preference: 150 }, undefined, 'second');
    const three = planEstate(linked([ONE], [line(bj, ONE), second, vpn(bj, ONE)], [bj])).links as LeasedLineLinkPlan[];
    expect(three.map((l) => [l.id, l.fallback?.link])).toEqual([
      ['bj--r-01/backup', undefined],
      ['bj--r-01/line', 'bj--r-01/second'],
      ['bj--r-01/second', 'bj--r-01/line'],
    ]);
  });
});

test('a link to a place that is not there, or between two clouds, is left to the rules', () => {
  const { aws: _, ...rest } = place(2, 'host') as AwsRegion;
  const away: AliyunRegion = {
    ...rest,
    provider: 'aliyun',
    aliyun: { account: '1111111111111111', image: 'x', userDataEncoding: 'plain' },
  };
  expect(planEstate(linked([ONE, away], [joined(ONE, away, 'peering')])).links).toEqual([]);
  expect(planEstate(linked([ONE], [joined(ONE, TWO, 'peering')])).links).toEqual([]);
  expect(planEstate(linked([ONE], [joined(ONE, dataCentre(), 'peering')], [dataCentre()])).links).toEqual([]);
});
