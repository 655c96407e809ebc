/** What volumes of each cloud may be, and that what is advised is so. */
import * as fc from 'fast-check';
import { ALIYUN } from '../../lib/clouds/aliyun';
import { AWS } from '../../lib/clouds/aws';
import { diskCategory, diskGib, systemDiskGib } from '../../lib/facts/aliyun/disks';
import { ebsFaults } from '../../lib/facts/aws/volumes';
import type { AskedVolume } from '../../lib/facts/volume';

/** "Amazon EBS volume types" and "CreateVolume": GiB, operations a second, MiB/s. */
test.each<[words: string, volume: AskedVolume, wrong: string[]]>([
  ['gp3 has 3,000 operations and 125 MiB/s', { type: 'gp3', gib: 1 }, []],
  ['750 MiB/s at 3,000 operations', { type: 'gp3', gib: 100, throughput: 750 }, []],
  ['751 MiB/s at 3,000 operations', { type: 'gp3', gib: 100, throughput: 751 }, ['iops']],
  ['2,000 MiB/s at 8,000 operations', { type: 'gp3', gib: 100, iops: 8000, throughput: 2000 }, []],
  ['2,001 MiB/s', { type: 'gp3', gib: 100, iops: 16_000, throughput: 2001 }, ['throughput']],
  ['124 MiB/s', { type: 'gp3', gib: 100, throughput: 124 }, ['throughput']],
  ['80,000 operations of 160 GiB', { type: 'gp3', gib: 160, iops: 80_000 }, []],
  ['80,000 operations of 159 GiB', { type: 'gp3', gib: 159, iops: 80_000 }, ['iops']],
  ['80,001 operations', { type: 'gp3', gib: 1000, iops: 80_001 }, ['iops']],
  ['2,999 operations', { type: 'gp3', gib: 1000, iops: 2999 }, ['iops']],
  ['gp3 of 64 TiB', { type: 'gp3', gib: 65_536 }, []],
  ['gp3 of more', { type: 'gp3', gib: 65_537 }, ['gb']],
  ['gp2 of 16 TiB', { type: 'gp2', gib: 16_384 }, []],
  ['gp2 with operations and throughput', { type: 'gp2', gib: 100, iops: 3000, throughput: 125 }, ['iops', 'throughput']],
  ['io1 of 4 GiB with 200 operations', { type: 'io1', gib: 4, iops: 200 }, []],
  ['io1 of 4 GiB with 201', { type: 'io1', gib: 4, iops: 201 }, ['iops']],
  ['io1 with 64,001 operations', { type: 'io1', gib: 16_384, iops: 64_001 }, ['iops']],
  ['io1 and io2 without operations', { type: 'io2', gib: 100 }, ['iops']],
  ['io2 of 4 GiB with 4,000', { type: 'io2', gib: 4, iops: 4000 }, []],
  ['io2 of 3 GiB', { type: 'io2', gib: 3, iops: 100 }, ['gb']],
  ['io2 with 256,000 operations of 256 GiB', { type: 'io2', gib: 256, iops: 256_000 }, []],
  ['io2 with throughput', { type: 'io2', gib: 100, iops: 4000, throughput: 500 }, ['throughput']],
  ['st1 and sc1 of 125 GiB', { type: 'sc1', gib: 125 }, []],
  ['st1 and sc1 of 124 GiB', { type: 'st1', gib: 124 }, ['gb']],
  ['a magnetic volume of 1 TiB', { type: 'standard', gib: 1024 }, []],
  ['a larger one', { type: 'standard', gib: 1025 }, ['gb']],
])('EBS, %s', (_, volume, wrong) => {
  expect(ebsFaults(volume).map(({ key }) => key)).toEqual(wrong);
});

/** "CreateDisk", Size, by category and performance level. */
test.each([
  ['cloud', undefined, 5, 2000],
  ['cloud_efficiency', undefined, 20, 32_768],
  ['cloud_ssd', undefined, 20, 32_768],
  ['cloud_essd', 'PL0', 1, 65_536],
  ['cloud_essd', undefined, 20, 65_536],
  ['cloud_essd', 'PL1', 20, 65_536],
  ['cloud_essd', 'PL2', 461, 65_536],
  ['cloud_essd', 'PL3', 1261, 65_536],
  ['cloud_auto', undefined, 1, 65_536],
  ['cloud_essd_entry', undefined, 10, 32_768],
])('ECS, a data disk %s %s has %i to %i GiB', (category, level, least, most) => {
  expect(diskGib(category, level)).toEqual([least, most]);
});

/** "CreateInstance", SystemDisk.Size: "greater than or equal to max{20, ImageSize}". */
test.each([
  ['cloud_essd', '', undefined, 20, 2048],
  ['cloud_essd', 'aliyun_3_x64_20G_alibase_20240819.vhd', undefined, 20, 2048],
  ['cloud_essd', 'win2022_21H2_x64_dtc_en-us_40G_alibase_20240819.vhd', undefined, 40, 2048],
  ['cloud_essd', 'm-2zeabcdefghijklmnopq', 'PL0', 1, 2048],
  ['cloud_essd', '', 'PL2', 461, 2048],
  ['cloud_efficiency', '', undefined, 20, 2048],
  ['cloud_essd_entry', '', undefined, 20, 2048],
  ['cloud', '', undefined, 20, 500],
])('ECS, a system disk %s with the image "%s" and level %s has %i to %i GiB', (category, image, level, least, most) => {
  expect(systemDiskGib(category, image, level)).toEqual([least, most]);
});

test('what a category or level is that there is not, is nothing', () => {
  expect([diskGib('cloud_esd'), diskGib('cloud_essd', 'PL4')]).toEqual([undefined, undefined]);
});

const volume = fc.record(
  {
    type: fc.constantFrom('gp3', 'io2', 'st1'),
    gib: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 65_536 })),
    iops: fc.oneof(fc.integer({ min: 100, max: 6000 }), fc.integer({ min: 100, max: 256_000 })),
    throughput: fc.integer({ min: 125, max: 2000 }),
  },
  { requiredKeys: ['type', 'gib'] },
);

test.each([AWS, ALIYUN])('$name takes every volume once what it says of it is done', (cloud) => {
  fc.assert(
    fc.property(volume, (asked) => {
      const changes = cloud.volumeFaults(asked).map(({ key, write }) => [key === 'gb' ? 'gib' : key, write]);
      expect(new Set(changes.map(([key]) => key)).size).toBe(changes.length);
      expect(cloud.volumeFaults({ ...asked, ...Object.fromEntries(changes) })).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('what makes a volume of another level is of that level', () => {
  expect(diskCategory({ type: 'gp3', iops: 50_000 })).toEqual({ DiskCategory: 'cloud_essd', PerformanceLevel: 'PL1' });
  expect(diskCategory({ type: 'gp3', iops: 50_001 })).toEqual({ DiskCategory: 'cloud_essd', PerformanceLevel: 'PL2' });
  expect(diskCategory({ type: 'io2', iops: 100_001 })).toEqual({ DiskCategory: 'cloud_essd', PerformanceLevel: 'PL3' });
});
