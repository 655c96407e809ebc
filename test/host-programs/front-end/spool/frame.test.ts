import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { SPOOL_FRAME_BYTES } from '../../../../lib/estate/model/kafka-model';
import { DISK } from '../../../../lib/host-programs/front-end/spool/files';
import {
  FRAME_BYTES,
  type Frame,
  frameHeader,
  readFrame,
  readHead,
  segmentHeader,
  segmentSeed,
} from '../../../../lib/host-programs/front-end/spool/frame';
import { SegmentReader } from '../../../../lib/host-programs/front-end/spool/reader';
import { listSegments } from '../../../../lib/host-programs/front-end/spool/segment';

const BOOT = '0123456789ab';
const SEED = segmentSeed(BOOT, 7);

const line = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10)));
const frames = fc
  .array(
    fc.record({
      topic: fc.constantFrom('logs', 'a', 'meissa-heartbeats', 'x.y_z'),
      sequence: fc.constant(0),
      time: fc.integer({ min: 0, max: 2 ** 43 }),
      key: fc.option(fc.constantFrom<string>('web-1/Zk3_x9Qw-2aB/0', `h/${'k'.repeat(198)}`), { nil: undefined }),
      lines: fc.array(line, { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  // They count on.
  .chain((all) =>
    fc.integer({ min: 1, max: 2 ** 47 }).map((first) => {
      let sequence = first;
      return all.map((each) => {
        const counted = { ...each, sequence };
        sequence += each.lines.length;
        return counted;
      });
    }),
  );
type Written = typeof frames extends fc.Arbitrary<infer T> ? T : never;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The first line of a segment about which nothing is sure yet. */
function head(first = 1, mark = { bytes: 0, next: first, digest: 0 }): Buffer {
  return segmentHeader(BOOT, { host: 'host-1', total: 0, first, mark });
}

function encode(written: readonly (Omit<Written[number], 'key'> & { readonly key?: string })[]): {
  bytes: Buffer;
  ends: number[];
  /** Of the checksums of all frames. */
  digest: number;
} {
  const parts: Buffer[] = [head(written[0]!.sequence)];
  const ends: number[] = [];
  let sums = '';
  for (const { topic, sequence, time, key, lines } of written) {
    const body = lines.flatMap((each) => [each, Buffer.from('\n')]);
    const header = frameHeader(SEED, { topic, sequence, time, key, count: lines.length }, body);
    sums += header.toString('latin1', 1, 9);
    parts.push(header, ...body);
    ends.push(parts.reduce((sum, { length }) => sum + length, 0));
  }
  return { bytes: Buffer.concat(parts), ends, digest: crc32(sums) };
}

interface Read {
  readonly frames: Frame[];
  readonly lost: number;
  readonly damaged: number;
  readonly torn: number;
  readonly altered: boolean;
  readonly host: string | undefined;
}

/** @param marked bytes that are said to be acknowledged, and the sequence behind them */
async function read(
  bytes: Buffer,
  marked?: { readonly bytes: number; readonly next: number; readonly digest?: number },
  boot = BOOT,
): Promise<Read> {
  const folderOfOne = mkdtempSync(join(folder, 'one-'));
  writeFileSync(join(folderOfOne, `${boot}-0000000007.segment`), bytes);
  const [segment] = await listSegments(DISK, folderOfOne);
  if (marked !== undefined) Object.assign(segment!, { mark: { digest: 0, ...marked }, next: marked.next });
  const reader = await SegmentReader.open(DISK, segment!);
  const found: Frame[] = [];
  let lost = 0;
  for (let next = await reader.next(); next !== undefined; next = await reader.next()) {
    found.push(next.frame);
    lost += next.lost;
  }
  await reader.close();
  const { damaged, torn, altered, host, missing } = reader;
  return { frames: found, lost: lost + missing, damaged, torn, altered, host };
}

const plain = ({ topic, sequence, time, key, lines }: Written[number]) => ({
  topic,
  sequence,
  time,
  ...(key === undefined ? {} : { key }),
  count: lines.length,
  body: Buffer.concat(lines.flatMap((each) => [each, Buffer.from('\n')])),
});

const next = (written: Written): number => written.at(-1)!.sequence + written.at(-1)!.lines.length;

test('frames are read as they were written, whatever bytes the lines have', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async (written) => {
      const { bytes, digest } = encode(written);
      const found = await read(bytes, { bytes: bytes.length, next: next(written), digest });
      expect(found).toEqual({ frames: written.map(plain), lost: 0, damaged: 0, torn: 0, altered: false, host: 'host-1' });
    }),
  );
});

test('sound frames in place of those that were acknowledged are told, also where all numbers fit', async () => {
  await fc.assert(
    fc.asyncProperty(frames, fc.nat(), fc.integer({ min: 1, max: 1000 }), async (written, which, later) => {
      const { digest } = encode(written);
      const at = which % written.length;
      const others = written.map((frame, i) => (i === at ? { ...frame, time: frame.time + later } : frame));
      const { bytes } = encode(others);
      const found = await read(bytes, { bytes: bytes.length, next: next(written), digest });
      expect(found).toMatchObject({ lost: 0, damaged: 0, torn: 0, altered: true });
    }),
  );
});

test('of a segment that ends anywhere, exactly the whole frames are read; the rest is torn, or damaged where it was acknowledged', async () => {
  await fc.assert(
    fc.asyncProperty(frames, fc.nat(), fc.boolean(), async (written, cut, acknowledged) => {
      const { bytes, ends } = encode(written);
      const torn = bytes.subarray(0, cut % (bytes.length + 1));
      const whole = ends.filter((end) => end <= torn.length).length;
      const found = await read(torn, acknowledged ? { bytes: bytes.length, next: next(written) } : undefined);
      expect(found.frames).toEqual(written.slice(0, whole).map(plain));
      const left = written.slice(whole).reduce((sum, { lines }) => sum + lines.length, 0);
      if (torn.length >= head().length) expect(found.lost).toBe(acknowledged ? left : 0);
      expect(acknowledged ? found.torn : found.damaged).toBe(0);
    }),
  );
});

test('a damaged byte costs the frame that it is in, and no other; how many lines it had is known', async () => {
  await fc.assert(
    fc.asyncProperty(frames, fc.nat(), fc.integer({ min: 1, max: 255 }), async (written, at, flip) => {
      const { bytes, ends } = encode(written);
      const start = head().length;
      const place = start + (at % (bytes.length - start));
      bytes[place] = bytes[place]! ^ flip;
      const hit = ends.findIndex((end) => place < end);
      const found = await read(bytes, { bytes: bytes.length, next: next(written) });
      expect(found.frames).toEqual(written.filter((_, i) => i !== hit).map(plain));
      expect(found.damaged).toBe(ends[hit]! - (ends[hit - 1] ?? start));
      expect(found.lost).toBe(written[hit]!.lines.length);
    }),
  );
});

test('the first line says what it was told, and a damaged one says nothing', () => {
  const count = fc.integer({ min: 0, max: 2 ** 47 });
  const said = fc.record({
    host: fc.constantFrom('a', 'us-east-1-collection-front-ends-1'),
    total: count,
    first: count,
    mark: fc.record({ bytes: count, next: count, digest: fc.integer({ min: 0, max: 0xffff_ffff }) }),
  });
  fc.assert(
    fc.property(said, fc.nat(), fc.integer({ min: 1, max: 255 }), (what, at, flip) => {
      const line = segmentHeader(BOOT, what);
      expect(readHead(line)).toEqual({ ...what, bytes: line.length });
      const place = at % (line.length - 1);
      line[place] = line[place]! ^ flip;
      expect(readHead(line)).toBeUndefined();
    }),
  );
});

test('a tail of zeros, as a power cut leaves it, holds no frame', async () => {
  const { bytes, ends } = encode([{ topic: 'logs', sequence: 1, time: 1, lines: [Buffer.from('kept')] }]);
  const found = await read(Buffer.concat([bytes, Buffer.alloc(3_000_000)]), { bytes: ends[0]!, next: 2 });
  expect(found).toMatchObject({ lost: 0, damaged: 0, torn: 3_000_000 });
  expect(found.frames).toHaveLength(1);
});

test('a line that is written as a frame is not taken for one', async () => {
  const inner = encode([{ topic: 'logs', sequence: 9, time: 9, lines: [Buffer.from('forged')] }]).bytes;
  const body = [inner, Buffer.from('\n')];
  const boot = 'ba9876543210';
  const header = frameHeader(segmentSeed(boot, 7), { topic: 'logs', sequence: 1, time: 1, count: 4 }, body);
  const first = segmentHeader(boot, { host: 'host-1', total: 0, first: 1, mark: { bytes: 0, next: 1, digest: 0 } });
  const bytes = Buffer.concat([first, header, ...body]);
  // The outer frame is damaged, so that its reader looks for the next one.
  bytes[first.length + 3] = bytes[first.length + 3]! ^ 1;
  expect((await read(bytes, undefined, boot)).frames).toEqual([]);
});

test('what a header cannot say is not written', () => {
  const body = [Buffer.from('a line\n')];
  const good = { topic: 'logs', sequence: 1, time: 1, count: 1 };
  for (const wrong of [
    { count: 0 },
    { count: 2 },
    { count: 0x100_0000 },
    { sequence: 2 ** 48 },
    { sequence: -1 },
    { time: 2 ** 44 },
    { time: 1.5 },
  ])
    expect(() => frameHeader(SEED, { ...good, ...wrong }, body)).toThrow(RangeError);
  expect(() => frameHeader(SEED, good, [Buffer.from('no newline')])).toThrow(RangeError);
});

test('a frame costs what sizing counts with', () => {
  const body = [Buffer.from('a line\n')];
  const header = frameHeader(SEED, { topic: 'logs', sequence: 2 ** 40, time: Date.now(), count: 1 }, body);
  expect(header.length).toBe(FRAME_BYTES + 'logs'.length);
  expect(SPOOL_FRAME_BYTES).toBe(FRAME_BYTES);
  expect(readFrame(Buffer.concat([header, ...body]), 0, SEED)).toMatchObject({ end: header.length + 7 });
});
