/** Ranges that no place of an estate may have, whatever cloud it is in. */
import { DOCKER_POOL } from '../../facts/docker';
import { UNUSABLE } from '../../facts/ranges';
import { type Cidr, cidr, nextFree } from './cidr';

export interface UnusableRange {
  readonly range: Cidr;
  /** What it is for. */
  readonly what: string;
}

export const UNUSABLE_RANGES: readonly UnusableRange[] = [
  ...[...UNUSABLE].map(([range, what]) => ({ range: cidr(range), what })),
  { range: cidr(DOCKER_POOL), what: "for tests between networks, and docker's own networks on hosts have it" },
];

/** The first free block of a pool that a place may have; undefined when the pool is full. */
export function nextUsable(pool: Cidr, bits: number, taken: readonly Cidr[]): Cidr | undefined {
  return nextFree(pool, bits, [...taken, ...UNUSABLE_RANGES.map(({ range }) => range)]);
}
