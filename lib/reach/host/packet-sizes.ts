/** Which packets a host sends and takes, by their size: its interface, its routes, the bridge of its containers. Its kernel tells whoever sends more. */
import { holds } from '../range';
import type { Limit, Sizes } from '../walk/outcome';
import type { SizedRoute } from './model';

/** The longest route to an address; undefined where the default route leads there. */
export function routeTo<T extends SizedRoute>(routes: readonly T[], address: number): T | undefined {
  return routes
    .filter(({ destination }) => holds(destination, address))
    .reduce<T | undefined>(
      (best, each) => (best === undefined || each.destination.bits > best.destination.bits ? each : best),
      undefined,
    );
}

/** Of what leaves a host. @param bridge of the container that sends it. @default - the host itself sends it, or no size of the bridge is known */
export function sendingSizes(mtu: number | undefined, route: SizedRoute | undefined, bridge: number | undefined): Sizes {
  const own = Math.min(mtu ?? Number.POSITIVE_INFINITY, route?.mtu ?? Number.POSITIVE_INFINITY);
  return { limits: [...limit(bridge), ...limit(Number.isFinite(own) ? own : undefined)] };
}

/** Of what comes to a container. */
export function takingSizes(bridge: number | undefined): Sizes {
  return { limits: limit(bridge) };
}

function limit(mtu: number | undefined): Limit[] {
  return mtu === undefined ? [] : [{ mtu, told: true }];
}
