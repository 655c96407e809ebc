/** Two border routers of one region: which of them goes first, and whose pings come back. */
import { parseIpv4 } from '../../../lib/estate/addresses/cidr';
import type { Estate, LeasedLineLink } from '../../../lib/estate/model/model';
import { planEstate } from '../../../lib/plan/plan';
import { emit, inland } from './fixture';

const base = inland();
const first = base.links.find((link) => link.kind === 'leased-line') as LeasedLineLink;

/** With a second line into the same region. */
function two(rest: Partial<LeasedLineLink['line']> = {}): Estate {
  const second: LeasedLineLink = {
    ...first,
    id: `${first.a.place}--${first.b.place}/second`,
    group: 'second',
    path: ['links', 'second'],
    line: {
      ...first.line,
      router: 'r2',
      connection: 'pc-2zesecond',
      vlan: 302,
      cloudAddress: parseIpv4('192.168.255.5')!,
      idcAddress: parseIpv4('192.168.255.6')!,
      preference: 150,
      ...rest,
    },
  };
  return { ...base, links: [...base.links, second].sort((x, y) => (x.id < y.id ? -1 : 1)) };
}

const STACKS = ['line', 'second'].map((group) => `links-${first.a.place}--${first.b.place}-line-${group}`);

/** Preference, prepended numbers and community of each line's session. */
const sessions = (estate: Estate) =>
  planEstate(estate)
    .idcs[0]!.routers.flatMap(({ neighbors }) => neighbors)
    .filter(({ kind }) => kind === 'line')
    .map(({ preference, prepends, community }) => [preference, prepends, community]);

test('the spare is told with a longer path, which is all that the transit router asks for: no community of AWS', () => {
  expect(sessions(two())).toEqual([
    [200, 0, undefined],
    [150, 1, undefined],
  ]);
});

test('lines of one preference are told alike, so that the transit router shares the load by itself', () => {
  expect(sessions(two({ preference: 200, preferred: true }))).toEqual([
    [200, 0, undefined],
    [200, 0, undefined],
  ]);
});

test('each line has its own border router, whose stack needs nothing of the other’s', () => {
  const stacks = emit(two());
  for (const [i, name] of STACKS.entries()) {
    const { template, manifest } = stacks.get(name)!;
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    expect(types).toEqual(
      expect.arrayContaining(['ALIYUN::VPC::VirtualBorderRouter', 'ALIYUN::CEN::TransitRouterVbrAttachment']),
    );
    expect(manifest.dependsOn).not.toContain(stacks.get(STACKS[1 - i]!)!.manifest.path);
  }
});

test('each is pinged where they end at two routers, and neither where a router couldn’t tell which line a ping came by', () => {
  const pinged = (estate: Estate) => STACKS.map((name) => 'HealthCheck' in emit(estate).get(name)!.template.Resources);
  const ways = (estate: Estate) =>
    planEstate(estate).idcs[0]!.routers.map(
      ({ statics }) => statics.filter(({ destination }) => destination === '100.96.0.0/16').length,
    );
  expect([pinged(two()), ways(two())]).toEqual([
    [true, true],
    [1, 1],
  ]);
  const together = two({ router: 'r1' });
  expect([pinged(together), ways(together)]).toEqual([
    [false, false],
    [0, 0],
  ]);
});
