import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { networkSize } from '../../lib/estate/rules/regions/quotas-hold';
import { linkedEstateFiles } from '../estate/arbitrary';
import { read, synthesize } from '../flow/in-process';
import { runs } from '../runs';

/** What the rule may say too much, a zone: a region without NAT and flow logs has fewer resources. */
const SPARE = { resources: 16, outputs: 4 };

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'meissa-network-size-'));
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

test('what a network stack is refused for before it is made is what is made: never less, and little more', () => {
  fc.assert(
    fc.property(linkedEstateFiles(), (files) => {
      const estate = read(files).estate!;
      for (const { name, region, body } of synthesize(estate, outdir)) {
        if (!name.endsWith('-network')) continue;
        const { Resources, Outputs } = JSON.parse(body);
        const zones = estate.regions.find((r) => r.name === region)!.network.zones.length;
        const [made, said] = [
          { resources: Object.keys(Resources).length, outputs: Object.keys(Outputs).length },
          networkSize(estate, estate.regions.find((r) => r.name === region)!),
        ];
        for (const what of ['resources', 'outputs'] as const) {
          expect(said[what]).toBeGreaterThanOrEqual(made[what]);
          expect(said[what] - made[what]).toBeLessThanOrEqual(SPARE[what] * zones);
        }
      }
    }),
    { numRuns: runs(25) },
  );
});
