import fc from 'fast-check';
import { overlaps } from '../../lib/estate/addresses/cidr';
import { memberAddress, memberNumbers } from '../../lib/estate/addresses/member-number';
import type { Estate } from '../../lib/estate/model/model';
import { type ReadOptions, readEstate } from '../../lib/estate/read/read';
import { memorySource } from '../../lib/estate/read/source';
import { runs } from '../runs';
import { estateFiles, type Files, mutate } from './arbitrary';
import { fixtureProfiles, lines } from './written';

const read = (files: Files, options: ReadOptions = {}) =>
  readEstate(memorySource(files), { packaged: fixtureProfiles, ...options });

function fixedAddresses(estate: Estate): number[] {
  return estate.regions.flatMap((region) =>
    region.clusters.flatMap((c) =>
      c.fleets.flatMap((f) => (f.kind === 'members' ? memberNumbers(f).map((n) => memberAddress(region, f, n)) : [])),
    ),
  );
}

test('every valid estate loads without an error', () => {
  fc.assert(
    fc.property(estateFiles(), (files) => {
      const { estate, findings } = read(files);
      expect(lines(findings.filter((f) => f.severity === 'error'))).toEqual([]);
      expect(estate!.regions).toHaveLength(
        Object.keys(files).filter((p) => /^regions\/[a-z]+(-[a-z]+)+-\d\.yaml$/.test(p)).length,
      );
    }),
    { numRuns: runs(30) },
  );
});

test('no two members of a valid estate have the same address, and no two blocks overlap', () => {
  fc.assert(
    fc.property(estateFiles(), (files) => {
      const { estate } = read(files);
      const addresses = fixedAddresses(estate!);
      expect(new Set(addresses).size).toBe(addresses.length);
      estate!.regions.forEach((a, i) => {
        for (const b of estate!.regions.slice(0, i)) expect(overlaps(a.block, b.block)).toBe(false);
      });
    }),
    { numRuns: runs(20) },
  );
});

test('a broken estate loads clean, or is refused with a code, a place, a reason and a remedy', () => {
  fc.assert(
    fc.property(
      estateFiles().chain((files) => mutate(files).chain(mutate)),
      (files) => {
        const { estate, findings } = read(files, { today: '2026-11-21' });
        for (const f of findings) {
          expect(f.code).toMatch(/^[A-Z][A-Z0-9_]+$/);
          expect(f.file).toMatch(/^(regions|cloud-config)\//);
          expect(f.line).toBeGreaterThanOrEqual(0);
          expect(f.message && f.why && f.fix).toBeTruthy();
          expect(`${f.message} ${f.why} ${f.fix}`).not.toMatch(/\bundefined\b|\[object|\bNaN\b/);
        }
        // What has no error can be trusted by the plan.
        if (estate && !findings.some((f) => f.severity === 'error'))
          expect(new Set(fixedAddresses(estate)).size).toBe(fixedAddresses(estate).length);
      },
    ),
    { numRuns: runs(60) },
  );
});

test('the same files give the same findings, whatever the order that they are listed in', () => {
  fc.assert(
    fc.property(
      estateFiles().chain((files) => mutate(files)),
      (files) => {
        const shuffled = Object.fromEntries(Object.entries(files).reverse());
        expect(read(shuffled).findings).toEqual(read(files).findings);
      },
    ),
    { numRuns: runs(10) },
  );
});

test('a region that is selected is the same as when all are read, and the others keep their addresses', () => {
  fc.assert(
    fc.property(estateFiles(), fc.nat(), (files, seed) => {
      const all = read(files).estate!;
      const selected = all.regions[seed % all.regions.length]!.name;
      const { estate, findings } = read(files, { regions: [selected] });
      expect(lines(findings.filter((f) => f.severity === 'error'))).toEqual([]);
      expect(estate!.regions.map((r) => [r.name, r.block])).toEqual(all.regions.map((r) => [r.name, r.block]));
      for (const region of estate!.regions) {
        if (region.name === selected) expect(region).toEqual(all.regions.find((r) => r.name === selected));
        else expect(region).toMatchObject({ outline: true, clusters: [] });
      }
    }),
    { numRuns: runs(20) },
  );
});
