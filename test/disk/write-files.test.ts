import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskRefusal } from '../../lib/disk/disk-refusal';
import { withFolderLock } from '../../lib/disk/folder-lock';
import { type FileText, placeFile, sweepParts, writeFiles } from '../../lib/disk/write-files';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'writing-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (...files: FileText[]) => withFolderLock(root, { verb: 'test' }, (lock) => writeFiles(lock, files));
const text = (path: string) => readFileSync(join(root, path), 'utf8');

async function code(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(DiskRefusal);
  return (error as DiskRefusal).code;
}

test('leaves nothing beside the file', async () => {
  await write({ path: 'a.yaml', text: 'one\n' });
  await write({ path: 'a.yaml', text: 'two\n' });
  expect(readdirSync(root)).toEqual(['a.yaml']);
  expect(text('a.yaml')).toBe('two\n');
});

test('of several writes all or none', async () => {
  writeFileSync(join(root, 'a.yaml'), 'old\n');
  mkdirSync(join(root, 'c.yaml'));
  const files = ['a.yaml', 'b.yaml', 'c.yaml'].map((path) => ({ path, text: 'new\n' }));
  expect(await code(write(...files))).toBe('WRITE_OVER');
  expect(readdirSync(root)).toEqual(['a.yaml', 'c.yaml']);
  expect(text('a.yaml')).toBe('old\n');
  await write(...files.slice(0, 2));
  expect(readdirSync(root)).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
});

test('gives back what stood there when a later place is taken meanwhile', async () => {
  writeFileSync(join(root, 'a.yaml'), 'old\n');
  const late = withFolderLock(root, { verb: 'test' }, (lock) => {
    // The last look before the first file is placed: from here on somebody else may write.
    const check = (): void => writeFileSync(join(root, 'b.yaml'), 'of another\n');
    writeFiles({ ...lock, check }, [
      { path: 'a.yaml', text: 'new\n' },
      { path: 'b.yaml', text: 'new\n', isNew: true },
    ]);
  });
  expect(await code(late)).toBe('WRITE_OVER');
  expect([text('a.yaml'), text('b.yaml')]).toEqual(['old\n', 'of another\n']);
  expect(readdirSync(root)).toEqual(['a.yaml', 'b.yaml']);
});

test('makes the folder that a file stands in', async () => {
  await write({ path: 'regions/a.yaml', text: 'x\n' });
  expect(text('regions/a.yaml')).toBe('x\n');
});

test('a new file is not written over one that is there', async () => {
  writeFileSync(join(root, 'a.yaml'), 'mine\n');
  expect(await code(write({ path: 'a.yaml', text: 'x', isNew: true }))).toBe('WRITE_OVER');
  expect(text('a.yaml')).toBe('mine\n');
});

test('a symlink is neither followed nor replaced', async () => {
  writeFileSync(join(root, 'kept'), 'mine\n');
  symlinkSync('kept', join(root, 'a.yaml'));
  expect(await code(write({ path: 'a.yaml', text: 'x' }))).toBe('WRITE_OVER');
  expect(readlinkSync(join(root, 'a.yaml'))).toBe('kept');
  expect(text('kept')).toBe('mine\n');
});

test.each([
  ['a folder outside', ''],
  ['a folder that is not there yet', '/not/yet'],
])('a symlink that leads to %s is not written through', async (_what, below) => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  try {
    symlinkSync(outside, join(root, 'regions'));
    expect(await code(write({ path: `regions${below}/a.yaml`, text: 'x' }))).toBe('WRITE_OUTSIDE');
    expect(readdirSync(outside)).toEqual([]);
  } finally {
    rmSync(outside, { recursive: true });
  }
});

test('parts of files that were killed go, others stay', () => {
  placeFile(join(root, 'world/world.json'), '{}');
  const left = `world.json.${process.pid}-0123456789ab.tmp`;
  for (const name of [left, 'mine.tmp', 'world.json.1.tmp']) writeFileSync(join(root, 'world', name), '');
  sweepParts(join(root, 'world'));
  expect(readdirSync(join(root, 'world')).sort()).toEqual(['mine.tmp', 'world.json', 'world.json.1.tmp']);
});
