import type { AliyunRoute } from './network';
import type { AliyunRegion } from './region';
import type { RouterTable } from './transit';

/** Whether what a custom route leads to takes packets. */
export function hopState(r: AliyunRegion, { hop }: AliyunRoute): 'active' | 'blackhole' {
  const { type, id } = hop;
  const works =
    type === 'Instance'
      ? r.instances[id]?.state === 'Running'
      : type === 'NetworkInterface'
        ? r.interfaces[id]?.owner !== undefined
        : type === 'NatGateway'
          ? r.natGateways[id] !== undefined
          : type === 'Attachment'
            ? r.attachments[id] !== undefined
            : type === 'VpcPeer'
              ? r.peerings[id]?.status === 'Activated'
              : type === 'VpnGateway'
                ? r.vpnGateways[id] !== undefined
                : true;
  return works ? 'active' : 'blackhole';
}

/** A route of a transit router as it stands. */
export interface FoundRouterRoute {
  destination: string;
  /** Absent: the packets go nowhere. */
  attachment?: string;
  kind: 'static' | 'propagated';
}

/**
 * Everything in a transit router's table: static routes, and what VPCs propagate (their vSwitches' ranges, and custom routes that
 * were published). A leased line or a VPN tells by BGP, and there is nobody at the other end. A static route wins.
 */
export function routerRoutes(r: AliyunRegion, table: RouterTable): FoundRouterRoute[] {
  const fixed = table.routes.map(
    ({ destination, attachment }): FoundRouterRoute => ({ destination, attachment, kind: 'static' }),
  );
  const told = table.propagations.flatMap((id): FoundRouterRoute[] => {
    const a = r.attachments[id];
    if (a?.kind !== 'VPC') return [];
    const own = Object.values(r.vSwitches).filter((s) => s.vpc === a.resource);
    const published = Object.values(r.published).filter((x) => x.instance === a.resource);
    const ranges = [...own.map((s) => s.cidr), ...published.map((x) => x.destination)];
    return ranges.map((destination) => ({ destination, attachment: id, kind: 'propagated' }));
  });
  return [...fixed, ...told.filter((t) => !fixed.some((f) => f.destination === t.destination))];
}
