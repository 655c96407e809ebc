/**
 * Writes `lib/facts/aws/updates/published.json`: `npm run aws-updates [type ...]`. What the published specification
 * (`@aws-cdk/aws-service-spec`) says of updates, cut down to the types that are in the file already and those that are named: the whole
 * takes a second and 180 MB to load, which `meissa diff` can't spend.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const path = new URL('../lib/facts/aws/updates/published.json', import.meta.url);
const { version } = createRequire(import.meta.url)('@aws-cdk/aws-service-spec/package.json');
const WORDS = { yes: 'replace', maybe: 'unknown', no: 'none' };

const known = JSON.parse(readFileSync(path, 'utf8')).types;
const wanted = [...new Set([...Object.keys(known), ...process.argv.slice(2)])].sort();
const specification = loadAwsServiceSpecSync();
const types = {};
for (const type of wanted) {
  const [found] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
  if (found === undefined) throw new Error(`${type} is not in @aws-cdk/aws-service-spec ${version}`);
  const table = {};
  for (const [name, { causesReplacement = 'no' }] of Object.entries(found.properties)) {
    const word = WORDS[causesReplacement];
    table[word] = table[word] === undefined ? name : `${table[word]} ${name}`;
  }
  types[type] = table;
}
writeFileSync(path, `${JSON.stringify({ version, types }, null, 2)}\n`);
