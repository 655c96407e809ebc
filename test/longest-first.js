// Starts the suites that take longest first, so that none of them is left for one worker at the end. What they took is in
// suite-seconds.json, which `node scripts/suite-seconds.mjs <results of jest --json>...` writes: a fresh clone has no times of its own.
const { join } = require('node:path');
const seconds = require('./suite-seconds.json');

// Jest's own, of the very version that runs.
const core = require.resolve('@jest/core', { paths: [require.resolve('jest')] });
const { default: Sequencer } = require(require.resolve('@jest/test-sequencer', { paths: [core] }));

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const took = new Map(Object.entries(seconds).map(([name, s]) => [join(__dirname, name), s]));
    const of = ({ path }) => took.get(path) ?? 0;
    return super.sort(tests).sort((a, b) => of(b) - of(a));
  }
};
