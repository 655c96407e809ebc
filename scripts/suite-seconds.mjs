// Writes test/suite-seconds.json from results of `jest --json`, one file or more: how long each suite took that takes more than a second.
// The median of the runs in which it passed: one that failed has shrunk, waited or given up. What none of them ran keeps what it had.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHORT = 1;
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'test');
const file = join(folder, 'suite-seconds.json');
const runs = new Map();
for (const results of process.argv.slice(2))
  for (const { name, startTime, endTime, status } of JSON.parse(readFileSync(results, 'utf8')).testResults) {
    // Results of another clone, of CI's, are as good.
    const suite = name.replace(/^.*?\/test\//, '');
    if (status === 'passed') runs.set(suite, [...(runs.get(suite) ?? []), Math.round((endTime - startTime) / 1000)]);
  }
const median = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
const now = Object.fromEntries([...runs].map(([suite, all]) => [suite, median(all)]));
const rows = Object.entries({ ...JSON.parse(readFileSync(file, 'utf8')), ...now })
  .filter(([suite, seconds]) => seconds > SHORT && existsSync(join(folder, suite)))
  .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
writeFileSync(file, `${JSON.stringify(Object.fromEntries(rows), undefined, 2)}\n`);
console.log(`${relative(process.cwd(), file)}: ${rows.length} suites`);
