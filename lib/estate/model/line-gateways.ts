/** Direct Connect gateways: an entry of the links makes one, other lines come in by it, and other regions are associated with it. */
import type { AssociationLink, LeasedLineLink, Link } from './model';

export type GatewayLink = LeasedLineLink | AssociationLink;

/** Leased lines and associations. On Aliyun a line's border router is its own. */
export function hasGateway<L extends Link>(link: L): link is Extract<L, GatewayLink> {
  return link.kind === 'leased-line' || link.kind === 'association';
}

/** The entry that it names as its gateway's; undefined where it makes one itself. */
export function namedGateway(link: GatewayLink): string | undefined {
  return link.kind === 'leased-line' ? link.line.gateway : link.association.gateway;
}

/** The entry that makes its gateway. */
export function gatewayOf(link: GatewayLink): string {
  return namedGateway(link) ?? link.group;
}

/** AS number of its gateway; 0 where no entry says it. */
export function gatewayNumber(link: GatewayLink): number {
  return link.kind === 'leased-line' ? link.line.asn : link.association.asn;
}
