import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointFile, readCheckpoint } from '../../lib/host-programs/agent/checkpoint';
import { readCheckpoint as readSpool, writeCheckpoint } from '../../lib/host-programs/front-end/spool/checkpoint';
import { DISK } from '../../lib/host-programs/front-end/spool/files';
import { listSegments, segmentPath } from '../../lib/host-programs/front-end/spool/segment';

let folder: string;
let victim: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-files-'));
  victim = join(folder, 'victim');
  writeFileSync(victim, '{"files":[],"journals":{},"segment":1,"offset":2}');
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['checkpoint.json', () => new CheckpointFile(folder, () => ({ files: [], journals: { a: 'b' } })).commit()],
  ['checkpoint', () => writeCheckpoint(DISK, folder, { segment: 7, offset: 8 })],
])('%s is written beside a link in its place, not through it', async (name, write) => {
  const before = readFileSync(victim, 'utf8');
  for (const each of [name, `${name}.new`]) symlinkSync(victim, join(folder, each));
  await write();
  expect(readFileSync(victim, 'utf8')).toBe(before);
  expect(lstatSync(join(folder, name)).isFile()).toBe(true);
});

test('a checkpoint that is a link is not read through', async () => {
  for (const name of ['checkpoint.json', 'checkpoint']) symlinkSync(victim, join(folder, name));
  const said: string[] = [];
  expect(readCheckpoint(folder, (text) => said.push(text))).toEqual({ files: [], journals: {} });
  expect(said.join()).toContain('put aside');
  expect(await readSpool(DISK, folder)).toBeUndefined();
});

test('a segment that is a link is none', async () => {
  symlinkSync(victim, segmentPath(folder, 'a'.repeat(12), 1));
  expect(await listSegments(DISK, folder)).toEqual([]);
});
