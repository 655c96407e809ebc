import type { Region } from '../../store/world';
import type { Route } from './network';
import type { TransitRoute, TransitTable } from './transit';

/** Whether a route's target still takes packets: a route to something that went stands on, and drops them. */
export type RouteState = 'active' | 'blackhole';

/** State of a VPC's route. */
export function routeState(region: Region, vpc: string, route: Route): RouteState {
  const { kind, id } = route.target;
  const works =
    kind === 'interface'
      ? region.interfaces[id]?.attachment !== undefined
      : kind === 'nat'
        ? region.natGateways[id] !== undefined
        : kind === 'peering'
          ? region.peerings[id]?.status === 'active'
          : kind === 'transit'
            ? isAttached(region, id, vpc)
            : kind === 'gateway' && id.startsWith('igw-')
              ? region.internetGateways[id]?.vpc === vpc
              : true;
  return works ? 'active' : 'blackhole';
}

/** Whether a VPC has an attachment of a transit gateway that takes packets. */
export const isAttached = (region: Region, gateway: string, vpc: string): boolean =>
  Object.values(region.transitAttachments).some(
    (a) => a.gateway === gateway && a.kind === 'vpc' && a.resource === vpc && a.state === 'available',
  );

/** State of a transit table's static route. */
export const transitRouteState = (region: Region, route: TransitRoute): RouteState =>
  region.transitAttachments[route.attachment ?? '']?.state === 'available' ? 'active' : 'blackhole';

/** A route as a search of a transit table tells it. */
export interface FoundRoute extends TransitRoute {
  kind: 'static' | 'propagated';
  state: RouteState;
}

/**
 * Everything in a transit table. Only VPCs propagate something here: what a leased line or a VPN would tell by BGP comes
 * from a router, and there is none. A static route takes the place of a propagated one ("Route evaluation order").
 */
export function transitRoutes(region: Region, table: TransitTable): FoundRoute[] {
  const fixed = table.routes.map((r): FoundRoute => ({ ...r, kind: 'static', state: transitRouteState(region, r) }));
  const propagated = table.propagations.flatMap((id): FoundRoute[] => {
    const attachment = region.transitAttachments[id];
    const vpc = attachment?.kind === 'vpc' ? region.vpcs[attachment.resource] : undefined;
    return vpc ? [{ destination: vpc.cidr, attachment: id, kind: 'propagated', state: 'active' }] : [];
  });
  return [...fixed, ...propagated.filter((p) => !fixed.some((f) => f.destination === p.destination))];
}
