import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root';

const PROGRAMS = join(ROOT, 'lib/host-programs');

/** Why a file asks what time it is: others are told it, or compare it with what others tell. */
const asks = {
  'front-end/forward/forwarder.ts': 'the time of a record',
  'front-end/heartbeat.ts': 'the time of a heartbeat',
  'watch/main.ts': 'times of heartbeats, ends of certificates',
  'watch/watch-metrics.ts': 'the same',
};

test('no program measures how long something takes by a clock that can be set', () => {
  const files = readdirSync(PROGRAMS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const asking = files.filter((path) => /(?<!`)Date\.now\b|new Date\(\)/.test(readFileSync(join(PROGRAMS, path), 'utf8')));
  expect(asking.sort()).toEqual(Object.keys(asks).sort());
});
