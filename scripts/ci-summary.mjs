// Ends a CI run with one line that says how many tests passed; a skipped test fails CI, with its name. It is given the files of results of
// all runs, and last the one of the suites that failed and were run again, which may be missing: what a later file says of a suite counts.
import { existsSync, readFileSync } from 'node:fs';

const files = new Map();
const runs = process.argv.slice(2);
for (const results of runs) {
  if (results === runs.at(-1) && !existsSync(results)) continue;
  for (const file of JSON.parse(readFileSync(results, 'utf8')).testResults) {
    if (files.has(file.name) && file.status === 'passed') console.log(`failed beside others, passed alone: ${file.name}`);
    files.set(file.name, file);
  }
}
const tests = [...files.values()].flatMap((file) => file.assertionResults.map((t) => ({ ...t, file: file.name })));
const count = (status) => tests.filter((t) => t.status === status).length;
const skipped = tests.filter((t) => t.status !== 'passed' && t.status !== 'failed');
for (const t of skipped) console.log(`skipped in CI: ${t.file}: ${t.fullName}`);
// A suite that could not even be read has no tests.
const broken = [...files.values()].filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
const failed = count('failed') + broken;
console.log(`${count('passed')} passed, ${failed} failed, ${skipped.length} skipped`);
process.exit(failed === 0 && skipped.length === 0 ? 0 : 1);
