/** Who has which address of a rack's subnet: the gateway the first, hosts those after it, routers of a pair the last. */
import type { IdcRack } from '../model/model';
import { addressAt, cidrSize, type Ipv4 } from './cidr';

/** Offset of the gateway in a rack's subnet. */
export const GATEWAY = 1;

/** Offset of host 1; host n has the n-th address after the gateway. */
export const FIRST_HOST = GATEWAY + 1;

type Rack = Pick<IdcRack, 'routers' | 'subnet'>;

/** Routers that share the gateway's address, each with one of its own beside it: none where the rack has one router, which has the gateway's. */
function pair({ routers }: Rack): readonly string[] {
  return routers.length > 1 ? routers : [];
}

/** Addresses of a subnet that no host has: the network's, the gateway's, those of a pair of routers, the broadcast address. */
export function takenAddresses(rack: Rack): number {
  return FIRST_HOST + pair(rack).length + 1;
}

/** Highest number of a host that has an address. */
export function hostPlaces(rack: Rack): number {
  return Math.max(0, cidrSize(rack.subnet) - takenAddresses(rack));
}

/** A router's own address in the rack: of a pair one of the last, in order of name, so that it stays whichever is preferred. */
export function routerAddress(rack: Rack, router: string): Ipv4 {
  const both = [...pair(rack)].sort();
  const at = both.indexOf(router);
  return addressAt(rack.subnet, at < 0 ? GATEWAY : cidrSize(rack.subnet) - 1 - both.length + at);
}
