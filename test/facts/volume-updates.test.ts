/** What becoming of another class does to a volume that stands, by the tables of both clouds. */
import { ALIYUN } from '../../lib/clouds/aliyun';
import { AWS } from '../../lib/clouds/aws';
import { worst } from '../../lib/facts/effect';

const TYPES = ['gp3', 'io2', 'st1'];
const pairs = TYPES.flatMap((from) => TYPES.filter((to) => to !== from).map((to) => [from, to] as const));

test.each(pairs)('AWS makes %s into %s in place, and gives it other operations', (from, to) => {
  expect(AWS.volumeUpdate({ type: from }, { type: to, iops: 5000 })).toBe('none');
});

test.each(pairs)('ROS refuses to make %s into %s', (from, to) => {
  expect(ALIYUN.volumeUpdate({ type: from, iops: 2000 }, { type: to, iops: 2000 })).toBe('refused');
});

test('ROS refuses operations of another performance level, and sees no change in those of the same', () => {
  expect(ALIYUN.volumeUpdate({ type: 'gp3', iops: 3000 }, { type: 'gp3', iops: 60_000 })).toBe('refused');
  expect(ALIYUN.volumeUpdate({ type: 'gp3', iops: 3000 }, { type: 'gp3', iops: 40_000 })).toBe('none');
  expect(ALIYUN.volumeUpdate({ type: 'gp3' }, { type: 'gp3' })).toBe('none');
});

test('of several effects the worst holds, and what nobody knows is worse than a moment of rest', () => {
  expect(worst([])).toBe('none');
  expect(worst(['none', 'interrupt', 'unknown'])).toBe('unknown');
  expect(worst(['unknown', 'replace', 'none'])).toBe('replace');
  expect(worst(['replace', 'refused'])).toBe('refused');
});
