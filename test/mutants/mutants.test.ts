/**
 * Mistakes of our own emitters, made in what they emitted: each is caught by the rehearsal or by the diff. `MEISSA_UPDATE_GOLDEN=1` writes
 * `docs/mutants.md` anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryFolders } from '../e2e/example';
import { ROOT } from '../root';
import { MUTANTS } from './all';
import { type Judged, judge, judged } from './judges';
import type { World } from './mutant';
import { mutantsPage, type Row } from './page';
import { sidesOf } from './sides';
import { type Emitted, emitWorld } from './worlds';

jest.setTimeout(300_000);
afterAll(removeTemporaryFolders);

const PAGE = join(ROOT, 'docs/mutants.md');
const NOTHING: Judged = { meanings: [], losses: [] };

interface Ready {
  readonly emitted: Emitted;
  /** What is said of the roll as it is emitted. */
  readonly roll: Judged;
}

const worlds = new Map<World, Promise<Ready>>();

function ready(world: World): Promise<Ready> {
  const make = async () => {
    const emitted = await emitWorld(world);
    return { emitted, roll: await judged({ before: emitted.now, after: emitted.rolled }) };
  };
  const known = worlds.get(world) ?? make();
  worlds.set(world, known);
  return known;
}

const rows: Row[] = [];

// Without a gate the next member stops when the one before runs, well or not: that is told, and is how such fleets are meant.
test.each(['overseas', 'ads', 'inland'] as const)('a roll of %s as it is emitted loses nothing', async (world) => {
  const { losses } = (await ready(world)).roll;
  expect(losses.filter(({ code, severity }) => code !== 'MEMBERS_DOWN' || severity !== 'warning')).toEqual([]);
});

test.each(MUTANTS.map((mutant) => [`${mutant.world}: ${mutant.what}`, mutant] as const))('caught: %s', async (_name, mutant) => {
  const { emitted, roll } = await ready(mutant.world);
  const verdict = await judge(mutant, sidesOf(mutant, emitted), mutant.roll === undefined ? NOTHING : roll);
  rows.push({ mutant, verdict });
  expect([...verdict.rehearse, ...verdict.diff]).not.toEqual([]);
});

test('the page says who caught each', () => {
  const page = mutantsPage(rows);
  if (process.env.MEISSA_UPDATE_GOLDEN === '1') writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
