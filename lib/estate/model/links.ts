/** Facts about one link or one place, without the rest of the estate; with it: resolved-links. */
import type { Provider } from '../../clouds/cloud';
import { cloudOf } from '../../clouds/clouds';
import { INTERNET_MTU, TRANSIT_MTU, VPN_MTU } from '../../facts/packet-sizes';
import type { Cidr } from '../addresses/cidr';
import type { Idc, Link, LinkEnd, Region } from './model';

/** True for a region, false for a data centre. */
export function isRegion(place: Region | Idc | undefined): place is Region {
  return place !== undefined && 'provider' in place;
}

/** True for a data centre. */
export function isIdc(place: Region | Idc | undefined): place is Idc {
  return place !== undefined && 'racks' in place;
}

interface Ends<E extends LinkEnd> {
  readonly id: string;
  readonly a: E;
  readonly b: E;
}

/** The end of a link at this place; throws where the link doesn't end there. */
export function endAt<E extends LinkEnd>({ id, a, b }: Ends<E>, place: string): E {
  if (a.place === place) return a;
  if (b.place === place) return b;
  throw new RangeError(`${id} doesn't end at ${place}`);
}

/** The end of a link that is not at this place. */
export function otherEnd<E extends LinkEnd>({ a, b }: Ends<E>, place: string): E {
  return a.place === place ? b : a;
}

/** AS number of a region's transit gateway; undefined where none is written and the cloud has none of its own. */
export function gatewayAsn(region: Pick<Region, 'provider' | 'transit'>): number | undefined {
  return region.transit?.asn ?? cloudOf(region).asNumber;
}

/**
 * Addresses that containers of a place have: its container block; in mode `prefix` the host block; undefined where they
 * use the addresses of their hosts.
 */
export function containerBlock(place: Region | Idc): Cidr | undefined {
  if (!isRegion(place)) return place.containers;
  const { mode, block } = place.containers;
  if (mode === 'prefix') return place.block;
  return mode === 'host-gw' ? block : undefined;
}

/** Name of the router that a leased line or VPN ends at. */
export function routerOf(link: Extract<Link, { kind: 'leased-line' | 'vpn' }>): string {
  return link.kind === 'vpn' ? link.vpn.router : link.line.router;
}

/** Preference of a leased line or VPN among those of its data centre. */
export function preferenceOf(link: Extract<Link, { kind: 'leased-line' | 'vpn' }>): number {
  return link.kind === 'vpn' ? link.vpn.preference : link.line.preference;
}

/**
 * Largest packet that hosts send over a link itself, bytes of IP. Over a peering they keep to what is sure in every partition, although
 * between most regions it takes more (PEERING_MTU): another figure would change the user-data of standing hosts.
 *
 * @param cloud of its region, or of either
 */
export function linkMtu(link: Link, cloud: Provider): number {
  switch (link.kind) {
    case 'peering':
      return INTERNET_MTU;
    case 'transit':
      return TRANSIT_MTU;
    case 'leased-line':
      return link.line.mtu;
    case 'vpn':
      return VPN_MTU[cloud];
  }
}
