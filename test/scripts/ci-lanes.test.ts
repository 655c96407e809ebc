/** Which suites of the real tier run where in CI. */
import { execFileSync } from 'node:child_process';
import { relative } from 'node:path';
import { ROOT } from '../root';

const { filesOf } = require('../tiers.js') as { filesOf: (tier: string) => string[] };
const lane = (name: string): string[] =>
  execFileSync(process.execPath, ['scripts/ci-lanes.mjs', name], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');

test('each suite of the real tier runs once, those of a collection one after another', () => {
  const [alone, behind, beside] = [lane('collection'), lane('behind'), lane('beside')];
  expect([...alone, ...behind, ...beside].sort()).toEqual(
    filesOf('real')
      .map((file) => relative(ROOT, file))
      .sort(),
  );
  expect([...behind, ...beside].filter((name) => name.startsWith('test/collection/'))).toEqual([]);
});

test('no lane waits for the other: those beside end when those behind the collection do, a suite more or less', () => {
  const took = require('../suite-seconds.json') as Record<string, number>;
  const seconds = (names: string[]) => names.reduce((sum, name) => sum + (took[name.replace(/^test\//, '')] ?? 20), 0);
  const [alone, behind, beside] = [lane('collection'), lane('behind'), lane('beside')].map(seconds) as [number, number, number];
  expect(Math.abs(alone + behind / 2 - beside / 2)).toBeLessThan(60);
});
