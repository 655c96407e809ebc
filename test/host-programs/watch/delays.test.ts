import fc from 'fast-check';
import { Delays } from '../../../lib/host-programs/watch/delays';
import { AHEAD_MS, readHeartbeat } from '../../../lib/host-programs/watch/heartbeat';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const delays = (): Delays => new Delays(['us-east-1', 'sa-east-1'], 0, 5 * MINUTE, 24 * HOUR);
const beat = (at: number, frontEnd = 'f1') => ({ region: 'sa-east-1', frontEnd, at });

test('a delay is the way of the last heartbeat, and the longest one of the last minutes', () => {
  const watched = delays();
  watched.add('sa-east-1', beat(1000), 9000);
  watched.add('sa-east-1', beat(6000), 7000);
  expect(watched.frontEnds(10_000)).toEqual([{ region: 'sa-east-1', frontEnd: 'f1', last: 1, longest: 8, silent: 4 }]);
  expect(watched.frontEnds(9000 + 5 * MINUTE)[0]).not.toHaveProperty('longest');
  expect(watched.frontEnds(9000 + 5 * MINUTE)[0]).toMatchObject({ last: 1 });
});

test('a region that never said anything is silent since the watch began', () => {
  expect(delays().byRegion(90_000)).toEqual([
    { region: 'us-east-1', age: 90, count: 0 },
    { region: 'sa-east-1', age: 90, count: 0 },
  ]);
});

test('a region is as silent as the freshest of its front ends', () => {
  const watched = delays();
  watched.add('sa-east-1', beat(10_000, 'f1'), 10_500);
  watched.add('sa-east-1', beat(70_000, 'f2'), 70_500);
  expect(watched.byRegion(100_000)[1]).toEqual({ region: 'sa-east-1', age: 30, count: 2 });
  expect(watched.frontEnds(100_000).map(({ frontEnd, silent }) => [frontEnd, silent])).toEqual([
    ['f1', 90],
    ['f2', 30],
  ]);
});

test('a heartbeat from before the watch tells when a front end was last heard, and no delay', () => {
  const watched = delays();
  watched.add('sa-east-1', beat(1000), undefined);
  expect(watched.frontEnds(4000)).toEqual([{ region: 'sa-east-1', frontEnd: 'f1', silent: 3 }]);
});

test('a backlog is late, and the region is as old as its newest line', () => {
  const watched = delays();
  watched.add('sa-east-1', beat(1000), 8 * HOUR);
  expect(watched.frontEnds(8 * HOUR)[0]!.last).toBeCloseTo(28_799);
  expect(watched.byRegion(8 * HOUR)[1]!.age).toBeCloseTo(28_799);
});

test('a front end that is silent for a day is forgotten; its backlog that still comes is not silence', () => {
  const watched = delays();
  watched.add('sa-east-1', beat(0, 'gone'), 1000);
  watched.add('sa-east-1', beat(1000, 'late'), 20 * HOUR);
  expect(watched.frontEnds(25 * HOUR).map(({ frontEnd }) => frontEnd)).toEqual(['late']);
});

test('a line counts for the region whose topic it came by', () => {
  const watched = delays();
  watched.add('us-east-1', beat(1000), 2000);
  expect(watched.byRegion(2000).map(({ count }) => count)).toEqual([1, 0]);
});

test('whatever the order and the clocks, no number is negative, and the longest is the longest', () => {
  const arrivals = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 10 * MINUTE }),
      way: fc.integer({ min: -5000, max: HOUR }),
      who: fc.constantFrom('a', 'b'),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(arrivals, (given) => {
      const watched = delays();
      const now = 2 * HOUR;
      const sorted = [...given].sort((x, y) => x.at + x.way - (y.at + y.way));
      for (const { at, way, who } of sorted) watched.add('sa-east-1', beat(at, who), at + way);
      for (const { frontEnd, last, longest, silent } of watched.frontEnds(now)) {
        const own = sorted.filter(({ who }) => who === frontEnd);
        const recent = own.filter(({ at, way }) => at + way > now - 5 * MINUTE).map(({ way }) => Math.max(0, way) / 1000);
        expect(silent).toBe((now - Math.max(...own.map(({ at }) => at))) / 1000);
        expect(last).toBe(Math.max(0, own.at(-1)!.way) / 1000);
        expect(longest).toBe(recent.length === 0 ? undefined : Math.max(...recent));
      }
      expect(watched.byRegion(now)[1]!.count).toBe(given.length);
    }),
  );
});

const KEY = 'sa-east-1-core-front-1/0123456789ab/7';
const said = { meissa: 'heartbeat', region: 'sa-east-1', frontEnd: 'sa-east-1-core-front-1', at: 1 };
const read = (value: string, key = KEY, now = 1) => readHeartbeat({ key, value }, 'sa-east-1', now);

test('only heartbeats are heartbeats', () => {
  expect(read(JSON.stringify(said))).toEqual({ region: 'sa-east-1', frontEnd: 'sa-east-1-core-front-1', at: 1 });
  for (const other of [{ meissa: 'x' }, { at: 'now' }, { frontEnd: null }])
    expect(read(JSON.stringify({ ...said, ...other }))).toBe('other');
  for (const text of ['', 'null', '1', '[]', '{']) expect(read(text)).toBe('other');
  fc.assert(fc.property(fc.string(), (text) => read(text) === 'other'));
});

test.each([
  ['another front end wrote it', { frontEnd: 'sa-east-1-core-front-2' }, KEY],
  ['another region', { region: 'us-east-1' }, KEY],
  ['a front end of another region', { frontEnd: 'us-east-1-f' }, 'us-east-1-f/0123456789ab/7'],
  ['a sender gave the key', {}, 'sa-east-1-core-front-1/file-1/0123456789ab/7'],
  ['nobody gave a key', {}, ''],
])('%s: it is no heartbeat of this region', (_, more, key) => {
  expect(read(JSON.stringify({ ...said, ...more }), key)).toBe('stranger');
});

test('a heartbeat from the future does not hide that nothing comes', () => {
  expect(read(JSON.stringify({ ...said, at: 1 + AHEAD_MS }))).toMatchObject({ at: 1 + AHEAD_MS });
  expect(read(JSON.stringify({ ...said, at: 2 + AHEAD_MS }))).toBe('future');
});
