/** Disks of Aliyun, and the estate's classes of volumes in their words. */
import { type Effect, worst } from '../effect';
import { type AskedVolume, type Gib, sizeFault, type VolumeFault } from '../volume';
import { rosEffect } from './updates';

export interface VolumeClass {
  readonly type: string;
  readonly iops?: number;
}

interface Disk {
  /** Size of a data disk. */
  readonly gib: Gib;
  /** Operations a second: the least, those that come with each GiB, and the most. */
  readonly iops: readonly [least: number, perGib: number, most: number];
}

/** Performance levels of an ESSD ("CreateDisk", Size, 2026-11; "ESSDs", formula for IOPS). */
const LEVELS = {
  PL0: { gib: [1, 65_536], iops: [1800, 12, 10_000] },
  PL1: { gib: [20, 65_536], iops: [1800, 50, 50_000] },
  PL2: { gib: [461, 65_536], iops: [1800, 50, 100_000] },
  PL3: { gib: [1261, 65_536], iops: [1800, 50, 1_000_000] },
} as const satisfies Record<string, Disk>;

/** Level of an ESSD that says none ("CreateDisk", PerformanceLevel). */
const USUAL_LEVEL = 'PL1';

/** GiB of data disks of the other categories ("CreateDisk", Size). */
const SIZES: Readonly<Record<string, Gib>> = {
  cloud: [5, 2000],
  cloud_efficiency: [20, 32_768],
  cloud_ssd: [20, 32_768],
  cloud_auto: [1, 65_536],
  cloud_essd_entry: [10, 32_768],
};

/** GiB that a data disk may have; undefined for a category or level that there isn't. */
export function diskGib(category: string, level: string = USUAL_LEVEL): Gib | undefined {
  return category === 'cloud_essd' ? (LEVELS as Readonly<Record<string, Disk>>)[level]?.gib : SIZES[category];
}

/** GiB of an image whose id says them, as those of public images do ("Public image release notes": aliyun_3_x64_20G_alibase_...). */
function imageGib(image: string): number | undefined {
  const found = /_(\d+)G_/.exec(image);
  return found === null ? undefined : Number(found[1]);
}

/** Category of hosts' system disks. */
export const SYSTEM_DISK = 'cloud_essd';

/**
 * GiB that a system disk may have ("CreateInstance", SystemDisk.Size: the image's at least, 2,048 at most, 500 of a basic disk; 20 at
 * least but for ESSDs).
 */
export function systemDiskGib(category: string, image = '', level?: string): Gib {
  const data = diskGib(category, level) ?? [20, 0];
  const least = category === 'cloud_essd' || category === 'cloud_auto' ? data[0] : 20;
  return [Math.max(least, imageGib(image) ?? 0), category === 'cloud' ? 500 : 2048];
}

/**
 * gp3 is an ESSD of level 1, io2 the least level above it that gives its operations, st1 an ultra disk. Source: ECS, "Disks" (Block
 * storage performance).
 */
export function diskCategory({ type, iops }: VolumeClass): { DiskCategory: string; PerformanceLevel?: keyof typeof LEVELS } {
  if (type === 'st1') return { DiskCategory: 'cloud_efficiency' };
  const levels = type === 'io2' ? (['PL2', 'PL3'] as const) : (['PL1', 'PL2', 'PL3'] as const);
  const level = levels.find((one) => (iops ?? 0) <= LEVELS[one].iops[2]) ?? 'PL3';
  return { DiskCategory: 'cloud_essd', PerformanceLevel: level };
}

/** What of an estate's volume its disk can't be, or wouldn't give. */
export function diskFaults({ type, gib, iops, throughput }: AskedVolume): VolumeFault[] {
  const { DiskCategory, PerformanceLevel } = diskCategory({ type, ...(iops === undefined ? {} : { iops }) });
  const name = [type, 'is', DiskCategory, ...(PerformanceLevel === undefined ? [] : [PerformanceLevel])].join(' ');
  const range = diskGib(DiskCategory, PerformanceLevel)!;
  const size = sizeFault(`${name} on Aliyun, which`, gib, range);
  const fault = (key: VolumeFault['key'], message: string, write?: number): VolumeFault => ({
    key,
    message: `${name} on Aliyun, ${message}`,
    ...(write === undefined ? {} : { write }),
  });
  const faults = size === undefined ? [] : [size];
  if (iops !== undefined && PerformanceLevel === undefined) faults.push(fault('iops', 'which takes no provisioned operations'));
  if (iops !== undefined && PerformanceLevel !== undefined) {
    const given = iopsOf(LEVELS[PerformanceLevel], size?.write ?? gib);
    if (iops > given) faults.push(fault('iops', `which gives ${given} operations a second of ${gib} GiB, not ${iops}`, given));
  }
  if (throughput !== undefined) faults.push(fault('throughput', 'whose throughput comes from its size and level'));
  return faults;
}

function iopsOf({ iops: [least, perGib, most] }: Disk, gib: number): number {
  return Math.min(most, least + perGib * gib);
}

/** What becoming of another class does to a disk that stands. */
export function diskUpdate(before: VolumeClass, after: VolumeClass): Effect {
  const [from, to] = [diskCategory(before), diskCategory(after)];
  const changed = (['DiskCategory', 'PerformanceLevel'] as const).filter((property) => from[property] !== to[property]);
  return worst(changed.map((property) => rosEffect('ALIYUN::ECS::Disk', property, from[property], to[property])));
}
