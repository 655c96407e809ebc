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
    gone: endsOnlyIn(before, after),
    come: endsOnlyIn(after, before),
  };
}

/** Containers of hosts that still stand are not gone: no route leads to them. */
function endsOnlyIn(one: ReachSummary, other: ReachSummary): End[] {
  return [...one.ends].flatMap(([fleet, end]) => (other.ends.has(fleet) || missing(other, one, fleet) > 0 ? [] : [end]));
}

/** Pairs of both worlds of which the one has less than the other. */
function lessThan(one: ReachSummary, other: ReachSummary): PairChange[] {
  const kept = remembered((fleet) => keptShare(one, other, fleet));
  return [...other.pairs].flatMap(([key, more]): PairChange[] => {
    const { from, to } = more;
    const [mine, theirs] = [kept(from.fleet), kept(to.fleet)];
    if (more.share === 0 || mine === undefined || theirs === undefined) return [];
    const less = one.pairs.get(key);
    // Both ends stand, and have no two hosts that could be asked.
    if (less === undefined && mine > 0 && theirs > 0) return [];
    const share = (less?.share ?? 0) * mine * theirs;
    const base = { from, to, left: [...(less?.ports ?? [])].sort(), codes: codesOf(less, mine * theirs) };
    if (share < more.share) return [{ ...base, extent: share === 0 ? 'all' : 'some', ports: [...more.ports].sort() }];
    const ports = less === undefined ? [] : beyond(more, less);
    return share > more.share || ports.length === 0 ? [] : [{ ...base, extent: 'ports', ports }];
  });
}

function codesOf(less: PairReach | undefined, kept: number): string[] {
  return [...new Set([...(less?.codes ?? []), ...(kept < 1 ? ['NO_ROUTE'] : [])])].sort();
}

/** Of a fleet's endpoints in both worlds' hosts, the part that the one world has too. @returns undefined where it has none of the hosts */
function keptShare(one: ReachSummary, other: ReachSummary, fleet: string): number | undefined {
  const has = one.endpoints.get(fleet)?.size ?? 0;
  const lacks = missing(one, other, fleet);
  return has + lacks === 0 ? undefined : has / (has + lacks);
}

/** Endpoints of the other world that the one has not, although it has their hosts. */
function missing(one: ReachSummary, other: ReachSummary, fleet: string): number {
  const own = one.endpoints.get(fleet);
  return [...(other.endpoints.get(fleet) ?? [])].filter(([name, host]) => !own?.has(name) && one.hosts.has(host)).length;
}

function remembered<T>(answer: (fleet: string) => T): (fleet: string) => T {
  const known = new Map<string, T>();
  return (fleet) => {
    if (!known.has(fleet)) known.set(fleet, answer(fleet));
    return known.get(fleet)!;
  };
}

/** A text of ports that the other doesn't have; where the other has all, it has each. */
function beyond(more: PairReach, less: PairReach): string[] {
  if (less.ports.has(EVERYTHING)) return [];
  return [...more.ports].filter((port) => !less.ports.has(port)).sort();
}

const EVERYTHING = 'all';
