/** Estates of the oracle: those of the proof by the handful of regions, and what is written of Aliyun and of a collection. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Files } from '../../estate/arbitrary';
import { filesOfSeed, seeds } from '../../proof/estates';
import { ROOT } from '../../root';

function written(folder: string, without: readonly string[] = []): Files {
  const regions = join(ROOT, folder, 'regions');
  const names = readdirSync(regions).filter((name) => !without.some((region) => name.startsWith(`${region}.`)));
  return Object.fromEntries(names.map((name) => [`regions/${name}`, readFileSync(join(regions, name), 'utf8')]));
}

export interface Start {
  readonly what: string;
  readonly files: () => Files;
}

export const starts: fc.Arbitrary<Start> = fc.oneof(
  {
    weight: 5,
    arbitrary: seeds(2).map((seed): Start => {
      const few = { ...seed, regions: seed.regions.slice(0, 2), idcs: seed.idcs.slice(0, 1) };
      return { what: JSON.stringify(few), files: () => filesOfSeed(few) };
    }),
  },
  { weight: 2, arbitrary: fc.constant({ what: 'test/estates/aliyun', files: () => written('test/estates/aliyun') }) },
  {
    weight: 1,
    arbitrary: fc.constant({
      what: 'test/estates/collection',
      files: () => written('test/estates/collection', ['ap-south-1']),
    }),
  },
);
