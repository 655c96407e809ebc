/**
 * Files as they come: any of them with faults in its text and in its tree, read, planned, rendered and emitted. Nothing may throw, take long,
 * or stand half-written. 2,000 a run in CI: MEISSA_FUZZ_RUNS says how many, MEISSA_FUZZ_SEED repeats a run.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { meissa } from '../cli/run';
import { runs } from '../runs';
import { estates, everything, type Files } from './everything';
import { HangWatch } from './hang-watch';
import { mutant, treeChange, treesOf } from './mutants';

const MUTANTS = Number(process.env.MEISSA_FUZZ_RUNS ?? Math.max(2000, runs(4000)));
const SEED = Number(process.env.MEISSA_FUZZ_SEED ?? Date.now() % 1_000_000_000);
/** One of so many goes to a disk, too, and through the command line. */
const ON_DISK = 40;
/** Seconds of CPU that a mutant may take; of the clock, on a machine that does other things beside, six times as many. */
const MOST_SECONDS = 5;

/** The example has eleven regions: few of the mutants are its. */
const shares: readonly (readonly [keyof typeof estates, number])[] = [
  ['example', 0.04],
  ['hybrid', 0.32],
  ['aliyun', 0.32],
  ['collection', 0.32],
];

jest.setTimeout(60_000 + MUTANTS * 1_000);

let watch: HangWatch;
beforeAll(() => {
  watch = new HangWatch(MOST_SECONDS * 6);
  console.log(`fuzz: ${MUTANTS} mutants, MEISSA_FUZZ_SEED=${SEED}`);
});
afterAll(() => watch.end());

describe.each(shares)('%s', (name, share) => {
  const valid = estates[name]!;

  test('the files as they are have no errors', () => expect(everything(valid, true)).toEqual([]));

  test('a fault in any file is told: nothing throws, and nothing takes long', () => {
    const late: string[] = [];
    const started = process.cpuUsage();
    let number = 0;
    fc.assert(
      fc.property(mutant(valid), ({ files }) => {
        const { value: found, seconds } = watch.run(number++, () => everything(files, true));
        late.push(...found.filter((line) => line.includes('REFUSED_LATE')));
        expect(seconds).toBeLessThan(MOST_SECONDS);
      }),
      { numRuns: Math.ceil(MUTANTS * share), seed: SEED },
    );
    const { user, system } = process.cpuUsage(started);
    console.log(`${name}: ${number} mutants, ${((user + system) / 1000 / number).toFixed(0)} ms of CPU each`);
    // The net is there for what nobody thought of; what is known is refused where it is read.
    expect(late).toEqual([]);
  });

  test('through the command line: a verb that refuses has written nothing, and says so without a stack trace', async () => {
    await fc.assert(
      fc.asyncProperty(mutant(valid), fc.constantFrom(...VERBS), async ({ files }, [verb, writes]) => {
        const root = laid(files);
        try {
          const before = treeOf(root);
          const said = await meissa(...verb, '--root', root);
          const words = said.stdout + said.stderr;
          expect(words).not.toMatch(/UNEXPECTED|\n\s+at .*:\d+:\d+/);
          expect(words).not.toContain('unknown option');
          const same = JSON.stringify(treeOf(root)) === JSON.stringify(before);
          if (said.code !== 0 || writes === false) expect(same).toBe(true);
          else if (writes === true) expect(same).toBe(false);
        } finally {
          rmSync(root, { recursive: true, force: true });
        }
      }),
      { numRuns: Math.max(5, Math.ceil((MUTANTS * share) / ON_DISK)), seed: SEED },
    );
  });

  test('an error of another file is told beside it', () => {
    const paths = Object.keys(valid).filter((path) => path.endsWith('.yaml'));
    const faults: [string, string][] = [
      ['cloud-config/docker/profile.yaml', 'profile: dokker'],
      ['cloud-config/docker/cloud-config.yaml', 'files: [{{]'],
      ['cloud-config/docker/profile.yaml', 'parameters: { properties: [null] }'],
      ['regions/images.lock.yaml', 'release: 7'],
    ];
    // Not every estate here uses every profile.
    const told = faults.filter(([other, fault]) =>
      everything({ ...valid, [other]: fault }, false).some((line) => line.startsWith(other)),
    );
    expect(told).not.toEqual([]);
    fc.assert(
      fc.property(fc.constantFrom(...paths), treeChange, fc.constantFrom(...told), (path, one, [other, fault]) => {
        fc.pre(path !== other && !path.startsWith('cloud-config/'));
        const wrong = { ...valid, [other]: fault };
        const alone = everything(wrong, false).filter((line) => line.startsWith(other));
        expect(alone).not.toEqual([]);
        const both = everything({ ...wrong, [path]: treesOf(valid[path]!, [one]) }, false);
        // A fleet that is gone asks for its profile no more; its file is not what this is about.
        const kept = alone.filter((line) => both.includes(line));
        fc.pre(kept.length === alone.length || both.some((line) => line.startsWith(path)));
        expect(kept).toEqual(alone);
      }),
      { numRuns: Math.max(5, Math.ceil((MUTANTS * share) / 20)), seed: SEED },
    );
  });
});

test('a region, a data centre or a lock of ten thousand wrong lines takes no longer', () => {
  const wrong = [
    Array.from({ length: 10_000 }, (_, i) => `key-${i}: ${i}`).join('\n'),
    `clusters:\n${Array.from({ length: 10_000 }, (_, i) => `  c${i}: { fleets: 1 }`).join('\n')}`,
    'lorem ipsum {{x}}\n'.repeat(10_000),
  ];
  const valid = estates.hybrid!;
  const slow = Object.keys(valid)
    .filter((path) => path.startsWith('regions/'))
    .flatMap((path) =>
      wrong.map((text, i) => ({ path, i, ...watch.run(i, () => everything({ ...valid, [path]: text }, false)) })),
    )
    .filter(({ seconds }) => seconds > MOST_SECONDS);
  expect(slow.map(({ path, i, seconds }) => `${path} ${i}: ${seconds.toFixed(1)} s`)).toEqual([]);
});

/** Verbs that read all of the estate, and whether one that succeeds writes something each time. */
const VERBS: readonly (readonly [args: readonly string[], writes: boolean | undefined])[] = [
  [['validate', '--today', '2026-11-30'], false],
  [['synth'], true],
  [['pin'], undefined],
  [['region', 'add', 'eu-north-1'], true],
];

function laid(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'meissa-fuzz-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Every file below a folder with its text. */
function treeOf(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths.map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'latin1')]),
  );
}
