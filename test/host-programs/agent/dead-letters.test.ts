import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeadLetters, DeadLettersAreFull } from '../../../lib/host-programs/agent/dead-letters';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-dead-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const kept = (): string[] => readdirSync(join(folder, 'dead-letters'));

test('a line is kept as it is, under its topic and place', async () => {
  const letters = new DeadLetters(folder, 1000);
  await letters.put(['app', 'id', 'id/42'], [Buffer.from('a'), Buffer.from('b')]);
  expect(kept()).toEqual(['app-id-id_42']);
  expect(readFileSync(join(folder, 'dead-letters/app-id-id_42'), 'utf8')).toBe('ab');
  expect([letters.count, letters.bytes]).toEqual([1, 2]);
});

test('a line that comes again is there once', async () => {
  const letters = new DeadLetters(folder, 1000);
  for (let i = 0; i < 2; i++) await letters.put(['app', '1'], [Buffer.from('a')]);
  expect(kept()).toEqual(['app-1']);
});

test('without room nothing of a line is kept, until somebody makes room', async () => {
  const letters = new DeadLetters(folder, 5);
  await letters.put(['app', '1'], [Buffer.from('aaaa')]);
  await expect(letters.put(['app', '2'], [Buffer.from('b'), Buffer.from('b')])).rejects.toThrow(DeadLettersAreFull);
  expect(kept()).toEqual(['app-1']);
  rmSync(join(folder, 'dead-letters/app-1'));
  await letters.put(['app', '2'], [Buffer.from('bb')]);
  expect(kept()).toEqual(['app-2']);
});

test('a topic as long as topics may be leaves room for the place, and two lines stay two', async () => {
  const letters = new DeadLetters(folder, 1000);
  for (const offset of ['1', '2']) await letters.put(['t'.repeat(249), 'id', offset], [Buffer.from(offset)]);
  expect(kept()).toHaveLength(2);
});

test('a link in the place of a letter is replaced, and nothing is written through it', async () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'as it was');
  mkdirSync(join(folder, 'dead-letters'));
  for (const name of ['app-1', 'app-1.new']) symlinkSync(victim, join(folder, 'dead-letters', name));
  await new DeadLetters(folder, 1000).put(['app', '1'], [Buffer.from('a line')]);
  expect(readFileSync(victim, 'utf8')).toBe('as it was');
  expect(readFileSync(join(folder, 'dead-letters/app-1'), 'utf8')).toBe('a line');
});
