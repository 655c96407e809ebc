/**
 * Which of a data centre's lines and VPNs to a place goes first. Said once, as a preference, and told to both ends: the routers take it as
 * local preference, the cloud hears it as a longer AS path, and Direct Connect as a community too.
 */
import { LINE_COMMUNITIES } from '../../facts/aws/limits';
import { gatewayOf } from './line-gateways';
import { preferenceOf } from './links';
import type { EdgeLink } from './resolved-links';

/** Lines, or VPNs, over which the same addresses are told: those that lead to the same region, by whichever gateway. */
export function rivalsOf(link: EdgeLink, links: readonly EdgeLink[]): EdgeLink[] {
  const { idc, reaches } = link.edge;
  return links.filter(
    ({ kind, edge }) =>
      kind === link.kind && edge.idc.name === idc.name && edge.reaches.some((region) => reaches.includes(region)),
  );
}

/** They come in by the same Direct Connect gateway. */
export function shareGateway(link: EdgeLink, other: EdgeLink): boolean {
  return link.kind === 'leased-line' && other.kind === 'leased-line' && gatewayOf(link) === gatewayOf(other);
}

/** How many preferences go before its own. */
function before(link: EdgeLink, links: readonly EdgeLink[]): number {
  return new Set(links.map(preferenceOf).filter((preference) => preference > preferenceOf(link))).size;
}

/** How often the data centre puts its AS number in front of what it tells over the link, beside the once that every speaker does. */
export function prependsOf(link: EdgeLink, links: readonly EdgeLink[]): number {
  return link.kind === 'vpn' ? link.vpn.prepends : before(link, rivalsOf(link, links));
}

/** What Direct Connect is told of a line that isn't alone at its gateway. */
export function communityOf(link: EdgeLink, links: readonly EdgeLink[]): string | undefined {
  const lines = links.filter((other) => shareGateway(link, other));
  if (lines.length < 2 || link.edge.region.provider !== 'aws') return undefined;
  return LINE_COMMUNITIES[before(link, lines)] ?? LINE_COMMUNITIES.at(-1);
}
