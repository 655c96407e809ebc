import { Batches } from '../../../../lib/host-programs/front-end/forward/batches';
import type { Entry } from '../../../../lib/host-programs/front-end/forward/ledger';
import type { Message } from '../../../../lib/host-programs/front-end/forward/link';
import type { Frame } from '../../../../lib/host-programs/front-end/spool/frame';

const entry = { hold: () => {} } as Entry;
const frame = (lines: readonly string[], key?: string): Frame => ({
  topic: 'logs',
  sequence: 41,
  count: lines.length,
  time: 0,
  body: Buffer.from(lines.map((line) => `${line}\n`).join('')),
  ...(key === undefined ? {} : { key }),
});

function messages(of: Frame, boot: string): (readonly [string, string, number])[] {
  const found: Message[] = [];
  const batches = new Batches({ batchBytes: 1_000_000 }, (batch) => found.push(...batch.messages));
  batches.add({ frame: of, host: 'front-end-1', boot }, 6, entry);
  batches.flush();
  return found.map(({ key, value, partition }) => [String(key), String(value), partition!] as const);
}

test('a line has the front end, its boot and its sequence as its key', () => {
  expect(messages(frame(['a', 'b']), 'b00t').map(([key, value]) => [key, value])).toEqual([
    ['front-end-1/b00t/41', 'a'],
    ['front-end-1/b00t/42', 'b'],
  ]);
});

test("of a sender that gives keys a line has the sender's, and the same partition through any front end", () => {
  const first = messages(frame(['a', 'b'], 'web-1/id/0'), 'b00t');
  expect(first.map(([key, value]) => [key, value])).toEqual([
    ['web-1/id/0/0', 'a'],
    ['web-1/id/0/1', 'b'],
  ]);
  expect(messages(frame(['a', 'b', 'c'], 'web-1/id/0'), 'other').slice(0, 2)).toEqual(first);
});

test('a frame is taken by pieces, and its lines have the keys that they would have had at once', () => {
  const lines = Array.from({ length: 10 }, (_, i) => `line ${i}`);
  const found: Message[] = [];
  const batches = new Batches({ batchBytes: 1_000_000, pieceLines: 4 }, (batch) => found.push(...batch.messages));
  const source = { frame: frame(lines), host: 'front-end-1', boot: 'b00t' };
  const second = batches.add(source, 6, entry);
  const third = batches.add(source, 6, entry, second);
  expect([second?.line, third?.line, batches.add(source, 6, entry, third)]).toEqual([4, 8, undefined]);
  batches.flush();
  expect(found.map(({ key, value, partition }) => [String(key), String(value), partition])).toEqual(
    messages(frame(lines), 'b00t'),
  );
});
