import { BYTE_SIZE_RULE, DURATION_RULE, parseBytes, parseDuration, parseRate, RATE_RULE } from '../../lib/estate/units';
import { collect } from './collecting';
import { loadChanged } from './written';

test('the rules name every unit that is understood, and no other', () => {
  const units = (rule: string) =>
    rule
      .split('a number and ')[1]!
      .split(', where')[0]!
      .split(/, | or /);
  expect(units(RATE_RULE).map((unit) => parseRate(`2${unit}`))).toEqual([2, 2e3, 2e6, 2e9, 2e12]);
  expect(units(BYTE_SIZE_RULE).map((unit) => parseBytes(`2${unit}`))).toEqual([2, 2e3, 2e6, 2e9, 2e12]);
  expect(units(DURATION_RULE).map((unit) => parseDuration(`2${unit}`))).toEqual([2, 120, 7200, 172_800]);
  for (const text of ['1KB/s', '1kb/s', '1KiB/s', '8Mbit/s', '1MB', '1 MB/s', 'MB/s']) expect(parseRate(text)).toBeUndefined();
});

test.each([
  ['peak', '1KB/s', RATE_RULE],
  ['average', '8Mbit/s', RATE_RULE],
  ['line', '1KiB', BYTE_SIZE_RULE],
])('a %s of %s in a region’s file is refused with the units that may be written', (key, written, rule) => {
  const { findings } = loadChanged((w) => {
    collect(w).south.kafka.load[key] = written;
  });
  const finding = findings.find(({ path }) => path === `clusters.collection.kafka.load.${key}`);
  expect(finding).toMatchObject({ severity: 'error' });
  expect(`${finding!.message} ${finding!.fix}`).toContain(rule);
});
