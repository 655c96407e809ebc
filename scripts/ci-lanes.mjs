// Which suites of the real tier run where in CI, one a line: three at a time to the end, by what each took the last time.
//
//   node scripts/ci-lanes.mjs alone     one after another: the clusters of a collection, and as many others as come to a third
//   node scripts/ci-lanes.mjs beside    two at a time
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKERS = { alone: 1, beside: 2 };
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'test');
const { filesOf } = createRequire(import.meta.url)(join(folder, 'tiers.js'));
const took = JSON.parse(readFileSync(join(folder, 'suite-seconds.json'), 'utf8'));

const lanes = { alone: [], beside: [] };
const load = { alone: 0, beside: 0 };
const put = (lane, name) => {
  lanes[lane].push(name);
  load[lane] += (took[name] ?? 1) / WORKERS[lane];
};
const suites = filesOf('real').map((file) => relative(folder, file).replaceAll('\\', '/'));
const isOfCollection = (name) => name.startsWith('collection/');
for (const name of suites.filter(isOfCollection)) put('alone', name);
for (const name of suites.filter((name) => !isOfCollection(name)).sort((a, b) => (took[b] ?? 1) - (took[a] ?? 1)))
  put(load.alone < load.beside ? 'alone' : 'beside', name);
for (const name of lanes[process.argv[2]]) console.log(join('test', name));
