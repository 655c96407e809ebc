// Writes test/suite-seconds.json from results of `jest --json`, one file or more: how long each suite took that takes more than a second.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHORT = 1;
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'test');
const testResults = process.argv.slice(2).flatMap((file) => JSON.parse(readFileSync(file, 'utf8')).testResults);
const rows = testResults
  // Results of another clone, of CI's, are as good.
  .map(({ name, startTime, endTime }) => [name.replace(/^.*?\/test\//, ''), Math.round((endTime - startTime) / 1000)])
  .filter(([, seconds]) => seconds > SHORT)
  .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
writeFileSync(join(folder, 'suite-seconds.json'), `${JSON.stringify(Object.fromEntries(rows), undefined, 2)}\n`);
console.log(`${relative(process.cwd(), folder)}/suite-seconds.json: ${rows.length} suites`);
