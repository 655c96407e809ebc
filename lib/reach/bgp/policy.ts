/** What a route-map does to a route. Source: FRR user guide, "Route Maps", "IP Prefix List". */
import { holdsRange } from '../range';
import type { Range, RoutePolicy } from '../world';

type Clause = RoutePolicy['clauses'][number];

/** The clause that lets the route through; undefined when it is refused: by a clause, or because none matches. */
export function permitting(policy: RoutePolicy, prefix: Range): Clause | undefined {
  const clause = policy.clauses.find(({ match }) => match === undefined || listPermits(match, prefix));
  return clause?.permit === true ? clause : undefined;
}

/** Without `ge` and `le` the length must be the same; with them it may be longer. */
function listPermits(list: NonNullable<Clause['match']>, prefix: Range): boolean {
  for (const { permit, range, ge, le } of list) {
    if (!holdsRange(range, prefix)) continue;
    const least = ge ?? range.bits;
    const most = le ?? (ge === undefined ? range.bits : 32);
    if (prefix.bits >= least && prefix.bits <= most) return permit;
  }
  return false;
}
