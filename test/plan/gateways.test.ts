/** One Direct Connect gateway for several lines and regions: who tells what, and which line goes first. */
import { cidr, parseIpv4 } from '../../lib/estate/addresses/cidr';
import type { AssociationLink, LeasedLineLink, Link } from '../../lib/estate/model/model';
import type { AssociationLinkPlan, LeasedLineLinkPlan } from '../../lib/plan/model';
import { deployOrder } from '../../lib/plan/order';
import { association, IDC, line, linked, place, secondLine, vpnLink } from '../aws/link-fixtures';

const ip = (text: string) => parseIpv4(text)!;
const regions = [place('us-east-1', 1), place('eu-west-1', 2)];
const R2 = { name: 'r2', address: ip('10.200.0.2'), trunk: 'eno1', core: ip('10.200.255.2') };
const TWO = {
  ...IDC,
  core: { vlan: 2, subnet: cidr('10.200.255.0/28') },
  routers: [{ ...IDC.routers[0]!, core: ip('10.200.255.1') }, R2],
};
const plan = (links: readonly Link[]) => linked({ regions, idcs: [TWO], links });
const lineOf = (from: ReturnType<typeof plan>, group: string) =>
  from.links.find((link) => link.kind === 'leased-line' && link.group === group) as LeasedLineLinkPlan;
const neighborOf = (from: ReturnType<typeof plan>, link: string) =>
  from.idcs[0]!.routers.flatMap(({ neighbors }) => neighbors).find((neighbor) => neighbor.link === link)!;

const main = line('beijing', 'us-east-1');
const US = ['10.1.0.0/16', '172.17.0.0/16'];
const EU = ['10.2.0.0/16', '172.18.0.0/16'];

test('a second line by the gateway of the first waits for its stack, and for nothing of its region', () => {
  const second = lineOf(plan([main, secondLine()]), 'second');
  expect(second.gateway).toMatchObject({
    link: 'beijing--us-east-1/line',
    stack: 'links-beijing--us-east-1-line-line',
    at: { place: 'us-east-1' },
  });
  expect(second.associates).toBeUndefined();
  expect(second.stacks).toEqual([
    {
      id: 'line-second',
      name: 'links-beijing--us-east-1-line-second',
      region: 'us-east-1',
      dependsOn: ['links/beijing--us-east-1/line-line'],
    },
  ]);
});

test('a line that stands alone has no community, and two of one gateway say which goes first in paths and communities', () => {
  expect(neighborOf(plan([main]), main.id)).not.toHaveProperty('community');
  const both = plan([main, secondLine({ preference: 150 })]);
  expect(neighborOf(both, main.id)).toMatchObject({ preference: 200, prepends: 0, community: '7224:7300' });
  expect(neighborOf(both, 'beijing--us-east-1/second')).toMatchObject({ preference: 150, prepends: 1, community: '7224:7200' });
});

test('lines of one preference share the load: the same path and the same community', () => {
  const both = plan([main, secondLine({ preference: 200, preferred: true })]);
  const told = [main.id, 'beijing--us-east-1/second'].map((id) => neighborOf(both, id));
  expect(told.map(({ preference, prepends, community }) => [preference, prepends, community])).toEqual([
    [200, 0, '7224:7300'],
    [200, 0, '7224:7300'],
  ]);
  expect(told[0]!.tells).toEqual(told[1]!.tells);
});

test('more lines than communities keep their order by their paths', () => {
  const links = [190, 180, 170].map((preference, i) => secondLine({ preference, vlan: 302 + i }, `more${i}`));
  const four = plan([main, ...links]);
  expect([main, ...links].map(({ id }) => [neighborOf(four, id).community, neighborOf(four, id).prepends])).toEqual([
    ['7224:7300', 0],
    ['7224:7200', 1],
    ['7224:7100', 2],
    ['7224:7100', 3],
  ]);
});

test('each line falls back to the other, and only then to the VPN', () => {
  const all = plan([main, secondLine({ preference: 150 }), vpnLink('beijing', 'us-east-1')]);
  expect(lineOf(all, 'line').fallback?.link).toBe('beijing--us-east-1/second');
  expect(lineOf(all, 'second').fallback?.link).toBe('beijing--us-east-1/line');
});

describe('a region that is associated with the gateway of another one’s line', () => {
  const direct = association('beijing', 'eu-west-1');
  const all = plan([main, direct, vpnLink('beijing', 'eu-west-1')]);
  const found = all.links.find((link) => link.kind === 'association') as AssociationLinkPlan;

  test('is told by the line, and allows its own prefixes only: no two associations of a gateway have the same', () => {
    expect(lineOf(all, 'line').associates).toEqual(US);
    expect(found.associates).toEqual(EU);
    expect(lineOf(all, 'line').allowedPrefixes).toEqual([...US.slice(0, 1), ...EU.slice(0, 1), ...US.slice(1), ...EU.slice(1)]);
    expect(neighborOf(all, main.id).accepts).toEqual(lineOf(all, 'line').allowedPrefixes);
  });

  test('has routes to the data centre by its own transit gateway, and waits for the line’s stack', () => {
    expect(found.routes?.map(({ cidr: range }) => range)).toEqual(['10.200.0.0/16', '172.30.0.0/16']);
    expect(found.stacks.map(({ id, region, dependsOn }) => [id, region, dependsOn])).toEqual([
      ['line-direct', 'eu-west-1', ['eu-west-1/transit', 'links/beijing--us-east-1/line-line']],
      ['routes-b', 'eu-west-1', ['eu-west-1/network', 'eu-west-1/transit', 'links/beijing--eu-west-1/line-direct']],
    ]);
    expect(found.lines).toEqual([main.id]);
    expect(found.mtu).toBe(8500);
  });

  test('has the largest packet of its lines', () => {
    const narrow = { ...main, line: { ...(main as LeasedLineLink).line, mtu: 1500 } } as Link;
    expect(plan([narrow, direct]).links.find(({ kind }) => kind === 'association')?.mtu).toBe(1500);
  });

  test('falls back to a VPN of its own, which tells it too and is preferred less at both ends', () => {
    const vpn = neighborOf(all, 'beijing--eu-west-1/fallback');
    expect(vpn).toMatchObject({ accepts: EU, preference: 100, prepends: 2 });
    expect(neighborOf(all, main.id).preference).toBeGreaterThan(vpn.preference);
  });

  test('is reached over lines into either region', () => {
    const crossed = plan([main, direct, secondLine({ preference: 150 }, 'second', 'eu-west-1')]);
    for (const group of ['line', 'second']) {
      expect(lineOf(crossed, group).allowedPrefixes).toEqual(lineOf(all, 'line').allowedPrefixes);
      expect(neighborOf(crossed, lineOf(crossed, group).id).tells).toEqual(['10.200.0.0/16', '172.30.0.0/16']);
    }
    expect(lineOf(crossed, 'line').fallback?.link).toBe('beijing--eu-west-1/second');
  });
});

test('a gateway whose first line is gone keeps its stack, and the second line its gateway', () => {
  const kept: AssociationLink = { ...association('beijing', 'us-east-1', 'line'), association: { asn: 64700 } };
  const after = plan([kept, secondLine()]);
  const [before] = lineOf(plan([main, secondLine()]), 'line').stacks;
  const found = after.links.find((link) => link.kind === 'association') as AssociationLinkPlan;
  expect(found.stacks[0]).toEqual(before);
  expect(found.gateway).toBeUndefined();
  expect(lineOf(after, 'second').gateway?.stack).toBe(before!.name);
});

test('pairs that use gateways of each other are one wave, not a circle', () => {
  const own = secondLine({ preference: 150, asn: 64710, vlan: 303 }, 'own', 'eu-west-1');
  const made = { ...own, line: { ...own.line, gateway: undefined } } as Link;
  const links = [
    main,
    made,
    association('beijing', 'eu-west-1', 'one', 'line'),
    association('beijing', 'us-east-1', 'two', 'own'),
  ];
  expect(deployOrder(plan(links)).map(({ patterns }) => patterns)).toEqual([
    ['eu-west-1/*', 'us-east-1/*'],
    ['links/beijing--eu-west-1/*', 'links/beijing--us-east-1/*'],
  ]);
});
