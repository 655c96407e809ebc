import { type PeeringInventory, peeringsOf } from '../aws/inventory-links';
import type { AliyunRegion } from './world/region';
import { routerRoutes } from './world/routes';
import type { VbrHealthCheck } from './world/transit';

/** What of links stands in a region. */
export interface AliyunLinks {
  transitRouters: {
    id: string;
    cen: string;
    name: string;
    attachments: { id: string; name: string; kind: string; resource: string; zones: string[]; peerRegion?: string }[];
    tables: {
      id: string;
      name: string;
      system: boolean;
      associations: string[];
      propagations: string[];
      /** `target`: id of an attachment, or `blackhole`; `to`: what the attachment leads to. */
      routes: { destination: string; target: string; to?: string; kind: 'static' | 'propagated' }[];
    }[];
  }[];
  borderRouters: {
    id: string;
    name: string;
    connection: string;
    vlan: number;
    local: string;
    peer: string;
    bgp: { peerAsn: number; localAsn: number; peers: { address?: string; bfd: boolean }[] }[];
    networks: string[];
    healthCheck?: { source?: string; target: string; interval: number; threshold: number };
  }[];
  vpns: {
    id: string;
    name: string;
    address: string;
    customerGateways: string[];
    local: string[];
    remote: string[];
    bgp: boolean;
  }[];
  peerings: PeeringInventory[];
}

/** Reads a region's links. */
export function linksOf(r: AliyunRegion, healthChecks: Record<string, VbrHealthCheck>): AliyunLinks {
  return {
    transitRouters: Object.values(r.transitRouters).map((t) => ({
      id: t.id,
      cen: t.cen,
      name: t.name,
      attachments: Object.values(r.attachments)
        .filter((a) => a.router === t.id)
        .map((a) => ({
          id: a.id,
          name: a.name,
          kind: a.kind,
          resource: a.resource,
          zones: a.zones.map((z) => z.zone),
          ...(a.peer ? { peerRegion: a.peer.region } : {}),
        })),
      tables: Object.values(r.routerTables)
        .filter((x) => x.router === t.id)
        .map((x) => ({
          id: x.id,
          name: x.name,
          system: x.system,
          associations: [...x.associations],
          propagations: [...x.propagations],
          routes: routerRoutes(r, x).map(({ destination, attachment, kind }) => ({
            destination,
            target: attachment ?? 'blackhole',
            ...(attachment === undefined ? {} : { to: r.attachments[attachment]?.kind }),
            kind,
          })),
        })),
    })),
    borderRouters: Object.values(r.borderRouters).map(({ id, name, connection, vlan, local, peer }) => {
      const check = Object.values(healthChecks).find((h) => h.vbr === id);
      return {
        id,
        name,
        connection,
        vlan,
        local,
        peer,
        bgp: Object.values(r.bgpGroups)
          .filter((g) => g.router === id)
          .map(({ id: group, peerAsn, localAsn }) => ({
            peerAsn,
            localAsn,
            peers: Object.values(r.bgpPeers)
              .filter((p) => p.group === group)
              .map((p) => ({ address: p.address, bfd: p.bfd })),
          })),
        networks: Object.entries(r.bgpNetworks).flatMap(([k, range]) => (k.startsWith(`${id} `) ? [range] : [])),
        ...(check
          ? { healthCheck: { source: check.source, target: check.target, interval: check.interval, threshold: check.threshold } }
          : {}),
      };
    }),
    vpns: Object.values(r.ipsecAttachments).map(({ id, name, address, customerGateways, local, remote, bgp }) => ({
      id,
      name,
      address,
      customerGateways: [...customerGateways],
      local: [...local],
      remote: [...remote],
      bgp,
    })),
    peerings: peeringsOf(r),
  };
}
