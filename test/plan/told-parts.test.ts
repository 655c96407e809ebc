/** What a data centre's routers tell a cloud beside its aggregates, for racks that nobody wrote. */
import fc from 'fast-check';
import { type Cidr, cidr, containsCidr, formatCidr, overlaps, sameCidr, subrange } from '../../lib/estate/addresses/cidr';
import type { Idc, IdcRack } from '../../lib/estate/model/model';
import { isEdge, linksIn } from '../../lib/estate/model/resolved-links';
import { mostTold, type RackRange, rackRanges, summariesIn } from '../../lib/estate/model/told-parts';
import { planEstate } from '../../lib/plan/plan';
import { dataCentre, line, linked, place, vpn } from './linked-fixture';

const ONE = place(1);
const BLOCK = cidr('10.200.0.0/16');
const CONTAINERS = cidr('172.31.0.0/16');
const ROUTERS = [['r1'], ['r2'], ['r1', 'r2']];

/** Racks with a /24 each at numbers that nobody else has, in any order, of any router. */
const racks = fc
  .uniqueArray(fc.record({ at: fc.integer({ min: 1, max: 250 }), of: fc.constantFrom(...ROUTERS) }), {
    selector: ({ at }) => at,
    minLength: 1,
    maxLength: 70,
  })
  .map((all) =>
    all.map(({ at, of }, i): IdcRack => {
      const [rack] = dataCentre().racks;
      return {
        ...rack!,
        name: `a${i}`,
        vlan: 100 + i,
        routers: of,
        subnet: subrange(BLOCK, 24, at),
        containers: subrange(CONTAINERS, 24, at),
        hosts: [],
      };
    }),
  );

const joined = (idc: Idc, maxPrefixes = 100) => linked([ONE], [line(idc, ONE, { maxPrefixes }), vpn(idc, ONE)], [idc]);

test('every rack that is carried lies in a part, no part holds racks of different routers, and all links tell the same', () => {
  fc.assert(
    fc.property(racks, fc.integer({ min: 4, max: 100 }), (all, maxPrefixes) => {
      const idc = dataCentre({ racks: all });
      const [one, other] = linksIn(joined(idc, maxPrefixes)).filter(isEdge);
      const { announced, parts } = one!.edge;
      expect(other!.edge.parts).toEqual(parts);
      for (const { range } of rackRanges(idc)) expect(parts.filter((part) => containsCidr(part, range))).toHaveLength(1);
      for (const part of parts) {
        expect(announced.filter((whole) => containsCidr(whole, part) && !sameCidr(whole, part))).toHaveLength(1);
        expect(parts.filter((other) => overlaps(other, part))).toEqual([part]);
        const inside = rackRanges(idc).filter(({ range }) => overlaps(part, range));
        expect(new Set(inside.map(({ routers }) => routers.join())).size).toBe(1);
      }
      // Racks one by one as long as the line takes them.
      const fits = announced.length + 2 * all.length <= Math.min(maxPrefixes, mostTold(one!));
      if (fits)
        expect(parts.map(formatCidr).sort()).toEqual(
          rackRanges(idc)
            .map(({ range }) => formatCidr(range))
            .sort(),
        );
      else expect(parts.length).toBeLessThanOrEqual(2 * all.length);
    }),
    { numRuns: 60 },
  );
});

test('ranges that hold several racks are the fewest: two beside each other are never of the same routers', () => {
  fc.assert(
    fc.property(racks, (all) => {
      const owned: RackRange[] = rackRanges(dataCentre({ racks: all })).filter(({ range }) => containsCidr(BLOCK, range));
      const of = (part: Cidr) => owned.find(({ range }) => containsCidr(part, range))!.routers.join();
      const found = summariesIn(BLOCK, owned);
      const blocks = found.map((part) => {
        // The largest range around it with racks of the same routers only, inside the whole.
        let whole = part;
        for (;;) {
          const bits = whole.bits - 1;
          const larger = { base: (whole.base - (whole.base % 2 ** (32 - bits))) as Cidr['base'], bits };
          const alike = owned
            .filter(({ range }) => containsCidr(larger, range))
            .every(({ routers }) => routers.join() === of(part));
          if (bits <= BLOCK.bits || !alike) return formatCidr(whole);
          whole = larger;
        }
      });
      expect(new Set(blocks).size).toBe(found.length);
    }),
    { numRuns: 60 },
  );
});

test('where one router has all lines and VPNs of a region, aggregates are all that is told', () => {
  const idc = dataCentre();
  const backup = vpn(idc, ONE);
  const estate = linked([ONE], [line(idc, ONE), { ...backup, vpn: { ...backup.vpn, router: 'r1' } }], [idc]);
  for (const link of linksIn(estate).filter(isEdge)) expect(link.edge.parts).toEqual([]);
});

test('a link that carries a part tells of that part only', () => {
  const idc = dataCentre();
  const estate = linked([ONE], [line(idc, ONE, {}, ['hosts']), vpn(idc, ONE)], [idc]);
  const told = Object.fromEntries(
    linksIn(estate)
      .filter(isEdge)
      .map(({ kind, edge }) => [kind, edge.parts.map(formatCidr)]),
  );
  expect(told['leased-line']).toEqual(['10.200.1.0/24', '10.200.2.0/24']);
});

test('a pair tells of its rack by both routers, of its containers only while it reaches a host, and hosts keep their gateway', () => {
  const [first, ...others] = dataCentre().racks;
  const alone = planEstate(joined(dataCentre())).idcs[0]!;
  const plan = planEstate(joined(dataCentre({ racks: [{ ...first!, routers: ['r1', 'r2'] }, ...others] }))).idcs[0]!;
  for (const router of plan.routers) {
    expect(router.aggregates).toEqual([{ range: '172.31.0.0/19', of: ['172.31.0.0/24', '172.31.1.0/24', '172.31.4.0/24'] }]);
    expect(router.statics.map(({ destination, via }) => `${destination} ${via}`)).toContain('172.31.1.0/24 10.200.1.3');
    expect(router.statics.map(({ destination }) => destination)).not.toContain('172.31.0.0/19');
    for (const { tells } of router.neighbors) expect(tells).toEqual(expect.arrayContaining(['10.200.1.0/24', '172.31.0.0/19']));
  }
  const faces = plan.routers.map(({ interfaces }) => interfaces.find(({ vrrp }) => vrrp !== undefined)!);
  expect(faces.map(({ address, vrrp }) => [address, vrrp!.address, vrrp!.priority, vrrp!.peers])).toEqual([
    ['10.200.1.253/24', '10.200.1.1', 200, ['10.200.1.254']],
    ['10.200.1.254/24', '10.200.1.1', 100, ['10.200.1.253']],
  ]);
  expect(plan.hosts.map(({ address, gateway }) => [address, gateway])).toEqual(
    alone.hosts.map(({ address, gateway }) => [address, gateway]),
  );
});

test('lines share the load only where they have one preference', () => {
  const idc = dataCentre();
  const shares = (preference: number) =>
    planEstate(
      linked([ONE], [line(idc, ONE), line(idc, ONE, { preference, router: 'r2' }, undefined, 'second')], [idc]),
    ).idcs[0]!.routers.map((r) => r.shares);
  expect([shares(199), shares(200)]).toEqual([
    [false, false],
    [true, true],
  ]);
});
