import fc from 'fast-check';
import { frrConfig } from '../../lib/idc/frr';
import { originated } from '../../lib/idc/frr-bgp';
import { renderIdc } from '../../lib/idc/render';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import type { IdcPlan, NeighborPlan, RouterPlan } from '../../lib/plan/model';
import { expectGolden } from '../golden';
import { hybrid, linkedEstates } from '../plan/linked-fixture';
import { describeWithRealParts, lacksNamespaces } from '../real-parts';
import { runs } from '../runs';
import { checkFrrConfig, FRR_PROGRAMS } from './frr';

const estate = hybrid();
const beijing = planIdc(estate, estate.idcs[0]!);
const config = (name: string, idc = beijing): string => frrConfig(idc, router(name, idc));
const router = (name: string, idc = beijing): RouterPlan => idc.routers.find((r) => r.name === name)!;

/** Lines of a text that begin with some words, without them. */
function linesAfter(text: string, words: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith(words))
    .map((line) => line.slice(words.length).trim());
}

/** Prefixes that the route-map of a neighbour lets through, read from the text. */
function permitted(text: string, { address }: NeighborPlan, way: 'in' | 'out'): string[] {
  const [map] = linesAfter(text, `neighbor ${address} route-map`).filter((rest) => rest.endsWith(` ${way}`));
  const name = map!.split(' ')[0]!;
  expect(linesAfter(text, `route-map ${name} `)).toEqual(['permit 10']);
  const block = text.slice(text.indexOf(`route-map ${name} permit`));
  const [list] = linesAfter(block.slice(0, block.indexOf('exit')), 'match ip address prefix-list');
  return linesAfter(text, `ip prefix-list ${list} seq`)
    .filter((entry) => entry !== '5 deny any')
    .map((entry) => /^\d+ permit (\S+)$/.exec(entry)![1]!);
}

describe('a router’s frr.conf', () => {
  test('keeps RFC 8212 on: `traditional` defaults, and no line switches the policy off', () => {
    for (const { name } of beijing.routers) {
      expect(linesAfter(config(name), 'frr defaults')).toEqual(['traditional']);
      expect(config(name)).not.toContain('no bgp ebgp-requires-policy');
    }
  });

  test('prefers the line by local preference, and prepends the own AS number on the VPN', () => {
    expect(config('r1')).toContain(
      'route-map line-1-in permit 10\n match ip address prefix-list line-1-in\n set local-preference 200',
    );
    expect(config('r2')).toContain(
      'route-map vpn-1-in permit 10\n match ip address prefix-list vpn-1-in\n set local-preference 100',
    );
    expect(config('r2')).toContain(
      'route-map vpn-2-out permit 10\n match ip address prefix-list vpn-2-out\n set as-path prepend 65010 65010',
    );
    expect(config('r1')).not.toContain('as-path prepend');
  });

  test('carries the preference between routers of the data centre instead of setting it', () => {
    expect(config('r2')).toContain(
      'route-map core-10.200.255.1-in permit 10\n match ip address prefix-list core-10.200.255.1-in\nexit',
    );
    expect(linesAfter(config('r2'), 'neighbor 10.200.255.1 next-hop-self')).toHaveLength(1);
  });

  test('finds a dead line and a dead router by BFD, 300 ms x 3, with graceful restart off; the VPN has none, but AWS’s 10 s and 30 s', () => {
    const [r1, r2] = [config('r1'), config('r2')];
    expect(r1).toContain(
      ' profile detect-300ms-x3\n  detect-multiplier 3\n  receive-interval 300\n  transmit-interval 300\n exit',
    );
    expect(linesAfter(r1, 'neighbor 169.254.100.1 bfd')).toEqual(['', 'profile detect-300ms-x3']);
    expect(linesAfter(r1, 'bgp graceful-restart')).toEqual(['-disable']);
    expect(linesAfter(r2, 'neighbor 10.200.255.1 bfd')).toEqual(['', 'profile detect-300ms-x3']);
    expect(linesAfter(r2, 'neighbor 169.254.21.1 bfd')).toEqual([]);
    expect(linesAfter(r2, 'neighbor 169.254.21.1 timers')).toEqual(['10 30', 'connect 10']);
  });

  test('drops what no host has: a null route an aggregate and a rack', () => {
    expect(linesAfter(config('r1'), 'ip route').filter((r) => r.endsWith('blackhole'))).toEqual([
      '172.20.0.0/19 blackhole',
      '10.200.0.0/16 blackhole',
      '172.20.0.0/16 blackhole',
    ]);
  });

  test('says of each session which link it belongs to', () => {
    expect(config('r1')).toContain(' ! leased line beijing--us-east-1/line\n neighbor 169.254.100.1 remote-as 64600');
    expect(config('r2')).toContain(' ! tunnel 2 of VPN beijing--us-east-1/fallback\n neighbor 169.254.22.1 remote-as 64601');
  });

  test('holds no key, and says where keys come from', () => {
    for (const { name } of beijing.routers) expect(config(name)).not.toMatch(/^[^!]*\bpassword\b/m);
    expect(config('r1')).toContain('cat frr.conf frr.secrets.conf > /etc/frr/frr.conf');
  });

  test('refuses everything from a neighbour that nothing is planned for, instead of taking an empty list for any', () => {
    const r1 = router('r1');
    const neighbors = r1.neighbors.map((n) => (n.kind === 'line' ? { ...n, accepts: [] } : n));
    const text = frrConfig(beijing, { ...r1, neighbors });
    expect(linesAfter(text, 'ip prefix-list line-1-in')).toEqual(['seq 5 deny any']);
  });

  test('has no BGP where the data centre has no AS number', () => {
    const { asn: _, ...without } = beijing;
    const alone: RouterPlan = { ...router('r1'), neighbors: [] };
    expect(frrConfig(without as IdcPlan, alone)).not.toContain('router bgp');
  });

  test.each(['r1', 'r2'])('%s of the hybrid estate reads as reviewed', (name) => {
    expectGolden(`hybrid-beijing-${name}.frr.conf`, config(name));
  });
});

describe('routers of estates at random', () => {
  const everyRouter = (check: (text: string, router: RouterPlan, idc: IdcPlan) => void): void =>
    fc.assert(
      fc.property(linkedEstates, (of) => {
        for (const idc of of.idcs.map((i) => planIdc(of, i))) {
          for (const r of idc.routers) check(frrConfig(idc, r), r, idc);
        }
      }),
      { numRuns: runs(60) },
    );

  test('every neighbour has a policy in and out, and its lists are exactly what is planned', () => {
    everyRouter((text, { neighbors }) => {
      expect(linesAfter(text, 'neighbor').filter((rest) => / remote-as /.test(rest))).toHaveLength(neighbors.length);
      for (const neighbor of neighbors) {
        expect(permitted(text, neighbor, 'in')).toEqual(neighbor.accepts);
        expect(permitted(text, neighbor, 'out')).toEqual(neighbor.tells);
      }
    });
  });

  test('no prefix list lets anything longer through', () => {
    everyRouter((text) => expect(text).not.toMatch(/prefix-list .* (?:le|ge) /));
  });

  test('never more is told than the session takes', () => {
    everyRouter((_text, { neighbors }) => {
      for (const { tells, maxPrefixes } of neighbors) expect(tells.length).toBeLessThanOrEqual(maxPrefixes);
    });
  });

  test('what a cloud is told is originated by the router that tells it, or by another one that tells it inside', () => {
    everyRouter((text, own, idc) => {
      const networks = new Set(linesAfter(text, 'network'));
      for (const { tells } of own.neighbors.filter(({ kind }) => kind !== 'router')) {
        const inside = idc.routers.filter((r) => r !== own).flatMap((r) => originated(r));
        for (const prefix of tells) expect(networks.has(prefix) || inside.includes(prefix)).toBe(true);
      }
    });
  });

  test('all routers that reach a cloud originate the same aggregates', () => {
    fc.assert(
      fc.property(linkedEstates, (of) => {
        for (const idc of of.idcs.map((i) => planIdc(of, i))) {
          const aggregates = idc.routers
            .filter(({ neighbors }) => neighbors.some(({ kind }) => kind !== 'router'))
            .map((r) => originated(r).filter((prefix) => r.announces.includes(prefix)));
          for (const list of aggregates) expect(list).toEqual(aggregates[0]);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  test('the same plan gives the same bytes, and interface names fit the kernel', () => {
    fc.assert(
      fc.property(linkedEstates, (of) => {
        const links = planLinks(of);
        for (const idc of of.idcs) {
          const [one, two] = [planIdc(of, idc), planIdc({ ...of }, idc)];
          expect([...renderIdc(one, links, () => '')]).toEqual([...renderIdc(two, links, () => '')]);
          for (const [path, text] of renderIdc(one, links, () => '')) {
            for (const name of path.endsWith('.netdev') ? linesAfter(text, 'Name=') : [])
              expect(name.length).toBeLessThanOrEqual(15);
          }
        }
      }),
      { numRuns: runs(30) },
    );
  });
});

describeWithRealParts(FRR_PROGRAMS, lacksNamespaces(), 'FRR itself', () => {
  test('understands every line of every rendered configuration', () => {
    for (const { name } of beijing.routers) expect(checkFrrConfig(config(name))).toBe('');
    fc.assert(
      fc.property(linkedEstates, (of) => {
        for (const idc of of.idcs.map((i) => planIdc(of, i))) {
          for (const r of idc.routers) expect(checkFrrConfig(frrConfig(idc, r))).toBe('');
        }
      }),
      { numRuns: runs(10) },
    );
  });
});
