import fc from 'fast-check';
import { oneLine, together } from '../../../../lib/host-programs/front-end/inputs/one-line';
import { RelpFrames, relpFrame } from '../../../../lib/host-programs/front-end/inputs/relp-frames';
import { SyslogFrames } from '../../../../lib/host-programs/front-end/inputs/syslog-frames';

/** Gives bytes in pieces that end at `cuts`. */
function inPieces<T>(bytes: Buffer, cuts: readonly number[], add: (piece: Buffer) => T[]): T[] {
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
  return places.slice(1).flatMap((end, i) => add(bytes.subarray(places[i], end)));
}

const message = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('<', '1', ' ', 'x', 'ß') });
const cuts = fc.array(fc.nat(), { maxLength: 8 });

test('frames of RELP are read alike however their bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 30 })), cuts, (datas, places) => {
      const bytes = Buffer.from(datas.map((data, i) => relpFrame(String(i + 1), 'syslog', data)).join(''));
      const frames = new RelpFrames(1000);
      const found = inPieces(bytes, places, (piece) => frames.add(piece));
      expect(found.map(({ transaction, command, data }) => [transaction, command, data.toString()])).toEqual(
        datas.map((data, i) => [String(i + 1), 'syslog', data]),
      );
    }),
  );
});

test.each([
  ['GET / HTTP/1.1\r\n', 'this is no RELP'],
  ['1 syslog 2000 x', 'longer than 1000 bytes'],
  ['1 syslog 3 abcd\n', 'does not end where it says'],
  ['1 syslog 3\n', 'has no data'],
  ['x'.repeat(100), 'this is no RELP'],
])('%j is refused: %s', (text, words) => {
  expect(() => new RelpFrames(1000).add(Buffer.from(text))).toThrow(words);
});

test('messages of syslog, counted and by line in one connection, are read alike however their bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(message, fc.boolean())), cuts, (messages, places) => {
      const said = messages.map(([text, counted]): [string, boolean] => [`<13>${text}`, counted]);
      const bytes = Buffer.from(
        said.map(([text, counted]) => (counted ? `${Buffer.byteLength(text)} ${text}` : `${text}\n`)).join(''),
      );
      const frames = new SyslogFrames(1000);
      const found = inPieces(bytes, places, (piece) => frames.add(piece));
      expect(found.map(String)).toEqual(said.map(([text]) => text));
      expect(frames.end()).toEqual([]);
    }),
  );
});

test('a message of syslog that is too long is left out and counted, and the next one is read', () => {
  const frames = new SyslogFrames(10);
  const bytes = Buffer.from(`<1>${'x'.repeat(20)}\n<1>a\n30 <1>${'y'.repeat(27)}<1>b\n`);
  expect(
    frames
      .add(bytes.subarray(0, 15))
      .concat(frames.add(bytes.subarray(15, 40)), frames.add(bytes.subarray(40)))
      .map(String),
  ).toEqual(['<1>a', '<1>b']);
  expect(frames.tooLong).toBe(2);
});

test('a last line without its newline is a message, half of a counted one is none', () => {
  const plain = new SyslogFrames(100);
  expect(plain.add(Buffer.from('<1>a\n<1>b')).map(String)).toEqual(['<1>a']);
  expect(plain.end().map(String)).toEqual(['<1>b']);
  const counted = new SyslogFrames(100);
  counted.add(Buffer.from('10 <1>b'));
  expect(counted.end()).toEqual([]);
  expect(counted.torn).toBe(1);
});

test('a plain line that begins like a count is a line, however its bytes are cut', () => {
  const text = '2024 INFO a\n7 of 9\n3\n12 <13>counted x2024 INFO b\n';
  fc.assert(
    fc.property(cuts, (places) => {
      const frames = new SyslogFrames(1000);
      const found = inPieces(Buffer.from(text), places, (piece) => frames.add(piece));
      expect(found.map(String)).toEqual(['2024 INFO a', '7 of 9', '3', '<13>counted ', 'x2024 INFO b']);
    }),
  );
});

test('what comes byte by byte costs its bytes, and no more', () => {
  const frames = new SyslogFrames(1 << 18);
  for (let i = 0; i < 1 << 17; i++) frames.add(Buffer.from('x'));
  expect(frames.memory).toBe(1 << 17);
  expect(frames.add(Buffer.from('\n'))[0]).toHaveLength(1 << 17);
  expect(frames.memory).toBe(0);
});

test('a newline within a message is written as rsyslog writes it', () => {
  expect(oneLine(Buffer.from('<1>a\nb\n')).toString()).toBe('<1>a#012b');
  expect(together('logs', [Buffer.from('a'), Buffer.from('bc')])).toEqual({
    topic: 'logs',
    body: [Buffer.from('a\nbc\n')],
    bytes: 5,
    count: 2,
  });
});
