import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lines, Spool, type SpoolOptions } from '../../../../lib/host-programs/front-end/spool/spool';
import { lacksRoot, testWhere } from '../../../real-parts';
import { spooledFrames } from '../front-end';

let folder: string;
let mounted: string | undefined;
let spools: Spool[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const spool of spools) await spool.close();
  spools = [];
  if (mounted !== undefined) execFileSync('umount', [mounted]);
  mounted = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function opened(more: Partial<SpoolOptions> = {}): Promise<Spool> {
  const spool = await Spool.open({
    folder: join(folder, 'spool'),
    host: 'host-1',
    segmentBytes: 1 << 20,
    share: 0.9,
    reserveBytes: 0,
    pendingBytes: 1 << 24,
    whenFull: 'refuse',
    ...more,
  });
  spools.push(spool);
  return spool;
}

function lines(...texts: string[]): Lines {
  const body = Buffer.from(texts.map((text) => `${text}\n`).join(''));
  return { topic: 'logs', body: [body], bytes: body.length, count: texts.length };
}

async function kept(): Promise<string[]> {
  return (await spooledFrames(join(folder, 'spool'))).map(({ body }) => body.toString().trimEnd());
}

/** A file system of so many bytes of its own. */
function small(bytes: number): void {
  mounted = join(folder, 'spool');
  mkdirSync(mounted);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', mounted]);
}

/** Makes the next call of a method of file handles fail. */
async function failOnce(method: 'datasync' | 'writev', code: string): Promise<jest.SpyInstance> {
  const handle = await open(folder, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  return jest.spyOn(prototype, method).mockRejectedValueOnce(Object.assign(new Error(code), { code }) as never);
}

test('what was appended is there, in order, and counted on', async () => {
  const spool = await opened();
  await spool.append(lines('a', 'b'));
  await spool.append(lines('c'));
  const frames = await spooledFrames(join(folder, 'spool'));
  expect(frames.map(({ sequence, count }) => [sequence, count])).toEqual([
    [1, 2],
    [3, 1],
  ]);
  expect(await kept()).toEqual(['a\nb', 'c']);
});

test('what comes while the disk is busy shares one fdatasync', async () => {
  const spool = await opened();
  await spool.append(lines('first'));
  const { syncs } = spool.counts;
  await Promise.all(Array.from({ length: 500 }, (_, i) => spool.append(lines(`line ${i}`))));
  expect(spool.counts.syncs - syncs).toBeLessThan(5);
  expect(await kept()).toHaveLength(501);
});

test('segments end at their size, and each start begins a new one with a boot id of its own', async () => {
  const first = await opened({ segmentBytes: 2000 });
  for (let i = 0; i < 50; i++) await first.append(lines(`line ${i} ${'x'.repeat(100)}`));
  await first.close();
  const second = await opened({ segmentBytes: 2000 });
  await second.append(lines('later'));
  expect(second.boot).not.toBe(first.boot);
  const sizes = readdirSync(join(folder, 'spool')).map((name) => statSync(join(folder, 'spool', name)).size);
  expect(sizes.length).toBeGreaterThan(4);
  expect(Math.max(...sizes)).toBeLessThan(2000);
  expect((await kept()).at(-1)).toBe('later');
});

test('what the boot before has left half written is no line', async () => {
  const first = await opened();
  await first.append(lines('a'));
  await first.close();
  appendFileSync(first.segments[0]!.path, '=00000000 00000010 000001 torn');
  const second = await opened();
  expect(second.open).toBe(1);
  expect(second.counts.damagedLines).toBe(0);
  expect(await kept()).toEqual(['a']);
});

test('after a failed fdatasync nothing is acknowledged, and nothing more is written to that file', async () => {
  const spool = await opened();
  await spool.append(lines('before'));
  const { path } = spool.segments[0]!;
  const { size } = statSync(path);
  await failOnce('datasync', 'EIO');
  await expect(spool.append(lines('refused'))).rejects.toMatchObject({ why: 'failing' });
  expect(spool.counts.errors).toBe(1);
  // It rests for a moment, and goes on in a new file.
  await expect(spool.append(lines('too soon'))).rejects.toMatchObject({ why: 'failing' });
  await new Promise((done) => setTimeout(done, 300));
  await spool.append(lines('after'));
  expect(statSync(path).size).toBe(size);
  expect(await kept()).toEqual(['before', 'after']);
  expect(readdirSync(join(folder, 'spool'))).toHaveLength(2);
});

test('after a failed write nothing of it is kept', async () => {
  const spool = await opened();
  await failOnce('writev', 'ENOSPC');
  await expect(spool.append(lines('refused'))).rejects.toMatchObject({ why: 'failing' });
  await new Promise((done) => setTimeout(done, 300));
  await spool.append(lines('after'));
  expect(await kept()).toEqual(['after']);
});

test('a number that a line may have on disk is not given to another one', async () => {
  const spool = await opened();
  await spool.append(lines('before'));
  await failOnce('datasync', 'EIO');
  await expect(spool.append(lines('refused', 'too'))).rejects.toMatchObject({ why: 'failing' });
  await new Promise((done) => setTimeout(done, 300));
  await spool.append(lines('after'));
  expect((await spooledFrames(join(folder, 'spool'))).map(({ sequence }) => sequence)).toEqual([1, 4]);
});

test('more lines than a frame can say are refused, and nothing of them is kept', async () => {
  const spool = await opened({ pendingBytes: 1 << 26 });
  const count = 0x100_0000;
  const body = Buffer.alloc(count, '\n');
  await expect(spool.append({ topic: 'logs', body: [body], bytes: count, count })).rejects.toMatchObject({ why: 'too-large' });
  expect(await kept()).toEqual([]);
});

test('more than may wait for the disk is refused at once', async () => {
  const spool = await opened({ pendingBytes: 100 });
  const first = spool.append(lines('x'.repeat(80)));
  await expect(spool.append(lines('y'.repeat(80)))).rejects.toMatchObject({ why: 'busy' });
  await first;
});

test('a closed spool takes nothing', async () => {
  const spool = await opened();
  await spool.close();
  await expect(spool.append(lines('late'))).rejects.toMatchObject({ why: 'closed' });
});

testWhere(lacksRoot(), 'a full spool refuses, and what it has acknowledged is there', async () => {
  small(1 << 20);
  const spool = await opened({ share: 0.5, segmentBytes: 100_000 });
  const acknowledged: string[] = [];
  let refused = 0;
  for (let i = 0; refused < 5; i++) {
    const text = `line ${i} ${'x'.repeat(10_000)}`;
    await spool.append(lines(text)).then(
      () => acknowledged.push(text),
      (error) => {
        expect(error).toMatchObject({ why: 'full' });
        refused++;
      },
    );
  }
  expect(spool.bytes).toBeLessThanOrEqual(1 << 19);
  expect(spool.bytes).toBeGreaterThan((1 << 19) - 20_000);
  expect(await kept()).toEqual(acknowledged);
});

testWhere(
  lacksRoot(),
  'a file system that somebody else has filled refuses, loses nothing, and is used again when there is room',
  async () => {
    small(1 << 20);
    const spool = await opened({ share: 0.9, segmentBytes: 100_000 });
    await spool.append(lines('before'));
    writeFileSync(join(folder, 'spool', 'somebody'), Buffer.alloc(1 << 20).subarray(0, (1 << 20) - 20_000));
    const large = 'x'.repeat(50_000);
    await expect(spool.append(lines(large))).rejects.toMatchObject({ why: expect.stringMatching(/failing|full/) });
    expect(await kept()).toEqual(['before']);
    rmSync(join(folder, 'spool', 'somebody'));
    await new Promise((done) => setTimeout(done, 1100));
    await spool.append(lines('after'));
    expect(await kept()).toEqual(['before', 'after']);
  },
);

testWhere(lacksRoot(), 'drop-oldest drops whole segments, and counts their lines', async () => {
  small(1 << 20);
  const spool = await opened({ share: 0.5, segmentBytes: 100_000, whenFull: 'drop-oldest' });
  for (let i = 0; i < 100; i++) await spool.append(lines(`line ${i} ${'x'.repeat(10_000)}`, 'second'));
  const left = await kept();
  const numbers = left.map((text) => Number(/line (\d+)/.exec(text)?.[1]));
  expect(numbers).toEqual(Array.from({ length: left.length }, (_, i) => 100 - left.length + i));
  expect(spool.counts.droppedLines).toBe((100 - left.length) * 2);
  expect(spool.counts.droppedSegments).toBeGreaterThan(3);
  expect(spool.bytes).toBeLessThanOrEqual(1 << 19);
});
