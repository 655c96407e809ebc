/** What a change does to who reaches whom, read from what was emitted before and after. */
import type { EstateSource } from '../../../estate/read/source';
import { reachChange } from '../../../reach/change';
import { changeLines } from '../../../reach/change-words';
import { lessCarried } from '../../../reach/fallback';
import { readWorld, type WorldPlaces } from '../../../reach/read/read-world';
import { type End, reachSummary } from '../../../reach/summary';
import type { World } from '../../../reach/world';
import type { MeaningKind } from '../kinds';
import type { Meaning } from '../meaning/meaning';
import { samePaths } from './same-paths';

/**
 * Nothing is read but texts where no route, rule, interface, link or router file differs.
 *
 * @param before holds `cdk.out`, `aliyun.out`, `idc.out` as they stand; whichever there are
 * @param after the same as proposed
 */
export function reachabilityChange(before: EstateSource, after: EstateSource, places: WorldPlaces = {}): Meaning[] {
  if (samePaths(before, after, places)) return [];
  return reachabilityMeanings(readWorld(before, places), readWorld(after, places));
}

/** The same of two worlds that were read. */
export function reachabilityMeanings(was: World, is: World): Meaning[] {
  const [had, has] = [reachSummary(was), reachSummary(is)];
  const change = reachChange(had, has);
  const lost = new Set(change.lost.map(({ from, to }) => `${from.fleet} ${to.fleet}`));
  return [
    ...meaning('reach-lost', 'lost: who reached whom and no more does', changeLines(change.lost, had)),
    ...lessCarried(was, is, lost).flatMap(({ only, pairs, had: carried }) =>
      only === 'vpn'
        ? meaning('reach-only-vpn', 'only the VPN is left, no leased line stands beside it', changeLines(pairs, carried))
        : meaning('reach-only-line', 'only the leased line is left, no VPN stands in for it', changeLines(pairs, carried)),
    ),
    ...meaning('reach-gained', 'newly open: who reaches whom and did not', changeLines(change.gained, has)),
    ...meaning('reach-gone', 'no longer there, and reached by nobody', endLines(change.gone)),
    ...meaning('reach-come', 'new: they reach, and are reached', endLines(change.come)),
  ];
}

/** Stack of what is no one stack's. */
export const WHOLE_ESTATE = 'estate';

function meaning(kind: MeaningKind, what: string, details: readonly string[]): Meaning[] {
  if (details.length === 0) return [];
  return [{ kind, severity: 'reachability', stack: WHOLE_ESTATE, what, hosts: [], details, explains: [] }];
}

function endLines(ends: readonly End[]): string[] {
  const byPlace = new Map<string, string[]>();
  for (const { place, fleet } of ends) byPlace.set(place, [...(byPlace.get(place) ?? []), fleet]);
  return [...byPlace].map(([place, fleets]) => `${place}: ${fleets.sort().join(', ')}`);
}
