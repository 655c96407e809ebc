import { join } from 'node:path';
import { cidr } from '../../lib/estate/addresses/cidr';
import { planEstate } from '../../lib/plan/plan';
import { writtenLink } from '../../lib/review/link-words';
import { planLines } from '../../lib/review/plan-text';
import { example, hybrid, joined, linked, place } from '../plan/linked-fixture';
import { meissa } from './run';

const HYBRID = join(__dirname, '../estates/hybrid');

const planText = (...of: Parameters<typeof planLines>) => planLines(...of).join('\n');

describe('the plan of joined places in words', () => {
  const text = planText(planEstate(hybrid()), { hosts: true, all: true });

  test('says of a region its transit gateway, its attachment subnets and its containers', () => {
    expect(text).toContain('transit gateway  AS 64601; to its VPC: 10.1.0.0/16 (hosts of us-east-1), 172.16.0.0/16');
    expect(text).toContain('drops the rest of 10.0.0.0/8, 172.16.0.0/12');
    expect(text).toContain('attachment 10.1.1.0/28  10.1.33.0/28  10.1.65.0/28');
    expect(text).toContain('containers  host-gw: 172.16.0.0/16, a /24 a host; MTU 1400');
    expect(text).toContain('allows 172.16.0.0/16 -> Containers everything  (containers of us-east-1 reach each other)');
  });

  test('says of a link what each end gives, its MTU and its stacks', () => {
    expect(text).toContain(
      [
        'link eu-west-1--us-east-1  transit gateways, peered; MTU 8500',
        '  eu-west-1 gives hosts 10.2.0.0/16, containers 172.17.0.0/16',
        '  us-east-1 gives hosts 10.1.0.0/16, containers 172.16.0.0/16',
        '  eu-west-1 allows 10.1.0.0/16 everything  (hosts of us-east-1 reach containers)',
        '  eu-west-1 allows 172.16.0.0/16 everything  (containers of us-east-1 reach containers)',
      ].join('\n'),
    );
    expect(text).toContain('links/eu-west-1--us-east-1/accept (us-east-1)');
    expect(text).toContain('link beijing--eu-west-1  transit through us-east-1; MTU 1400');
  });

  test('says what takes over when a line fails, and after which time', () => {
    expect(text).toContain(
      'when it fails beijing--us-east-1/fallback takes over: seen after 0.9 s (BFD), other routes in use within 3 s in all',
    );
    const alone = { ...hybrid(), links: hybrid().links.filter((l) => l.kind === 'leased-line') };
    expect(planText(planEstate(alone), { hosts: false, all: true })).toContain('when it fails nothing takes over');
  });

  test('says of a data centre its routers, neighbours, racks and hosts', () => {
    expect(text).toContain('beijing  data centre  10.200.0.0/16; containers 172.20.0.0/16  AS 65010  MTU 9000');
    expect(text).toContain('line-1  169.254.100.2/30  MTU 8500');
    expect(text).toMatch(
      /neighbour 169\.254\.21\.1 AS 64601 .*takes 10\.1\.0\.0\/16, .*; tells 10\.200\.0\.0\/16, 10\.200\.1\.0\/24, .*172\.20\.0\.0\/16/,
    );
    expect(text).toContain('rack  a01  3 hosts behind r1, VLAN 101, gateway 10.200.1.1  [base, docker]');
    expect(text).toContain('beijing-a01-1  10.200.1.2/24  containers 172.20.0.0/24  unit 12-13');
  });

  test('says the order of deploying by hand, and for one region what must stand before', () => {
    expect(text).toContain("1. cdk deploy 'eu-west-1/*' 'us-east-1/*'");
    expect(text).toContain("3. cdk deploy 'links/beijing--eu-west-1/*'");
    const one = planText(planEstate(example(), ['sa-east-1']), { hosts: false, all: false });
    expect(one).toContain("2. cdk deploy 'links/sa-east-1--us-east-1/*'");
    expect(one).toContain('after us-east-1/network');
    expect(one).not.toContain('containers  ');
  });

  test('says how many prefixes a host has, and nothing of links where there are none', () => {
    const alone = planText(planEstate(linked([place(1, 'prefix')], [])), { hosts: false, all: true });
    expect(alone).toContain("containers  prefix: /28 prefixes of the hosts' own subnets, 1 a host; MTU 9001");
    expect(alone).not.toContain('cdk deploy');
  });

  test('a data centre is shown for a region only when a link joins them', () => {
    const estate = { ...hybrid(), links: [] };
    expect(planText(planEstate(estate, ['eu-west-1']), { hosts: false, all: false })).not.toContain('data centre');
    expect(planText(planEstate(hybrid(), ['eu-west-1']), { hosts: false, all: false })).toContain('beijing  data centre');
  });
});

test('an end that gives nothing is said to', () => {
  const [one, two] = [place(1), place(2)];
  const link = joined(one, two, 'peering', { gives: [cidr('10.1.0.0/16')] });
  const plan = planEstate(linked([one, two], [{ ...link, b: { ...link.b, gives: [] } }]));
  expect(planText(plan, { hosts: false, all: true })).toContain('r-02 gives nothing');
});

test('addresses of links are written as people write them', () => {
  const links = planEstate(hybrid()).links.map(writtenLink);
  expect(links).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ line: expect.objectContaining({ idcAddress: '169.254.100.2', cloudAddress: '169.254.100.1' }) }),
      expect.objectContaining({ vpn: expect.objectContaining({ tunnels: ['169.254.21.0/30', '169.254.22.0/30'] }) }),
    ]),
  );
});

test('--json has links, data centres, the switch time and the order', async () => {
  const said = await meissa('plan', '--json', '--root', HYBRID);
  const plan = JSON.parse(said.stdout);
  expect(plan.links.map((l: { id: string }) => l.id)).toContain('beijing--us-east-1/line');
  expect(plan.links.find((l: { kind: string }) => l.kind === 'leased-line').fallback).toEqual({
    link: 'beijing--us-east-1/fallback',
    detectMs: 900,
    takenOverMs: 3000,
  });
  expect(plan.idcs[0].routers.map((r: { name: string }) => r.name)).toEqual(['r1', 'r2']);
  expect(plan.order[1].patterns).toEqual(['links/beijing--us-east-1/*', 'links/eu-west-1--us-east-1/*']);
});
