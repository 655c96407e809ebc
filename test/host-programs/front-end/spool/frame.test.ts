import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { SPOOL_FRAME_BYTES } from '../../../../lib/estate/kafka-model';
import {
  FRAME_BYTES,
  type Frame,
  frameHeader,
  readFrame,
  segmentHeader,
  segmentSeed,
} from '../../../../lib/host-programs/front-end/spool/frame';
import { SegmentReader } from '../../../../lib/host-programs/front-end/spool/reader';

const BOOT = '0123456789ab';
const SEED = segmentSeed(BOOT, 7);

const line = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 10)));
const frames = fc.array(
  fc.record({
    topic: fc.constantFrom('logs', 'a', 'meissa-heartbeats', 'x.y_z'),
    sequence: fc.integer({ min: 1, max: 2 ** 47 }),
    time: fc.integer({ min: 0, max: 2 ** 43 }),
    key: fc.option(fc.constantFrom<string>('web-1/Zk3_x9Qw-2aB/0', `h/${'k'.repeat(198)}`), { nil: undefined }),
    lines: fc.array(line, { minLength: 1, maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 6 },
);
type Written = typeof frames extends fc.Arbitrary<infer T> ? T : never;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function encode(written: readonly (Omit<Written[number], 'key'> & { readonly key?: string })[]): {
  bytes: Buffer;
  ends: number[];
} {
  const parts: Buffer[] = [segmentHeader('host-1', BOOT)];
  const ends: number[] = [];
  for (const { topic, sequence, time, key, lines } of written) {
    const body = lines.flatMap((each) => [each, Buffer.from('\n')]);
    parts.push(frameHeader(SEED, { topic, sequence, time, key, count: lines.length }, body), ...body);
    ends.push(parts.reduce((sum, { length }) => sum + length, 0));
  }
  return { bytes: Buffer.concat(parts), ends };
}

async function read(bytes: Buffer): Promise<{ frames: Frame[]; damaged: number; sound: number; host: string | undefined }> {
  const path = join(folder, 'segment');
  writeFileSync(path, bytes);
  const reader = await SegmentReader.open({ number: 7, boot: BOOT, path, bytes: bytes.length });
  const found: Frame[] = [];
  for (let next = await reader.next(); next !== undefined; next = await reader.next()) found.push(next.frame);
  await reader.close();
  return { frames: found, damaged: reader.damaged, sound: reader.sound, host: reader.host };
}

const plain = ({ topic, sequence, time, key, lines }: Written[number]) => ({
  topic,
  sequence,
  time,
  ...(key === undefined ? {} : { key }),
  count: lines.length,
  body: Buffer.concat(lines.flatMap((each) => [each, Buffer.from('\n')])),
});

test('frames are read as they were written, whatever bytes the lines have', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async (written) => {
      const { bytes } = encode(written);
      expect(await read(bytes)).toEqual({ frames: written.map(plain), damaged: 0, sound: bytes.length, host: 'host-1' });
    }),
  );
});

test('of a segment that ends anywhere, exactly the whole frames are read', async () => {
  await fc.assert(
    fc.asyncProperty(frames, fc.nat(), async (written, cut) => {
      const { bytes, ends } = encode(written);
      const torn = bytes.subarray(0, cut % (bytes.length + 1));
      const whole = ends.filter((end) => end <= torn.length).length;
      const found = await read(torn);
      expect(found.frames).toEqual(written.slice(0, whole).map(plain));
      if (whole > 0) expect(found.sound).toBe(ends[whole - 1]);
    }),
  );
});

test('a damaged byte costs the frame that it is in, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(frames, fc.nat(), fc.integer({ min: 1, max: 255 }), async (written, at, flip) => {
      const { bytes, ends } = encode(written);
      const start = segmentHeader('host-1', BOOT).length;
      const place = start + (at % (bytes.length - start));
      bytes[place] = bytes[place]! ^ flip;
      const hit = ends.findIndex((end) => place < end);
      const found = await read(bytes);
      expect(found.frames).toEqual(written.filter((_, i) => i !== hit).map(plain));
      expect(found.damaged).toBe(ends[hit]! - (ends[hit - 1] ?? start));
    }),
  );
});

test('a tail of zeros, as a power cut leaves it, holds no frame', async () => {
  const { bytes, ends } = encode([{ topic: 'logs', sequence: 1, time: 1, lines: [Buffer.from('kept')] }]);
  const found = await read(Buffer.concat([bytes, Buffer.alloc(3_000_000)]));
  expect(found.frames).toHaveLength(1);
  expect(found.sound).toBe(ends[0]);
});

test('a line that is written as a frame is not taken for one', async () => {
  const inner = encode([{ topic: 'logs', sequence: 9, time: 9, lines: [Buffer.from('forged')] }]).bytes;
  const body = [inner, Buffer.from('\n')];
  const other = segmentSeed('ba9876543210', 7);
  const header = frameHeader(other, { topic: 'logs', sequence: 1, time: 1, count: 2 }, body);
  const path = join(folder, 'forged');
  const bytes = Buffer.concat([segmentHeader('host-1', 'ba9876543210'), header, ...body]);
  // The outer frame is damaged, so that its reader looks for the next one.
  bytes[60] = bytes[60]! ^ 1;
  writeFileSync(path, bytes);
  const reader = await SegmentReader.open({ number: 7, boot: 'ba9876543210', path, bytes: bytes.length });
  expect(await reader.next()).toBeUndefined();
  await reader.close();
});

test('a frame costs what sizing counts with', () => {
  const body = [Buffer.from('a line\n')];
  const header = frameHeader(SEED, { topic: 'logs', sequence: 2 ** 40, time: Date.now(), count: 1 }, body);
  expect(header.length).toBe(FRAME_BYTES + 'logs'.length);
  expect(SPOOL_FRAME_BYTES).toBe(FRAME_BYTES);
  expect(readFrame(Buffer.concat([header, ...body]), 0, SEED)).toMatchObject({ end: header.length + 7 });
});
