/** Places and links that cases add to the small estate. */
import type { Written } from '../written';
import { region, south } from './case';

// A test writes anything, also what is no link.
// biome-ignore lint/suspicious/noExplicitAny: that is the point.
type Links = Record<string, any>;

/** Gives the estate links. */
export function links(w: Written, written: Links): void {
  // A copy: what one case changes is not another's, and no two entries are one.
  w.estate.links = { ...w.estate.links, ...structuredClone(written) };
}

export const peering = { kind: 'peering', between: ['sa-east-1', 'us-east-1'] };
export const transit = { kind: 'transit', between: ['sa-east-1', 'us-east-1'] };

export const line = {
  kind: 'leased-line',
  between: ['beijing', 'us-east-1'],
  connection: 'dxcon-fg5678gh',
  vlan: 301,
  network: '169.254.100.0/30',
  asn: 64600,
};

export const vpn = {
  kind: 'vpn',
  between: ['beijing', 'us-east-1'],
  tunnels: ['169.254.21.0/30', '169.254.22.0/30'],
  keyName: 'vpn/us-east-1',
};

/** A data centre with one router and two racks. */
export function beijing(w: Written) {
  w.places.beijing ??= {
    idc: 'beijing',
    block: '10.200.0.0/16',
    containers: '172.20.0.0/16',
    asn: 65010,
    time: ['10.200.0.10'],
    routers: { r1: { address: '10.200.0.1', public: '203.0.113.10' } },
    racks: {
      a01: { vlan: 101, subnet: '10.200.1.0/24', containers: '172.20.0.0/19', hosts: 3 },
      a02: { vlan: 102, subnet: '10.200.2.0/24', hosts: 2 },
    },
  };
  return w.places.beijing;
}

/** A data centre with two routers on a core network. */
export function twoRouters(w: Written) {
  const idc = beijing(w);
  idc.core = { vlan: 2, subnet: '10.200.255.0/28' };
  idc.routers.r1.core = '10.200.255.1';
  idc.routers.r2 = { address: '10.200.0.2', core: '10.200.255.2' };
  for (const rack of Object.values<{ router?: string }>(idc.racks)) rack.router = 'r1';
  return idc;
}

/** Rack a01 behind both routers. @returns the rack */
export function pair(w: Written) {
  const { racks } = twoRouters(w);
  const { router: _, ...rack } = racks.a01;
  racks.a01 = { ...rack, routers: ['r1', 'r2'] };
  return racks.a01;
}

/** A third region, which has nothing but addresses. */
export function west(w: Written, block = '10.3.0.0/16') {
  w.places['us-west-2'] ??= { region: 'us-west-2', provider: 'aws', block, network: { zones: ['us-west-2a', 'us-west-2b'] } };
  return w.places['us-west-2'];
}

/** The small estate with transit gateways, joined with the data centre by a line and a VPN, and sa-east-1 through us-east-1. */
export function wide(w: Written): void {
  beijing(w);
  south(w).transit = { asn: 64602 };
  w.places['us-east-1'].transit = { asn: 64601 };
  links(w, {
    backbone: transit,
    line,
    fallback: vpn,
    south: { kind: 'transit', between: ['beijing', 'sa-east-1'], through: 'us-east-1' },
  });
}

/** Both regions and the data centre have containers with addresses of their own, and every link carries them. */
export function contained(w: Written): void {
  wide(w);
  south(w).containers = { mode: 'host-gw', block: '172.17.0.0/16' };
  w.places['us-east-1'].containers = { mode: 'host-gw', block: '172.16.0.0/16' };
  for (const link of Object.values<{ carries?: unknown }>(w.estate.links)) link.carries = ['hosts', 'containers'];
}

export { region, south };
