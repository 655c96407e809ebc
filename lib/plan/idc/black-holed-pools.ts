/** Null routes for the estate's pools: what no other route leads to must not follow the uplink's default route, out of the estate in the clear. */
import { formatCidr } from '../../estate/addresses/cidr';
import { distinctRanges } from '../../estate/addresses/ranges';
import type { Estate } from '../../estate/model/model';
import type { RouterPlan } from '../model';

/** Above every other's, so that any route to the same range wins: FRR user guide, "Administrative Distance Metrics" (BGP 20 and 200). */
export const LAST_DISTANCE = 250;

type Statics = RouterPlan['statics'];

/** The router's static routes and, behind them, those of the pools that it doesn't drop already. */
export function withPoolsBlackHoled({ addressing }: Pick<Estate, 'addressing'>, statics: Statics): Statics {
  const dropped = new Set(statics.filter(({ via }) => via === 'blackhole').map(({ destination }) => destination));
  const pools = distinctRanges([addressing.hosts.pool, addressing.containers.pool])
    .map(formatCidr)
    .filter((pool) => !dropped.has(pool));
  const why = 'pool of the estate: what no other route leads to goes nowhere';
  return [...statics, ...pools.map((destination) => ({ destination, via: 'blackhole', distance: LAST_DISTANCE, why }))];
}
