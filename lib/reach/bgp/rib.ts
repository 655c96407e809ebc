/** A router's connected and static routes. Source: FRR user guide, "Static routing": a route whose next hop does not resolve is not installed. */

import { formatIpv4 } from '../../estate/addresses/cidr';
import { LongestPrefix } from '../longest-prefix';
import { holds, networkOf } from '../range';
import type { Range, Router, WorldFault } from '../world';

export type RibRoute =
  | { readonly kind: 'connected'; readonly destination: Range; readonly interface: string }
  | {
      readonly kind: 'static';
      readonly destination: Range;
      readonly via: number;
      readonly distance: number;
      readonly line: number;
    }
  | { readonly kind: 'null'; readonly destination: Range; readonly distance: number; readonly line: number };

/** Of a static route that says none. Source: FRR user guide, "Administrative Distance Metrics". */
const STATIC_DISTANCE = 1;

/** Static routes that one next hop is followed over. */
const MOST_STEPS = 4;

export class Rib {
  readonly routes = new LongestPrefix<RibRoute>();
  /** Next hops that were followed no further. */
  readonly faults: WorldFault[] = [];

  constructor(readonly router: Router) {
    for (const face of router.interfaces) {
      const destination = networkOf(face);
      this.routes.add(destination, { kind: 'connected', destination, interface: face.name });
    }
    const statics = router.statics.map((route) => ({ distance: STATIC_DISTANCE, ...route }));
    // The first route to a range stays: the one with the least distance.
    for (const least of [...new Set(statics.map(({ distance }) => distance))].sort((a, b) => a - b))
      this.addStatics(statics.filter(({ distance }) => distance === least));
    for (const { via, line } of router.statics) if (via !== undefined) this.follow(via, line);
  }

  /** Those that resolve by connected routes first; others may resolve by them. */
  private addStatics(routes: readonly (Router['statics'][number] & { readonly distance: number })[]): void {
    let waiting = routes;
    for (let before = -1; waiting.length !== before; ) {
      before = waiting.length;
      waiting = waiting.filter(({ destination, via, distance, line }) => {
        if (via !== undefined && this.connected(via) === undefined) return true;
        const route = { destination, distance, line };
        this.routes.add(destination, via === undefined ? { ...route, kind: 'null' } : { ...route, kind: 'static', via });
        return false;
      });
    }
  }

  /** Tells of a next hop that leads over too many static routes, or round in a circle. */
  private follow(via: number, line: number): void {
    let address = via;
    for (let step = 0; step <= MOST_STEPS; step++) {
      const route = this.routes.find(address);
      if (route?.kind !== 'static') return;
      address = route.via;
    }
    const message = `its next hop ${formatIpv4(via)} leads over more than ${MOST_STEPS} static routes, and is taken for unknown`;
    this.faults.push({ where: this.router.file, what: `line ${line}`, message });
  }

  /** The neighbour on a wire that a next hop comes to, by connected and static routes; undefined when it does not resolve. */
  connected(address: number, depth = 0): number | undefined {
    const route = this.routes.find(address);
    if (route === undefined || route.kind === 'null' || depth > MOST_STEPS) return undefined;
    return route.kind === 'connected' ? address : this.connected(route.via, depth + 1);
  }

  /** Whether an address is one of the router's own. */
  own(address: number): boolean {
    return this.router.interfaces.some((i) => i.address === address);
  }

  /** The own address on the wire of a neighbour. */
  facing(address: number): number | undefined {
    return this.router.interfaces.find((i) => i.bits < 32 && holds(networkOf(i), address))?.address;
  }
}
