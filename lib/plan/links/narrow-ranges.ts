/**
 * Ranges that a place reaches through a tunnel: packets to them are smaller than those of its own network. Routers shorten TCP's
 * segments, but nobody tells a sender of UDP: tunnels' attachments do no path MTU discovery ("Transit gateway quotas", MTU).
 */
import { formatCidr, overlaps } from '../../estate/addresses/cidr';
import { distinctRanges } from '../../estate/addresses/ranges';
import { otherEnd } from '../../estate/model/links';
import type { Estate, Idc, Region } from '../../estate/model/model';
import { linksOf, type ResolvedLink } from '../../estate/model/resolved-links';
import type { NarrowRange } from './model';

/**
 * In order of address, each once. What only lines, peerings and transit carry isn't there.
 *
 * @param own largest packet of the place's own network, bytes of IP: a range that takes as much isn't there
 */
export function narrowRanges(estate: Estate, place: Region | Idc, own: number): NarrowRange[] {
  const links = linksOf(estate, place).map((link) => ({
    link,
    given: otherEnd(link, place.name).ranges.map(({ cidr }) => cidr),
  }));
  const tunnelled = distinctRanges(links.flatMap(({ link, given }) => (isTunnelled(link) ? given : [])));
  return tunnelled
    .map((range) => {
      const over = links.filter(({ given }) => given.some((other) => overlaps(other, range)));
      return { range: formatCidr(range), mtu: Math.min(...over.map(({ link }) => link.mtu)) };
    })
    .filter(({ mtu }) => mtu < own);
}

/** Whether packets may go through a tunnel, always or when something else fails. */
function isTunnelled({ kind, legs }: ResolvedLink): boolean {
  return kind === 'vpn' || legs.some((leg) => leg.kind === 'vpn');
}
