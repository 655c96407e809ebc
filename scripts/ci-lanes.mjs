// Which suites of the real tier run where in CI, one a line, by what each took the last time.
//
//   node scripts/ci-lanes.mjs collection  one after another: the clusters of a collection
//   node scripts/ci-lanes.mjs behind      two at a time, when those are done
//   node scripts/ci-lanes.mjs beside      two at a time, from the beginning to the end
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKERS = 2;
/** Seconds of a suite that was never timed: a new one that takes long must not be the last to begin. */
const NEW = 20;
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'test');
const { filesOf } = createRequire(import.meta.url)(join(folder, 'tiers.js'));
const took = JSON.parse(readFileSync(join(folder, 'suite-seconds.json'), 'utf8'));

const suites = filesOf('real').map((file) => relative(folder, file).replaceAll('\\', '/'));
const secondsOf = (name) => took[name] ?? NEW;
const isOfCollection = (name) => name.startsWith('collection/');
const lanes = { collection: suites.filter(isOfCollection), behind: [], beside: [] };
/** Seconds until a lane is done. */
const ends = { behind: lanes.collection.reduce((sum, name) => sum + secondsOf(name), 0), beside: 0 };
const others = suites.filter((name) => !isOfCollection(name)).sort((a, b) => secondsOf(b) - secondsOf(a));
for (const name of others) {
  const lane = ends.behind < ends.beside ? 'behind' : 'beside';
  lanes[lane].push(name);
  ends[lane] += secondsOf(name) / WORKERS;
}
for (const name of lanes[process.argv[2]]) console.log(join('test', name));
