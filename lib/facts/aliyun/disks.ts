/** The estate's classes of volumes in Aliyun's words. */
import { type Effect, worst } from '../effect';
import { rosEffect } from './updates';

export interface VolumeClass {
  readonly type: string;
  readonly iops?: number;
}

/** Operations a second that each performance level of an ESSD gives at most ("ESSDs"). */
const LEVELS: readonly (readonly [level: string, iops: number])[] = [
  ['PL1', 50_000],
  ['PL2', 100_000],
  ['PL3', 1_000_000],
];

/**
 * gp3 is an ESSD of level 1, io2 the least level above it that gives its operations, st1 an ultra disk. Source: ECS, "Disks" (Block
 * storage performance).
 */
export function diskCategory({ type, iops }: VolumeClass): { DiskCategory: string; PerformanceLevel?: string } {
  if (type === 'st1') return { DiskCategory: 'cloud_efficiency' };
  const least = type === 'io2' ? LEVELS.slice(1) : LEVELS;
  const [level] = least.find(([, most]) => (iops ?? 0) <= most) ?? least.at(-1)!;
  return { DiskCategory: 'cloud_essd', PerformanceLevel: level };
}

/** What becoming of another class does to a disk that stands. */
export function diskUpdate(before: VolumeClass, after: VolumeClass): Effect {
  const [from, to] = [diskCategory(before), diskCategory(after)];
  const changed = (['DiskCategory', 'PerformanceLevel'] as const).filter((property) => from[property] !== to[property]);
  return worst(changed.map((property) => rosEffect('ALIYUN::ECS::Disk', property, from[property], to[property])));
}
