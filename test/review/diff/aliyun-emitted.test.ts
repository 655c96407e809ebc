/** The estate of Aliyun regions and a data centre, as it is emitted, with edits. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesized } from '../../../lib/cli/verbs/diff-states';
import { loadEstate } from '../../../lib/estate/read/load';
import { planEstate } from '../../../lib/plan/plan';
import { diffStates, diffText, type StackDiff } from '../../../lib/review/diff';
import { expectGolden } from '../../golden';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'meissa-diff-'));
  cpSync(join(__dirname, '../../estates/aliyun'), root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function states() {
  const { estate, findings } = loadEstate(root, { today: '2026-11-25' });
  if (estate === undefined) throw new Error(JSON.stringify(findings));
  return synthesized({ estate, plan: planEstate(estate), regions: ['cn-beijing'], links: [] }).states;
}

function edited(from: string | RegExp, to: string): StackDiff[] {
  const before = states();
  const file = join(root, 'regions/cn-beijing.yaml');
  const text = readFileSync(file, 'utf8');
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  writeFileSync(file, other);
  return diffStates(before, states());
}

const kinds = (diffs: readonly StackDiff[]) => [...new Set(diffs.flatMap(({ meanings }) => meanings.map(({ kind }) => kind)))];

test('nothing edited: no changes', () => {
  expect(diffText(diffStates(states(), states()))).toBe('no changes\n');
});

test('another configuration restarts voters one at a time and workers as many as may be down, and nothing of a template changes', () => {
  const diffs = edited(/( +)profiles: \[base, docker, etcd, updates\]\n/g, '$&$1parameters: { docker: { stopTimeout: 90 } }\n');
  expect(kinds(diffs)).toEqual(['host-restarts']);
  const text = diffText(diffs);
  expectGolden('diff-aliyun-emitted-configuration.txt', text);
  expect(text).toContain('3 hosts restart, one at a time, each when the one before is healthy: configuration');
  expect(diffs.every(({ change }) => change.entries.length === 0)).toBe(true);
  expect(diffs.flatMap(({ userData }) => userData)).toHaveLength(2);
});

test('another instance type stops and starts voters behind their gates', () => {
  const diffs = edited('instanceType: ecs.g7.large', 'instanceType: ecs.g7.2xlarge');
  expect(kinds(diffs)).toEqual(['host-restarts']);
  expect(diffs.flatMap(({ meanings }) => meanings)).toMatchObject([
    { pace: 'one at a time behind a gate', hosts: { length: 3 } },
  ]);
});
