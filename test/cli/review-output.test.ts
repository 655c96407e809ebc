/** What docs/diff.md and docs/rehearsal.md show as printed by meissa, of the hybrid estate after three edits, is what it prints. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../root';
import { meissa } from './run';

jest.setTimeout(60_000);

/** A rack goes, a cluster is made anew, voters get another type: what the pages say before the first block. */
const EDITS: readonly (readonly [file: string, from: string | RegExp, to: string])[] = [
  ['beijing.yaml', /\n {2}a02: .*/, ''],
  ['eu-west-1.yaml', 'clusters:\n  core:\n', 'clusters:\n  core:\n    generation: 2\n'],
  ['us-east-1.yaml', 'instanceType: m5.large', 'instanceType: m5.xlarge'],
];

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'meissa-review-'));
  cpSync(join(ROOT, 'test/estates/hybrid'), root, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args], { stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'before');
  for (const [file, from, to] of EDITS) {
    const path = join(root, 'regions', file);
    const text = readFileSync(path, 'utf8');
    const other = text.replace(from, to);
    expect(other).not.toBe(text);
    writeFileSync(path, other);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const BLOCK = /```text\n\$ meissa ([^\n]*)\n([\s\S]*?)\n```/g;
const pages = ['docs/diff.md', 'docs/rehearsal.md'].map((page) => [page, readFileSync(join(ROOT, page), 'utf8')] as const);
const shown = pages.flatMap(([page, text]) => [...text.matchAll(BLOCK)].map(([, command]) => [page, command!] as const));

test('both pages show output', () => {
  expect(new Set(shown.map(([page]) => page))).toEqual(new Set(pages.map(([page]) => page)));
});

test.each(shown)('%s: meissa %s', async (page, command) => {
  const said = await meissa(...command.split(' '), '--root', root);
  expect([1, 2]).toContain(said.code);
  const path = join(ROOT, page);
  const text = readFileSync(path, 'utf8');
  const now = text.replace(BLOCK, (whole, own: string) =>
    own === command ? `\`\`\`text\n$ meissa ${command}\n${said.stdout.trimEnd()}\n\`\`\`` : whole,
  );
  if (process.env.MEISSA_UPDATE_GOLDEN === '1') writeFileSync(path, now);
  else expect(text).toBe(now);
});
