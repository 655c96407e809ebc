/** Which of several lines and VPNs between two places is used: the same in both directions, and two alike only where somebody said so. */
import fc from 'fast-check';
import { prefer } from '../../lib/estate/build/preferences';
import type { LeasedLineLink, Link, VpnLink } from '../../lib/estate/model/model';
import { dataCentre, line, place, vpn } from '../plan/linked-fixture';

const [bj, ONE] = [dataCentre(), place(1)];

function called(name: string, prepends: number): VpnLink {
  const link = vpn(bj, ONE);
  return { ...link, id: `${bj.name}--${ONE.name}/${name}`, group: name, vpn: { ...link.vpn, prepends } };
}

/** Links by name, with the preferences that are written. */
const described = fc
  .uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,3}$/),
      kind: fc.constantFrom('line', 'vpn'),
      written: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
      prepends: fc.integer({ min: 0, max: 4 }),
    }),
    { selector: ({ name }) => name, maxLength: 8 },
  )
  .map((all) => {
    const written = new Map<string, number>();
    const links = all.map(({ name, kind, written: own, prepends }): Link => {
      const link = kind === 'line' ? line(bj, ONE, {}, undefined, name) : called(name, prepends);
      if (own !== undefined) written.set(link.id, kind === 'line' ? 198 + own : 95 + own);
      return link;
    });
    return { links, written };
  });

const isLine = (link: Link): link is LeasedLineLink => link.kind === 'leased-line';
const isVpn = (link: Link): link is VpnLink => link.kind === 'vpn';

test('two lines, or two VPNs, have the same preference only where both say it', () => {
  fc.assert(
    fc.property(described, ({ links, written }) => {
      const of = prefer(links, written).map((link): [string, number] =>
        isLine(link) ? [link.id, link.line.preference] : [link.id, (link as VpnLink).vpn.preference],
      );
      for (const [id, preference] of of) {
        if (written.has(id)) expect(preference).toBe(written.get(id));
        else expect(of.filter(([, other]) => other === preference)).toEqual([[id, preference]]);
      }
    }),
  );
});

test('the cloud prefers what the data centre does: who is less preferred has a longer path, and lines go before VPNs', () => {
  fc.assert(
    fc.property(described, ({ links, written }) => {
      const all = prefer(links, written);
      const lines = new Set(all.filter(isLine).map(({ line: { preference } }) => preference));
      const vpns = all.filter(isVpn).map(({ vpn: { preference, prepends } }) => ({ preference, prepends }));
      for (const one of vpns) {
        // The worst of n lines has its own number n - 1 times more.
        expect(one.prepends).toBeGreaterThanOrEqual(lines.size);
        for (const other of vpns)
          expect(Math.sign(one.prepends - other.prepends)).toBe(-Math.sign(one.preference - other.preference) + 0);
      }
    }),
  );
});

test('the first line has 200, the first VPN 100, and each further one less, by name', () => {
  const links = ['b', 'a', 'c'].map((name) => line(bj, ONE, {}, undefined, name));
  const of = prefer([...links, vpn(bj, ONE)], new Map([[links[2]!.id, 199]]));
  expect(of.filter(isLine).map(({ group, line: { preference } }) => [group, preference])).toEqual([
    ['b', 198],
    ['a', 200],
    ['c', 199],
  ]);
  expect(of.filter(isVpn)[0]?.vpn).toMatchObject({ preference: 100, prepends: 3 });
});
