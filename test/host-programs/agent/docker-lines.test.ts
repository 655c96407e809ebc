import fc from 'fast-check';
import { type DockerPending, dockerLines, unfinishedLines } from '../../../lib/host-programs/agent/docker-lines';

const container = { id: '4c01db0b339c7e8a0c2c9d6f7b0f7d5a2f1f2f5e6a7b8c9d0e1f2a3b4c5d6e7f', name: 'web', image: 'nginx:1.27' };
const at = (second: number): string => `2026-01-02T03:04:${String(second).padStart(2, '0')}.123456789Z`;
const entry = (log: string, stream = 'stdout', second = 5): Buffer =>
  Buffer.from(JSON.stringify({ log, stream, time: at(second) }));
const read = (entries: Buffer[], pending: DockerPending = {}, limit = 1_048_576) => {
  const { lines, pending: left } = dockerLines(entries, pending, container, limit);
  return { lines: lines.map((line) => JSON.parse(line.toString())), left };
};

test('an entry becomes a line with its container, stream and time', () => {
  expect(read([entry('hello\n')]).lines).toEqual([
    { container: '4c01db0b339c', name: 'web', image: 'nginx:1.27', stream: 'stdout', time: at(5), log: 'hello' },
  ]);
});

test("labels and variables that docker's log options add are kept", () => {
  const raw = Buffer.from(`{"log":"a\\n","stream":"stderr","attrs":{"team":"ads"},"time":"${at(1)}"}`);
  expect(read([raw]).lines[0]).toMatchObject({ stream: 'stderr', log: 'a', attrs: { team: 'ads' } });
});

test('pieces of a long line are joined by their stream, with the time of the first', () => {
  const { lines, left } = read([
    entry('a'.repeat(16_384), 'stdout', 1),
    entry('other\n', 'stderr', 2),
    entry('b'.repeat(16_384), 'stdout', 3),
    entry('end\n', 'stdout', 4),
  ]);
  expect(lines.map(({ stream, time, log }) => [stream, time, log])).toEqual([
    ['stderr', at(2), 'other'],
    ['stdout', at(1), `${'a'.repeat(16_384)}${'b'.repeat(16_384)}end`],
  ]);
  expect(left).toEqual({});
});

test('what was read in one go or in any number of goes is the same', () => {
  const piece = fc.record({ log: fc.string(), stream: fc.constantFrom('stdout', 'stderr'), ends: fc.boolean() });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 0, max: 20 }), (pieces, cut) => {
      const entries = pieces.map(({ log, stream, ends }) => entry(`${log.replaceAll('\n', '')}${ends ? '\n' : ''}`, stream));
      const whole = read(entries);
      const first = read(entries.slice(0, cut));
      const second = read(entries.slice(cut), first.left);
      expect([[...first.lines, ...second.lines], second.left]).toEqual([whole.lines, whole.left]);
    }),
  );
});

test('a joined line over the limit is given in parts, and nothing of it is lost', () => {
  const pieces = Array.from({ length: 12 }, (_, i) => String.fromCharCode(97 + i).repeat(16_384));
  const { lines, left } = read([...pieces.map((piece) => entry(piece)), entry('\n')], {}, 65_536);
  expect(lines.map(({ log }) => log).join('')).toBe(pieces.join(''));
  expect(lines.map(({ continues = false }) => continues)).toEqual([true, true, true, false]);
  expect(Math.max(...lines.map((line) => JSON.stringify(line).length))).toBeLessThanOrEqual(65_536);
  expect(left).toEqual({});
});

test('half an entry, which docker left when it was killed, is kept as it is', () => {
  expect(read([Buffer.from('{"log":"ha'), entry('a\n')]).lines.map(({ log, malformed }) => log ?? malformed)).toEqual([
    '{"log":"ha',
    'a',
  ]);
});

test('pieces whose end never comes are given when the container is gone', () => {
  const { left } = read([entry('half')]);
  expect(unfinishedLines(left, container).map((line) => JSON.parse(line.toString()))).toEqual([
    expect.objectContaining({ stream: 'stdout', log: 'half', continues: true }),
  ]);
});
