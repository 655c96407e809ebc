/** Aliyun estates at random: regions joined, and a data centre with lines and VPNs of whatever numbers. */
import fc from 'fast-check';
import { addressAt, type Cidr, cidr, subrange } from '../../../lib/estate/addresses/cidr';
import type { Estate, LeasedLineLink, VpnLink } from '../../../lib/estate/model/model';
import { dataCentre, joined, line, vpn } from '../../plan/linked-fixture';
import { HOSTS, inlandEstate, inlandPlace } from './fixture';

const LINES = cidr('192.168.0.0/16');
const TUNNELS = cidr('169.254.32.0/19');

/** A line of random VLAN, network and AS number. @param n its network, so that no two share one */
function lineOf(n: number) {
  return fc
    .record({
      vlan: fc.integer({ min: 1, max: 2999 }),
      network: fc.integer({ min: 0, max: 2000 }),
      asn: fc.constantFrom(45_104, 64_700, 4_200_000_777),
      preference: fc.integer({ min: 101, max: 300 }),
    })
    .map(({ vlan, network, asn, preference }): Partial<LeasedLineLink['line']> => {
      const own: Cidr = subrange(LINES, 30, network * 4 + n);
      return {
        connection: `pc-2zeexample${n}`,
        vlan,
        asn,
        preference,
        bits: 30,
        mtu: 1500,
        cloudAddress: addressAt(own, 1),
        idcAddress: addressAt(own, 2),
      };
    });
}

export const inlandEstates: fc.Arbitrary<Estate> = fc
  .record({
    modes: fc.array(fc.constantFrom<'host' | 'host-gw'>('host', 'host-gw'), { minLength: 2, maxLength: 4 }),
    kinds: fc.array(fc.constantFrom('none', 'peering', 'transit'), { minLength: 6, maxLength: 6 }),
    asn: fc.constantFrom(65_010, 4_200_000_001),
    lines: fc.tuple(lineOf(0), lineOf(1)),
    count: fc.integer({ min: 0, max: 2 }),
    sameRouter: fc.boolean(),
    fallback: fc.boolean(),
    tunnels: fc.uniqueArray(fc.integer({ min: 0, max: 2047 }), { minLength: 2, maxLength: 2 }),
    prepends: fc.integer({ min: 0, max: 4 }),
    behind: fc.boolean(),
  })
  .map(({ modes, kinds, asn, lines, count, sameRouter, fallback, tunnels, prepends, behind }) => {
    const regions = modes.map((mode, n) => inlandPlace(n, mode));
    const [first, second] = regions as [(typeof regions)[0], (typeof regions)[0]];
    let next = 0;
    const links = regions.flatMap((one, i) =>
      regions.slice(i + 1).flatMap((other) => {
        const kind = kinds[next++]!;
        if (kind === 'none') return [];
        return [joined(one, other, kind as 'peering' | 'transit', kind === 'peering' ? { gives: HOSTS } : {})];
      }),
    );
    const bj = dataCentre({ asn });
    const routers = ['r1', sameRouter ? 'r1' : 'r2'] as const;
    const leased = lines
      .slice(0, count)
      .map((own, i) => line(bj, first, { ...own, router: routers[i]! }, undefined, `line-${i}`));
    const backup = vpn(bj, first);
    const own: VpnLink['vpn'] = { ...backup.vpn, prepends, tunnels: tunnels.map((n) => subrange(TUNNELS, 30, n)) };
    const idcLinks = [...leased, ...(fallback ? [{ ...backup, vpn: own }] : [])];
    const joinedTo = links.some((l) => l.kind === 'transit' && l.a.place === first.name && l.b.place === second.name);
    const through = behind && joinedTo && idcLinks.length > 0 ? [joined(bj, second, 'transit', { through: first.name })] : [];
    return inlandEstate(regions, [...links, ...idcLinks, ...through], [bj]);
  });
