import type { Region } from '../store/world';
import type { Route, RouteTable } from './world/network';
import { type RouteState, routeState, transitRoutes } from './world/routes';
import type { TransitTable } from './world/transit';

/** A route as it stands. */
export interface RouteInventory {
  destination: string;
  /** What it points at: an id, or `local`. */
  target: string;
  kind: Route['target']['kind'];
  /** Whether what it points at takes packets. */
  state: RouteState;
}

/** A route of a transit table as it stands. */
export interface TransitRouteInventory {
  destination: string;
  /** Id of the attachment, or `blackhole`. */
  target: string;
  /** What the attachment leads to: `vpc`, `peering`, `vpn`, `direct-connect-gateway`; absent where it leads nowhere. */
  to?: string;
  kind: 'static' | 'propagated';
  state: RouteState;
}

/** A transit gateway as it stands. */
export interface TransitInventory {
  id: string;
  asn: number;
  name?: string;
  attachments: { id: string; kind: string; resource: string; state: string }[];
  tables: {
    id: string;
    name?: string;
    associations: string[];
    propagations: string[];
    routes: TransitRouteInventory[];
  }[];
}

/** A peering connection as it stands. */
export interface PeeringInventory {
  id: string;
  vpc: string;
  peerVpc: string;
  peerRegion: string;
  status: string;
}

/** Either cloud's peerings. */
export const peeringsOf = ({ peerings }: { peerings: Record<string, PeeringInventory> }): PeeringInventory[] =>
  Object.values(peerings).map(({ id, vpc, peerVpc, peerRegion, status }) => ({ id, vpc, peerVpc, peerRegion, status }));

/** What of links stands in a region. */
export interface LinkInventory {
  peerings: PeeringInventory[];
  transitGateways: TransitInventory[];
  vpns: { id: string; gateway: string; tunnels: string[] }[];
}

/** A table's routes. */
export const routesOf = (r: Region, t: RouteTable): RouteInventory[] =>
  t.routes.map((x) => ({
    destination: x.destination,
    target: x.target.id,
    kind: x.target.kind,
    state: routeState(r, t.vpc, x),
  }));

const transitRoutesOf = (r: Region, t: TransitTable): TransitRouteInventory[] =>
  transitRoutes(r, t).map((x) => ({
    destination: x.destination,
    target: x.attachment ?? 'blackhole',
    ...(x.attachment === undefined ? {} : { to: r.transitAttachments[x.attachment]?.kind }),
    kind: x.kind,
    state: x.state,
  }));

/** Reads a region's links. */
export function linksOf(r: Region): LinkInventory {
  return {
    peerings: peeringsOf(r),
    transitGateways: Object.values(r.transitGateways).map((g) => ({
      id: g.id,
      asn: g.asn,
      name: g.tags.Name,
      attachments: Object.values(r.transitAttachments)
        .filter((a) => a.gateway === g.id)
        .map(({ id, kind, resource, state }) => ({ id, kind, resource, state })),
      tables: Object.values(r.transitTables)
        .filter((t) => t.gateway === g.id)
        .map((t) => ({
          id: t.id,
          name: t.tags.Name,
          associations: [...t.associations],
          propagations: [...t.propagations],
          routes: transitRoutesOf(r, t),
        })),
    })),
    vpns: Object.values(r.vpns).map((v) => ({ id: v.id, gateway: v.gateway, tunnels: v.tunnels.map((t) => t.inside) })),
  };
}
