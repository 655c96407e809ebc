/** What holds of the tests themselves, by a look at their sources: which tier they belong to, and that none returns early unseen. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from '@swc/core';
import { ROOT } from './root';

const TESTS = join(ROOT, 'test');
const { tiers, tierOf } = require('./tiers.js') as {
  tiers: Record<'integration' | 'real', readonly string[]>;
  tierOf(file: string): 'unit' | 'integration' | 'real';
};

const sources = new Map(
  readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [join(TESTS, file), readFileSync(join(TESTS, file), 'utf8')]),
);
const files = [...sources.keys()].filter((file) => file.endsWith('.test.ts'));
const short = (file: string): string => relative(TESTS, file).replaceAll('\\', '/');

/** What a file imports when it runs: types are gone by then. */
function imports(text: string): string[] {
  const all = text.matchAll(/^(?:import|export)(?! type)\s(?:[^'";]*?\sfrom\s)?'([^']+)'|\b(?:require|import)\('([^']+)'\)/gm);
  return [...all].map((found) => (found[1] ?? found[2])!);
}

/** A test with all of its fixtures: the files below test/ that it reaches. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const name of imports(sources.get(file) ?? '').filter((each) => each.startsWith('.'))) {
    const path = [`${join(dirname(file), name)}.ts`, join(dirname(file), name, 'index.ts')].find((each) => sources.has(each));
    if (path !== undefined) reached(path, seen);
  }
  return seen;
}

/** What a unit test may not have, nor its fixtures: modules, by their names, and calls. */
const MODULES: readonly (readonly [what: string, name: RegExp])[] = [
  ['starts processes', /^(node:)?(child_process|cluster|worker_threads)$/],
  ['asks real parts', /\/real-parts$/],
  ['runs the command line', /\/lib\/cli\/(program|verbs?(\/.*)?)$/],
];
const CALLS: readonly (readonly [what: string, call: RegExp])[] = [
  ['listens', /\bcreateServer\(|\.listen\(/],
  ['starts the embedded cloud', /\bstartEmbeddedCloud\(|\bDriver\.start\(/],
];

function heavy(text: string): string[] {
  const modules = MODULES.filter(([, name]) => imports(text).some((each) => name.test(each)));
  return [...modules, ...CALLS.filter(([, call]) => call.test(text))].map(([what]) => what);
}

test.each(files.map(short).filter((file) => tierOf(file) === 'unit'))(
  '%s is a unit test: it reaches no process, server or real part',
  (file) => {
    const found = [...reached(join(TESTS, file))].flatMap((path) =>
      heavy(sources.get(path)!).map((what) => `${short(path)} ${what}`),
    );
    expect(found).toEqual([]);
  },
);

test('what is no unit test is told by its modules and calls', () => {
  expect(heavy("import {\n  spawn,\n} from 'node:child_process';")).toEqual(['starts processes']);
  expect(heavy(`import { describeWithRealPart } from '../real-parts';\nawait startEmbeddedCloud${'('});`)).toEqual([
    'asks real parts',
    'starts the embedded cloud',
  ]);
  expect(heavy("import type { Server } from 'node:net';\nimport { FLEETS } from '../../lib/plan';")).toEqual([]);
  // A test of each tier that could stand in none below it.
  expect(heavy(sources.get(join(TESTS, 'review/diff/cli.test.ts'))!)).toEqual(['starts processes']);
});

test('each entry of tiers.js is there, says which tier in one place, and holds a test', () => {
  const entries = [...tiers.integration, ...tiers.real];
  expect(entries.filter((entry, i) => entries.indexOf(entry) !== i)).toEqual([]);
  for (const entry of entries) expect([entry, existsSync(join(TESTS, entry))]).toEqual([entry, true]);
  for (const tier of ['integration', 'real'] as const) {
    expect(tiers[tier]).toEqual([...tiers[tier]].sort());
    for (const entry of tiers[tier])
      expect([entry, files.map(short).some((file) => file.startsWith(entry) && tierOf(file) === tier)]).toEqual([entry, true]);
  }
});

test('the time-out of tests stands where jest reads it: at the top, for all projects', () => {
  const { testTimeout, projects } = require('../jest.config.js');
  expect(testTimeout).toBe(30_000);
  for (const project of projects) expect(project).not.toHaveProperty('testTimeout');
});

test('suite-seconds.json names suites that are there, and those of `npm test` fit into its minutes, two at a time', () => {
  const seconds = JSON.parse(readFileSync(join(TESTS, 'suite-seconds.json'), 'utf8')) as Record<string, number>;
  expect(Object.keys(seconds).filter((file) => !existsSync(join(TESTS, file)))).toEqual([]);
  const quick = Object.entries(seconds).filter(([file]) => tierOf(file) !== 'real');
  // Six minutes, less the set-up and what is too short to be written down.
  expect(quick.reduce((sum, [, each]) => sum + each, 0)).toBeLessThan(450);
});

// biome-ignore lint/suspicious/noExplicitAny: nodes of any syntax.
type Node = any;

/** Calls of a node and of all below it. */
function walk(node: Node, visit: (node: Node) => boolean | undefined): void {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string' && visit(node) === false) return;
  for (const value of Object.values(node)) walk(value, visit);
}

/** `test` of `test(...)`, `test.each(...)(...)`; `property` of `fc.property(...)`. */
function calledName(callee: Node): string | undefined {
  if (callee.type === 'Identifier') return callee.value;
  if (callee.type === 'CallExpression') return calledName(callee.callee);
  if (callee.type !== 'MemberExpression') return undefined;
  return callee.object.value === 'fc' ? callee.property.value : calledName(callee.object);
}

/** Names of functions whose last argument is a test's body, or a property's. */
const BODIES = new Set(['test', 'it', 'testWhere', 'property', 'asyncProperty']);

/** How many `return;` stand in bodies of tests and properties; in functions inside of them, they are those functions' own. */
function earlyReturns(text: string): number {
  let count = 0;
  walk(parseSync(text, { syntax: 'typescript', target: 'es2022' }), (node) => {
    if (node.type !== 'CallExpression' || !BODIES.has(calledName(node.callee) ?? '')) return;
    for (const { expression } of node.arguments) {
      if (!/^(ArrowFunction|Function)Expression$/.test(expression.type)) continue;
      walk(expression.body, (inner) => {
        if (/Function(Expression|Declaration)$|^ClassMethod$/.test(inner.type)) return false;
        if (inner.type === 'ReturnStatement' && !inner.argument) count++;
        return;
      });
    }
    return;
  });
  return count;
}

test('an early return in a test, a table’s test or a property is seen, and one of a function inside is not', () => {
  expect(earlyReturns("test('x', () => { if (a) return; expect(b).toBe(c); });")).toBe(1);
  expect(earlyReturns("test.each([1])('x', async (n) => { for (;;) { if (n) return; } });")).toBe(1);
  expect(earlyReturns('fc.assert(fc.property(fc.nat(), (n) => { if (n) return; }))')).toBe(1);
  expect(earlyReturns("test('x', () => { const f = () => { if (a) return; }; f(); });")).toBe(0);
  expect(earlyReturns('beforeAll(() => { if (a) return; start(); });')).toBe(0);
});

test('no test returns early: it would count as passed. testWhere skips with a reason, fc.pre asks for another value', () => {
  const early = files.filter((file) => /\breturn;/.test(sources.get(file)!) && earlyReturns(sources.get(file)!) > 0);
  expect(early.map(short)).toEqual([]);
});

test('no test is skipped but by real-parts.ts, which prints why and fails in CI', () => {
  const skipping = [...sources].filter(
    ([file, text]) => /\b(test|it|describe)\.(skip|only|todo)\b|\bx(it|test|describe)\(/.test(text) && file !== __filename,
  );
  expect(skipping.map(([file]) => short(file))).toEqual(['real-parts.ts']);
});
