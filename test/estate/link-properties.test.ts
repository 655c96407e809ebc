import fc from 'fast-check';
import { buildLinks } from '../../lib/estate/build/links';
import type { Region } from '../../lib/estate/model/model';
import { linksOf, needsTransit, placeOf } from '../../lib/estate/model/resolved-links';
import { readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { parseYaml } from '../../lib/estate/read/yaml-file';
import { runs } from '../runs';
import { type Files, linkedEstateFiles, mutate } from './arbitrary';
import { type Anything, fixtureProfiles, lines } from './written';

const source = parseYaml('regions/estate.yaml', 'links: {}\n');
const quotas = { prefixesFromIdc: 100 } as Anything;
const regionsOf = (names: readonly string[]) => names.map((name) => ({ name, provider: 'aws' }) as Region);
const build = (links: Anything, names: readonly string[]) =>
  buildLinks(links, { source, regions: regionsOf(names), idcs: [], quotas });
const ids = (links: Anything, names: readonly string[]) => build(links, names).links.map((l) => l.id);
const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{2}-[a-z]{1,6}-[1-9]$/), { minLength: 2, maxLength: 50 });
const carries = ['hosts'];
const read = (files: Files) => readEstate(memorySource(files), { packaged: fixtureProfiles });

test('a mesh of n places is n (n - 1) / 2 different pairs, listed or of all regions', () => {
  fc.assert(
    fc.property(names, (all) => {
      const listed = ids({ x: { kind: 'peering', mesh: all, carries } }, all);
      expect(new Set(listed).size).toBe((all.length * (all.length - 1)) / 2);
      expect(listed).toHaveLength(new Set(listed).size);
      expect(ids({ x: { kind: 'peering', mesh: 'all', carries } }, [...all].sort())).toEqual(listed);
    }),
    { numRuns: runs(30) },
  );
});

test('a hub has one pair a spoke, and every pair names the hub', () => {
  fc.assert(
    fc.property(names, (all) => {
      const [hub, ...spokes] = all;
      const { links } = build({ x: { kind: 'transit', hub, spokes: 'all', carries } }, all);
      expect(links).toHaveLength(spokes.length);
      expect(new Set(links.flatMap((l) => [l.a.place, l.b.place])).size).toBe(all.length);
      expect(links.every((l) => l.a.place === hub || l.b.place === hub)).toBe(true);
      expect(links.every((l) => l.a.place < l.b.place)).toBe(true);
    }),
    { numRuns: runs(30) },
  );
});

test('the order of entries and of the places in them changes nothing', () => {
  fc.assert(
    fc.property(
      names.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, other]) => {
        const written = (order: readonly string[]) => ({
          mesh: { kind: 'peering', mesh: order, carries },
          hub: { kind: 'transit', hub: all[0], spokes: order.filter((n) => n !== all[0]), carries },
          pairs: { kind: 'peering', pairs: order.map((n) => (n < all[1]! ? [n, all[1]] : [all[1], n])), carries },
        });
        const one = build(written(all), all).links;
        const two = build(Object.fromEntries(Object.entries(written(other)).reverse()), other).links;
        const sorted = (links: typeof one) => links.map((l) => JSON.stringify(l)).sort();
        expect(sorted(two)).toEqual(sorted(one));
      },
    ),
    { numRuns: runs(20) },
  );
});

test('every valid estate with links loads without an error', () => {
  fc.assert(
    fc.property(linkedEstateFiles(), (files) => {
      const { estate, findings } = read(files);
      expect(lines(findings.filter((f) => f.severity === 'error'))).toEqual([]);
      expect(new Set(estate!.links.map((l) => l.id)).size).toBe(estate!.links.length);
      for (const link of estate!.links) {
        const resolved = linksOf(estate!, { name: link.a.place }).find(({ id }) => id === link.id);
        expect(resolved).toMatchObject(link);
        expect(resolved?.b.at).toBe(placeOf(estate!, link.b.place));
        expect(resolved?.b.at?.name).toBe(link.b.place);
      }
      // Whoever needs a gateway has a number for it.
      for (const region of estate!.regions) if (needsTransit(estate!, region)) expect(region.transit).toBeDefined();
    }),
    { numRuns: runs(40) },
  );
});

test('a broken estate with links loads, or is refused with a code, a place, a reason and a remedy', () => {
  fc.assert(
    fc.property(
      linkedEstateFiles().chain((files) => mutate(files).chain(mutate)),
      (files) => {
        for (const f of read(files).findings) {
          expect(f.code).toMatch(/^[A-Z][A-Z0-9_]+$/);
          expect(f.line).toBeGreaterThanOrEqual(0);
          expect(f.message && f.why && f.fix).toBeTruthy();
          expect(`${f.message} ${f.why} ${f.fix}`).not.toMatch(/\bundefined\b|\[object|\bNaN\b|Infinity/);
        }
      },
    ),
    { numRuns: runs(60) },
  );
});
