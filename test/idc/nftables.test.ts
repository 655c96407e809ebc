/** The packet filter of a router, as text, and what nft itself makes of it. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { containsCidr, cidr as range } from '../../lib/estate/addresses/cidr';
import { routerFilter } from '../../lib/idc/nftables';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import type { IdcPlan } from '../../lib/plan/model';
import { expectGolden } from '../golden';
import { hybrid, linkedEstates } from '../plan/linked-fixture';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { runs } from '../runs';
import { filesOf, HOSTILE, replaced } from './hostile';
import { rendered } from './hybrid-routers';

const OUTSIDE = ['203.0.113.77', '203.0.113.78'];
const filter = (router: string, outside = OUTSIDE): string => rendered(outside).get(`routers/${router}/nftables.conf`)!;

/** Rules of a chain, comments left out. */
function rules(text: string, chain: string): string[] {
  const [, inside = ''] = new RegExp(`^ chain ${chain} \\{\\n([^}]*)\\}`, 'm').exec(text) ?? [];
  return inside
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Largest segment that a text leaves to packets from or to an address, by the rules themselves. */
function segmentOf(text: string, address: string): number {
  const sizes = [...text.matchAll(/^ {2}ip daddr (\S+) tcp flags syn tcp option maxseg size set (\d+)$/gm)];
  return Math.min(
    ...sizes.filter(([, of]) => containsCidr(range(of!), range(`${address}/32`))).map(([, , size]) => Number(size)),
  );
}

const estate = hybrid();
const beijing = planIdc(estate, estate.idcs[0]!);
const r1 = beijing.routers.find(({ name }) => name === 'r1')!;

describe('the packet filter of a router', () => {
  test.each(['r1', 'r2'])('of the hybrid estate reads as reviewed: %s', (router) => {
    expectGolden(`hybrid-beijing-${router}.nftables.conf`, filter(router));
  });

  test('lets the estate ask it for the time where an address of its own is a server of time, and only then', () => {
    const ntp = (time: readonly string[]) =>
      rules(routerFilter({ ...beijing, time }, r1, []), 'inside').filter((rule) => rule.includes('dport 123'));
    const [own] = r1.interfaces.map(({ address }) => address.split('/')[0]!);
    expect(ntp([own!])).toEqual(beijing.pools.map((pool) => `ip saddr ${pool} udp dport 123 accept`));
    expect(ntp(['10.200.0.10', 'ntp.corp.example'])).toEqual([]);
  });

  test('replaces its table in one transaction, so that it can be loaded again', () => {
    expect(filter('r1')).toMatch(/^(?:#.*\n)*table inet meissa\ndelete table inet meissa\ntable inet meissa \{\n/);
  });

  test('keeps segments small enough for the VPN on the router of the line, too: it takes over connections that stand', () => {
    for (const router of ['r1', 'r2'])
      for (const address of ['10.1.0.5', '10.2.0.5', '172.16.0.5']) expect(segmentOf(filter(router), address)).toBe(1360);
    expect(segmentOf(filter('r1'), '10.200.2.2')).toBe(Number.POSITIVE_INFINITY);
  });

  test('forwards between planned interfaces without connection tracking, and nothing by any other', () => {
    expect(rules(filter('r1'), 'forward')).toEqual([
      'type filter hook forward priority filter',
      'iifname "vlan2" goto onward',
      'iifname "vlan101" goto onward',
      'iifname "line-1" goto onward',
      'counter drop',
    ]);
    expect(rules(filter('r1'), 'onward')).toEqual([
      'oifname "vlan2" accept',
      'oifname "vlan101" accept',
      'oifname "line-1" accept',
      'counter drop',
    ]);
    expect(filter('r1').match(/ct /g)).toHaveLength(1);
  });

  test('takes sources of a rack from the rack only, and none of the data centre from a line or tunnel', () => {
    expect(rules(filter('r1'), 'spoofed')).toEqual([
      'type filter hook prerouting priority raw',
      'iifname "vlan101" ip saddr 10.200.1.0/24 accept',
      'iifname "vlan101" ip saddr 172.20.0.0/19 accept',
      'iifname "vlan101" counter drop',
      'iifname "line-1" ip saddr 10.200.0.0/16 counter drop',
      'iifname "line-1" ip saddr 172.20.0.0/16 counter drop',
    ]);
  });

  test('lets each neighbour speak BGP by its own interface, and BFD where it is planned', () => {
    const neighbors = rules(filter('r1'), 'inside').filter((rule) => rule.startsWith('iifname'));
    expect(neighbors).toEqual(
      expect.arrayContaining([
        'iifname "line-1" ip saddr 169.254.100.1 tcp dport 179 accept',
        'iifname "line-1" ip saddr 169.254.100.1 udp dport 3784-3785 accept',
        'iifname "line-1" ip saddr 169.254.100.1 udp dport 4784 accept',
        'iifname "vlan2" ip saddr 10.200.255.2 tcp dport 179 accept',
        'iifname "vlan2" ip saddr 10.200.255.2 udp dport 4784 accept',
      ]),
    );
  });

  test('lets the other router of a pair say that it has the rack’s gateway', () => {
    const interfaces = r1.interfaces.map((face) =>
      face.kind === 'rack'
        ? { ...face, vrrp: { rack: 'a01', address: '10.200.1.1', priority: 200, preferred: true, peers: ['10.200.1.253'] } }
        : face,
    );
    expect(rules(routerFilter(beijing, { ...r1, interfaces }, []), 'inside')).toContain(
      'iifname "vlan101" ip saddr 10.200.1.253 meta l4proto 112 accept',
    );
    expect(filter('r1')).not.toContain('l4proto 112');
  });

  test('lets IKE and ESP in from the tunnels’ addresses, and from nobody while they are unknown', () => {
    const strangers = (text: string): string[] => rules(text, 'input').filter((rule) => /^ip saddr/.test(rule));
    expect(strangers(filter('r2'))).toEqual(
      OUTSIDE.flatMap((end) =>
        ['udp dport 500', 'udp dport 4500', 'meta l4proto esp'].map(
          (what) => `ip saddr ${end} ip daddr 203.0.113.10 ${what} accept`,
        ),
      ),
    );
    expect(strangers(filter('r2', []))).toEqual([]);
    expect(filter('r2', [])).toContain('nobody, until links.*.outside names the addresses of its tunnels');
    expect(strangers(filter('r1'))).toEqual([]);
  });
});

/** Every router of an estate at random. */
function everyRouter(check: (text: string, idc: IdcPlan) => void, numRuns: number): void {
  fc.assert(
    fc.property(linkedEstates, (of) => {
      const links = planLinks(of);
      for (const idc of of.idcs.map((each) => planIdc(of, each)))
        for (const router of idc.routers) check(routerFilter(idc, router, links), idc);
    }),
    { numRuns },
  );
}

test('of any estate, segments fit the smallest line or tunnel that leads to a place', () => {
  everyRouter((text, { routers }) => {
    for (const { neighbors, interfaces } of routers) {
      for (const { kind, accepts, interface: by } of neighbors) {
        if (kind === 'router') continue;
        const { mtu } = interfaces.find(({ name }) => name === by)!;
        for (const prefix of accepts) expect(segmentOf(text, prefix.split('/')[0]!) + 40).toBeLessThanOrEqual(mtu);
      }
    }
  }, runs(40));
});

describeWithRealParts(['nft'], lacksNamespaces(), 'nft itself', (path) => {
  /** What it says of a text, and the table as it stands after two loads. */
  function load(text: string): { readonly said: string; readonly table: string } {
    const script = '"$0" -f - <<<"$1" && "$0" -f - <<<"$1" && "$0" list ruleset';
    const { stdout, stderr } = spawnSync('unshare', ['-n', 'bash', '-c', script, path('nft'), text], { encoding: 'utf8' });
    return { said: stderr, table: stdout };
  }

  test('loads every filter of estates at random, twice', () => {
    everyRouter((text) => {
      const { said, table } = load(text);
      expect(said).toBe('');
      expect(table.match(/^table/gm)).toHaveLength(1);
    }, runs(4));
  });

  test('loads the same rules, whatever stands in the texts of the plan', () => {
    const model = { idc: beijing, links: planLinks(estate) };
    const before = load(filesOf(model).get('routers/r1/nftables.conf')!).table;
    for (const value of HOSTILE) {
      const evil = replaced(replaced(model, 'leased line beijing--us-east-1/line', value), 'router r2', value);
      expect({ value, ...load(filesOf(evil).get('routers/r1/nftables.conf')!) }).toEqual({ value, said: '', table: before });
    }
  });
});
