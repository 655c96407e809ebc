/**
 * Memory, baseline bandwidth to volumes and baseline network bandwidth of the families that brokers and front ends run on. Baselines,
 * not what a type bursts to for half an hour. Sources: "Amazon EBS-optimized instance types" (baseline bandwidth), "Amazon EC2 instance
 * network bandwidth" and the tables of "Amazon EC2 instance types". A type that isn't here is not judged.
 */
import { instanceType } from './instance-types';

export interface InstancePerformance {
  readonly memoryGib: number;
  /** Bytes a second to and from volumes. */
  readonly volumes: number;
  /** Bytes a second in, and the same out. */
  readonly network: number;
}

const SIZES = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '9xlarge', '12xlarge', '16xlarge'] as const;

/** Mbit/s by size, in the order of SIZES. There is a 9xlarge in c5 only. */
const TO_VOLUMES = {
  gen5: [650, 1150, 2300, 4750, 6800, 9500, 9500, 13600],
  intel6: [650, 1250, 2500, 5000, 10000, 0, 15000, 20000],
  arm6: [630, 1188, 2375, 4750, 9500, 0, 14250, 19000],
  arm7: [630, 1250, 2500, 5000, 10000, 0, 15000, 20000],
} as const;

const NETWORK = {
  gen5: [750, 1250, 2500, 5000, 10000, 12000, 12000, 20000],
  gen6: [781, 1562, 3125, 6250, 12500, 0, 18750, 25000],
  arm6: [750, 1250, 2500, 5000, 12000, 0, 20000, 25000],
  gen8: [937, 1875, 3750, 7500, 15000, 0, 22500, 30000],
} as const;

const FAMILIES: readonly (readonly [families: string, volumes: keyof typeof TO_VOLUMES, network: keyof typeof NETWORK])[] = [
  ['m5 r5 c5', 'gen5', 'gen5'],
  ['m6i r6i c6i m6a r6a c6a m7i r7i c7i m7a r7a c7a', 'intel6', 'gen6'],
  ['m6g r6g c6g', 'arm6', 'arm6'],
  ['m7g r7g c7g m8g r8g c8g', 'arm7', 'gen8'],
  ['m8i r8i c8i', 'intel6', 'gen8'],
];

/** GiB a virtual processor, by the letter of the family. */
const MEMORY: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

const MEGABIT = 125_000;

/** What a type does all day; undefined for one that isn't known. */
export function instancePerformance(type: string): InstancePerformance | undefined {
  const [family = '', size = ''] = type.split('.');
  const row = FAMILIES.find(([families]) => families.split(' ').includes(family));
  const column = (SIZES as readonly string[]).indexOf(size);
  if (row === undefined || column < 0 || instanceType(type) === undefined) return undefined;
  return {
    memoryGib: MEMORY[family[0]!]! * processors(size),
    volumes: TO_VOLUMES[row[1]][column]! * MEGABIT,
    network: NETWORK[row[2]][column]! * MEGABIT,
  };
}

/** Virtual processors of a size from `large` on. */
export function processors(size: string): number {
  if (size === 'large') return 2;
  return size === 'xlarge' ? 4 : 4 * Number.parseInt(size, 10);
}
