/** The last lines of a CI run: what failed once or twice of three runs is told, what failed three times fails, and what never ended or was skipped does, too. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run } from '../child/run';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meissa-results-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Status = 'passed' | 'failed' | 'pending';
const suite = (name: string, status: Status, seed?: number) => ({
  name,
  startTime: 2_000,
  endTime: 5_000,
  status: status === 'failed' ? 'failed' : 'passed',
  message: '',
  assertionResults: [
    {
      status,
      fullName: `${name} holds`,
      failureMessages: seed === undefined ? [] : [`Property failed after 3 tests\n{ seed: ${seed}, path: "2:1" }`],
    },
  ],
});

function write(results: Readonly<Record<string, readonly object[]>>): void {
  for (const [name, testResults] of Object.entries({ quick: [], real: [], collection: [], behind: [], ...results }))
    writeFileSync(join(folder, `jest-${name}.json`), JSON.stringify({ testResults }));
}

async function summary(...options: string[]) {
  const { code, stdout } = await run(process.execPath, [join(ROOT, 'scripts/ci-summary.mjs'), ...options, join(folder, 'jest')]);
  return { code, lines: stdout.trimEnd().split('\n') };
}

/** Every suite here took three seconds, at the same time. */
const took = (name: string, suites: number) => `${name}: suites: ${suites}, in 3 s, one after another ${suites * 3} s`;

test('all that passes is one line, after what each part took', async () => {
  write({ quick: [suite('a', 'passed')], real: [suite('b', 'passed')] });
  expect(await summary()).toEqual({
    code: 0,
    lines: [took('quick', 1), took('real', 1), '2 passed, 0 failed, 0 skipped'],
  });
});

test('a suite that fails once or twice of three runs is told with its seeds, and the run passes', async () => {
  write({ quick: [suite('a', 'passed'), suite('b', 'failed', -17), suite('c', 'failed', 5)] });
  expect((await summary('--failed')).lines).toEqual(['b', 'c']);
  write({
    quick: [suite('b', 'failed', -17), suite('c', 'failed', 5)],
    'again-1': [suite('b', 'passed'), suite('c', 'failed', 6)],
  });
  expect((await summary('--failed')).lines).toEqual(['c']);
  write({
    quick: [suite('b', 'failed', -17), suite('c', 'failed', 5)],
    'again-1': [suite('b', 'passed'), suite('c', 'failed', 6)],
    'again-2': [suite('c', 'passed')],
  });
  expect((await summary('--failed')).lines).toEqual(['']);
  expect(await summary()).toEqual({
    code: 0,
    lines: [
      took('quick', 2),
      took('again-1', 2),
      took('again-2', 1),
      'flaky: b: failed 1 of 2 (seed -17)',
      'flaky: c: failed 2 of 3 (seed 5, 6)',
      '2 passed, 0 failed, 0 skipped',
    ],
  });
});

test('a suite that fails three times fails the run', async () => {
  write({ real: [suite('b', 'failed')], 'again-1': [suite('b', 'failed')], 'again-2': [suite('b', 'failed')] });
  expect(await summary()).toEqual({
    code: 1,
    lines: [took('real', 1), took('again-1', 1), took('again-2', 1), 'failed: b: failed 3 of 3', '0 passed, 1 failed, 0 skipped'],
  });
});

test('a skipped test and a run without an end fail', async () => {
  write({ quick: [suite('a', 'pending')] });
  expect(await summary()).toEqual({
    code: 1,
    lines: [took('quick', 1), 'skipped in CI: a: a holds', '0 passed, 0 failed, 1 skipped'],
  });
  write({ quick: [suite('a', 'passed')] });
  rmSync(join(folder, 'jest-real.json'));
  expect(await summary()).toEqual({
    code: 1,
    lines: ["no results of real: its tests didn't end in time", took('quick', 1), '1 passed, 1 failed, 0 skipped'],
  });
});

test('a second try that is cut off is a failure', async () => {
  write({ quick: [suite('b', 'failed')] });
  const { code, lines } = await summary();
  expect(code).toBe(1);
  expect(lines).toContain('failed: b: failed 3 of 3');
});
