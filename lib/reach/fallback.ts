/** Where a leased line and a VPN carry the same, one of them is enough: who is left with only one. */
import { type PairChange, reachChange } from './change';
import { type ReachSummary, reachSummary } from './summary';
import { NOTHING_DOWN } from './without';
import type { World } from './world';

export type Carrier = 'line' | 'vpn';

export interface LessCarried {
  /** What is left. */
  readonly only: Carrier;
  readonly pairs: readonly PairChange[];
  /** Reach before without that one. */
  readonly had: ReachSummary;
}

/**
 * Pairs that reach each other before and after, but after only while that carrier stands.
 *
 * @param lost keys `<fleet> <fleet>` of pairs that are lost anyway
 */
export function lessCarried(before: World, after: World, lost: ReadonlySet<string>): LessCarried[] {
  if (carriersOf(before) === carriersOf(after)) return [];
  return (['vpn', 'line'] as const).flatMap((only): LessCarried[] => {
    const [had, has] = [before, after].map((world) => reachSummary(world, without(world, only)));
    const pairs = reachChange(had!, has!).lost.filter(({ from, to }) => !lost.has(`${from.fleet} ${to.fleet}`));
    return pairs.length === 0 ? [] : [{ only, pairs, had: had! }];
  });
}

function without({ lines, vpns }: World, down: Carrier) {
  return { ...NOTHING_DOWN, links: new Set((down === 'vpn' ? vpns : lines).map(({ id }) => id)) };
}

/** Lines, VPNs, and the routers at their other end. */
function carriersOf({ lines, vpns, routers }: World): string {
  return JSON.stringify([lines, vpns, routers]);
}
