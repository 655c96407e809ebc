// node bench/reach.mjs [--short]: reading an assembly against JSON.parse of its templates, the matrix by classes against pair by pair
// (a sample of pairs, extrapolated to all), and one pair. All in this process and run: read once, then the least of several.
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { reachEstate } from './reach-estate.mjs';

const require = createRequire(import.meta.url);
/** Seconds. Source of the goals: "Speed" of the network issue. */
const MATRIX_GOAL = 2;
const PAIR_GOAL = 0.3;
const SAMPLE = 2000;

export function benchReach(short) {
  const { readWorld } = require('../dist/lib/reach/read/read-world.js');
  const { reachMatrix } = require('../dist/lib/reach/matrix.js');
  const { answer, answerPair } = require('../dist/lib/reach/answer.js');
  const { topologyOf } = require('../dist/lib/reach/walk/topology.js');
  const { findEndpoints } = require('../dist/lib/reach/endpoint.js');

  const size = short ? { regions: 10, hosts: 200 } : { regions: 50, hosts: 1000 };
  const files = reachEstate(size);
  const source = { list: () => undefined, read: (path) => files.get(path) };
  const title = `${size.regions} regions x ${size.hosts} hosts`;

  const parse = least(3, () => () => {
    for (const text of files.values()) JSON.parse(text);
  });
  const read = least(3, () => () => readWorld(source));
  console.log(
    `reach reads ${title} / JSON.parse of the same templates: ${ratio(read, parse)}, ${read.toFixed(2)} / ${parse.toFixed(2)} s`,
  );

  // A World of its own each time: nothing that an earlier question has worked out is there.
  const matrix = least(short ? 5 : 3, () => {
    const world = readWorld(source);
    return () => reachMatrix(world);
  });
  const world = readWorld(source);
  if (world.faults.length > 0) throw new Error(`the estate of the benchmark is broken: ${JSON.stringify(world.faults[0])}`);
  const { classes, cells } = reachMatrix(world);
  const reached = cells.flat().filter((cell) => cell?.yes).length;
  if (reached !== classes.length ** 2)
    throw new Error(`only ${reached} of ${classes.length ** 2} pairs of classes reach each other`);
  const topology = topologyOf(world);
  const ends = world.vpcs.flatMap((v) => [findEndpoints(world, v.region), findEndpoints(world, `${v.region}:container`)].flat());
  const sample = least(1, () => () => {
    for (let i = 0; i < SAMPLE; i++) answerPair(topology, ends[(i * 7919) % ends.length], ends[(i * 104729 + 1) % ends.length]);
  });
  const naive = (sample / SAMPLE) * ends.length ** 2;
  console.log(
    `reach --matrix of ${title} by ${classes.length} classes / pair by pair, extrapolated: ${(matrix / naive).toExponential(1)}x, ` +
      `${matrix.toFixed(2)} s${goal(matrix, short ? undefined : MATRIX_GOAL)} / ${Math.round(naive)} s`,
  );

  const last = world.vpcs.at(-1).interfaces[0].host;
  const first = world.vpcs[0].interfaces.at(-1).host;
  const pair = least(3, () => {
    const fresh = readWorld(source);
    return () => {
      if (!answer(fresh, `${last}:container`, `${first}:container`).yes)
        throw new Error('the pair of the benchmark is not reached');
    };
  });
  console.log(`reach of one pair in ${title}, beyond loading: ${pair.toFixed(3)} s${goal(pair, PAIR_GOAL)}`);
}

setFlagsFromString('--expose-gc');
/** What was left behind by earlier work is not counted to what is measured. */
const collect = runInNewContext('gc');

/** CPU seconds (user and system, with what the collector takes) of what `prepare` returns. */
function least(runs, prepare) {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const run = prepare();
    collect();
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
}

function ratio(a, b) {
  return `${(a / b).toFixed(2)}x`;
}

function goal(value, most) {
  return most === undefined ? '' : ` (goal ${most} s: ${value <= most ? 'met' : 'MISSED'})`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) benchReach(process.argv.includes('--short'));
