// Ends a CI run with what each part took, and one line that says how many tests passed. A skipped test fails CI, with its name.
//
//   node scripts/ci-summary.mjs [--failed] <results>
//
// reads what jest wrote: <results>-quick.json, -real.json, -collection.json and -behind.json, and -again-1.json and -again-2.json, in
// which what had failed until then ran once more by itself. A suite that fails three times fails CI; one that fails once or twice is told as flaky, with
// the seed that fast-check printed. `--failed` names the suites that have failed every time so far, one a line, and does no more.
import { existsSync, readFileSync } from 'node:fs';

const onlyFailed = process.argv[2] === '--failed';
const prefix = process.argv[onlyFailed ? 3 : 2];
const missing = [];
const isThere = (name) => existsSync(`${prefix}-${name}.json`);
const resultsOf = (name) => {
  if (isThere(name)) return JSON.parse(readFileSync(`${prefix}-${name}.json`, 'utf8')).testResults;
  missing.push(name);
  return [];
};

/** By suite, what each of its runs said. */
const runs = new Map(['quick', 'real', 'collection', 'behind'].flatMap(resultsOf).map((suite) => [suite.name, [suite]]));
const failing = () => [...runs.keys()].filter((name) => runs.get(name).every(({ status }) => status === 'failed'));
for (const again of ['again-1', 'again-2']) {
  const failed = failing();
  if (failed.length === 0 || (onlyFailed && !isThere(again))) break;
  const suites = resultsOf(again);
  // Cut off by a limit, it has not passed.
  for (const name of failed)
    runs.get(name).push(suites.find((suite) => suite.name === name) ?? { ...runs.get(name)[0], message: '' });
}
if (onlyFailed) {
  for (const name of failing()) console.log(name);
  process.exit(0);
}
for (const name of missing) console.log(`no results of ${name}: its tests didn't end in time`);

for (const name of ['quick', 'real', 'collection', 'behind', 'again-1', 'again-2'].filter(isThere)) {
  const suites = resultsOf(name);
  if (suites.length === 0) continue;
  const took = suites.reduce((sum, { startTime, endTime }) => sum + endTime - startTime, 0);
  const wall = Math.max(...suites.map(({ endTime }) => endTime)) - Math.min(...suites.map(({ startTime }) => startTime));
  const seconds = (ms) => `${Math.round(ms / 1000)} s`;
  console.log(`${name}: suites: ${suites.length}, in ${seconds(wall)}, one after another ${seconds(took)}`);
}

const counted = [...runs.entries()].map(([name, all]) => {
  const failures = all.filter((run) => run.status === 'failed');
  if (failures.length > 0) {
    const seeds = [
      ...new Set(failures.flatMap((run) => [...textOf(run).matchAll(/\bseed:? (-?\d+)/gi)].map((found) => found[1]))),
    ];
    const seed = seeds.length === 0 ? '' : ` (seed ${seeds.join(', ')})`;
    console.log(
      `${failures.length < all.length ? 'flaky' : 'failed'}: ${name}: failed ${failures.length} of ${all.length}${seed}`,
    );
  }
  return all.at(-1);
});
const tests = counted.flatMap((suite) => suite.assertionResults.map((test) => ({ ...test, file: suite.name })));
const count = (status) => tests.filter((test) => test.status === status).length;
const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
for (const test of skipped) console.log(`skipped in CI: ${test.file}: ${test.fullName}`);
// A suite that could not even be read has no tests that failed.
const broken = counted.filter(
  (suite) => suite.status === 'failed' && !suite.assertionResults.some((t) => t.status === 'failed'),
).length;
const bad = count('failed') + broken + missing.length;
console.log(`${count('passed')} passed, ${bad} failed, ${skipped.length} skipped`);
process.exit(bad === 0 && skipped.length === 0 ? 0 : 1);

function textOf(run) {
  return [run.message ?? '', ...run.assertionResults.flatMap((test) => test.failureMessages ?? [])].join('\n');
}
