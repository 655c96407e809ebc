import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { matching } from '../../../lib/host-programs/agent/glob';
import { Reach } from '../../../lib/host-programs/agent/reach';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-glob-'));
  for (const each of ['a/b/c', 'd', '.hidden']) mkdirSync(join(folder, each), { recursive: true });
  for (const each of ['x.log', 'x.log.1', 'x.log.2.gz', '.x.log', 'a/y.log', 'a/b/c/z.log', 'd/q+1.log', '.hidden/h.log'])
    writeFileSync(join(folder, each), '');
  symlinkSync('x.log', join(folder, 'link.log'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['*.log', ['link.log', 'x.log']],
  ['x.log*', ['x.log', 'x.log.1']],
  ['x.log.[0-9]', ['x.log.1']],
  ['x.log.[!2]', ['x.log.1']],
  ['?.log', ['x.log']],
  ['.*.log', ['.x.log']],
  ['*/*.log', ['a/y.log', 'd/q+1.log']],
  ['**/*.log', ['a/b/c/z.log', 'a/y.log', 'd/q+1.log', 'link.log', 'x.log']],
  ['d/q+1.log', ['d/q+1.log']],
  ['nowhere/*.log', []],
  ['a', []],
])('%s finds %j', (part, expected) => {
  const pattern = join(folder, part);
  expect(matching(pattern, new Reach([pattern], '', () => {})).map((path) => relative(folder, path))).toEqual(expected);
});
