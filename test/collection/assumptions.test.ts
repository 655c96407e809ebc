/** What the sizing takes for granted is what the profiles say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { BROKER_MEMORY, FRONT_END_LINES, MIRROR_HEAP_GIB, ROOT_SPOOL_FILL, SPOOL_FILL } from '../../lib/collection/assumptions';
import { CONTROLLER_GIB } from '../../lib/collection/figures/cost';
import { SPOOL_LINE_BYTES, SPOOL_SEGMENT_BYTES } from '../../lib/collection/framing';
import { KAFKA_VOLUME, SPOOL_VOLUME } from '../../lib/collection/written';
import { SPOOL_FRAME_BYTES } from '../../lib/estate/model/kafka-model';
import { instancePerformance } from '../../lib/facts/aws/instance-performance';
import { instanceType } from '../../lib/facts/aws/instance-types';

function profile(name: string) {
  return parse(readFileSync(join(__dirname, '../../cloud-config', name, 'profile.yaml'), 'utf8'));
}

const parameter = (name: string, key: string): number => profile(name).parameters.properties[key].default;

test('a broker’s heap is that of the profile kafka', () => {
  expect(parameter('kafka', 'heapMb')).toBe(BROKER_MEMORY.heapGib * 1024);
});

test('a mirror’s worker has the heap that the profile gives it', () => {
  expect(parameter('kafka-mirror', 'heapMb')).toBe(MIRROR_HEAP_GIB * 1024);
});

test('a front end takes and forwards what the page of its bench says, with lines of the same length', () => {
  const page = readFileSync(join(__dirname, '../../docs/collection/front-ends.md'), 'utf8');
  const { bytes, taken, forwarded } = FRONT_END_LINES;
  expect(page).toContain(`100 lines of ${bytes} bytes a request | `);
  expect(page).toContain(`| ${taken.toLocaleString('en-US')} acknowledged lines a second`);
  expect(page).toContain(`${forwarded.toLocaleString('en-US')} lines a second`);
});

test('spools fill as much of their disks, in segments of the size, as the profile front-end says', () => {
  expect(parameter('front-end', 'spoolPercent')).toBe(SPOOL_FILL * 100);
  expect(parameter('front-end', 'rootPercent')).toBe(ROOT_SPOOL_FILL * 100);
  expect(parameter('front-end', 'segmentMb') * 1_000_000).toBe(SPOOL_SEGMENT_BYTES);
});

test('a line alone costs the measured frame, the name of its topic and a newline', () => {
  expect(SPOOL_LINE_BYTES).toBe(SPOOL_FRAME_BYTES + 'eleven-long'.length + 1);
});

test('volumes have the names that the profiles ask for', () => {
  expect(profile('kafka-broker').volumes).toMatchObject([{ name: KAFKA_VOLUME }]);
  expect(profile('front-end').volumes).toMatchObject([{ name: SPOOL_VOLUME }]);
  expect(profile('kafka-controller').volumes).toMatchObject([{ gb: CONTROLLER_GIB }]);
});

describe('what is known of instance types', () => {
  test('is of types that exist, and of no bandwidth that is nothing', () => {
    const known = ['m5', 'r5', 'c5', 'm6i', 'c6a', 'r7i', 'm6g', 'c7g', 'r8g', 'm8i'].flatMap((family) =>
      ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '9xlarge', '12xlarge', '16xlarge']
        .map((size) => `${family}.${size}`)
        .filter((type) => instancePerformance(type) !== undefined),
    );
    expect(known).toContain('c5.9xlarge');
    expect(known).not.toContain('m6i.9xlarge');
    for (const type of known) {
      expect(instanceType(type)).toBeDefined();
      expect(Math.min(...Object.values(instancePerformance(type)!))).toBeGreaterThan(0);
    }
  });

  test('are the baselines of the cloud’s own tables', () => {
    expect(instancePerformance('r5.xlarge')).toEqual({ memoryGib: 32, volumes: 143.75e6, network: 156.25e6 });
    expect(instancePerformance('m6i.large')).toEqual({ memoryGib: 8, volumes: 81.25e6, network: 97.625e6 });
    expect(instancePerformance('c7g.4xlarge')).toEqual({ memoryGib: 32, volumes: 625e6, network: 937.5e6 });
    expect(instancePerformance('t3.medium')).toBeUndefined();
  });
});
