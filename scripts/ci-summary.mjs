// Ends a CI run with one line that says how many tests passed; a skipped test fails CI, with its name.
import { readFileSync } from 'node:fs';

const results = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const skipped = results.testResults.flatMap((file) =>
  file.assertionResults.filter((t) => t.status !== 'passed' && t.status !== 'failed').map((t) => `${file.name}: ${t.fullName}`),
);
for (const name of skipped) console.log(`skipped in CI: ${name}`);
const broken = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
console.log(`${results.numPassedTests} passed, ${results.numFailedTests + broken} failed, ${skipped.length} skipped`);
process.exit(results.success && skipped.length === 0 ? 0 : 1);
