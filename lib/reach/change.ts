/** What of reachability differs between two worlds, fleet by fleet. */
import type { End, PairReach, ReachSummary } from './summary';

export interface PairChange {
  readonly from: End;
  readonly to: End;
  /** `some`: it still, or already, holds for others of the two fleets. `ports`: they reach each other, by other ports. */
  readonly extent: 'all' | 'some' | 'ports';
  /** What is lost or gained: `tcp/22`. */
  readonly ports: readonly string[];
  /** What the other world lets in between them. */
  readonly left: readonly string[];
  /** Lost: what stops them. Gained: what stopped them. */
  readonly codes: readonly string[];
}

export interface ReachChange {
  readonly lost: readonly PairChange[];
  readonly gained: readonly PairChange[];
  /** Fleets that only one of the two worlds has: what they reach is no question of paths. */
  readonly gone: readonly End[];
  readonly come: readonly End[];
}

export const SAME: ReachChange = { lost: [], gained: [], gone: [], come: [] };

export function reachChange(before: ReachSummary, after: ReachSummary): ReachChange {
  return {
    lost: lessThan(after, before),
    gained: lessThan(before, after),
    gone: [...before.ends].flatMap(([fleet, end]) => (after.ends.has(fleet) ? [] : [end])),
    come: [...after.ends].flatMap(([fleet, end]) => (before.ends.has(fleet) ? [] : [end])),
  };
}

/** Pairs of both worlds of which the one has less than the other. */
function lessThan(one: ReachSummary, other: ReachSummary): PairChange[] {
  return [...other.pairs].flatMap(([key, more]): PairChange[] => {
    const less = one.pairs.get(key);
    if (less === undefined || more.share === 0) return [];
    const { from, to } = more;
    const base = { from, to, left: [...less.ports].sort(), codes: [...less.codes].sort() };
    if (less.share < more.share) return [{ ...base, extent: less.share === 0 ? 'all' : 'some', ports: [...more.ports].sort() }];
    const ports = beyond(more, less);
    return less.share > more.share || ports.length === 0 ? [] : [{ ...base, extent: 'ports', ports }];
  });
}

/** A text of ports that the other doesn't have; where the other has all, it has each. */
function beyond(more: PairReach, less: PairReach): string[] {
  if (less.ports.has(EVERYTHING)) return [];
  return [...more.ports].filter((port) => !less.ports.has(port)).sort();
}

const EVERYTHING = 'all';
