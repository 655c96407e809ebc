/**
 * A data centre: its routers run the real FRR with the configuration that was rendered, unchanged, on interfaces of the rendered
 * names. Its VLANs are bridges of a switch, because this needs no VLAN module; its hosts come from their rendered files.
 */
import type { IdcEndpoint, Router, World } from '../../lib/reach/world';
import type { Cable } from './draft';
import type { OwnNetwork } from './host-filters';
import { addHost, HOST_DEVICE, type HostNamespaces } from './hosts';
import type { Namespaces } from './namespaces';
import { address, isIn } from './text';

/** Of an interface that nothing is written of, bytes; the switch takes every packet. */
const MTU = 9000;
const SWITCH_MTU = 9216;

export interface DataCentreNamespaces {
  /** Namespace of each router, by id. */
  readonly routers: ReadonlyMap<string, string>;
  /** By host. */
  readonly hosts: ReadonlyMap<string, HostNamespaces>;
  /** Both ends of each host's wire, by host. */
  readonly ports: ReadonlyMap<string, Cable>;
}

/** Routers, switch and hosts; lines and tunnels are wired by who knows their other ends, and addressed here. */
export function addDataCentre(
  namespaces: Namespaces,
  idc: string,
  world: World,
  hostFilters: ReadonlyMap<string, OwnNetwork>,
): DataCentreNamespaces {
  const own = world.routers.filter((router) => router.idc === idc);
  const network = namespaces.add();
  const bridges = new Set<string>();
  let port = 0;
  const plug = (namespace: string, device: string, vlan: string, mtu = MTU): Cable => {
    if (!bridges.has(vlan)) {
      bridges.add(vlan);
      namespaces.ip(network, `link add br-${vlan} mtu ${SWITCH_MTU} type bridge`);
      namespaces.ip(network, `link set br-${vlan} up`);
    }
    const end = `p${port++}`;
    namespaces.wire({ namespace: network, device: end, mtu: SWITCH_MTU }, { namespace, device }, mtu);
    namespaces.ip(network, `link set ${end} master br-${vlan}`);
    return [
      [network, end],
      [namespace, device],
    ];
  };
  const routers = new Map<string, string>();
  for (const router of own) {
    const namespace = namespaces.add();
    routers.set(router.id, namespace);
    for (const each of router.interfaces) {
      if (each.name.startsWith('vlan')) plug(namespace, each.name, each.name, each.mtu);
    }
  }
  const hosts = new Map<string, HostNamespaces>();
  const ports = new Map<string, Cable>();
  for (const endpoint of world.idcHosts.filter((each) => each.idc === idc)) {
    const containers = endpoint.containers === undefined ? [] : [endpoint.containers];
    const { host: id, address: own_, bits, gateway } = endpoint;
    const made = addHost(namespaces, { id, address: own_, bits, gateway, containers, own: hostFilters.get(id) });
    hosts.set(endpoint.host, made);
    const vlan = vlanOf(endpoint, own);
    if (vlan !== undefined) ports.set(endpoint.host, plug(made.namespace, HOST_DEVICE, vlan, endpoint.mtu));
  }
  return { routers, hosts, ports };
}

/** Addresses of a router's interfaces, after everything is wired. Interfaces without a wire (a line that ends nowhere) are left out. */
export function addressRouter(namespaces: Namespaces, namespace: string, router: Router, wired: ReadonlySet<string>): void {
  for (const each of router.interfaces) {
    if (each.name !== 'lo' && !each.name.startsWith('vlan') && !wired.has(each.name)) continue;
    namespaces.ip(namespace, `address add ${address(each.address)}/${each.bits} dev ${each.name}`);
  }
}

/** The VLAN whose router has an address in the host's network. */
function vlanOf(endpoint: IdcEndpoint, routers: readonly Router[]): string | undefined {
  const subnet = { base: endpoint.address - (endpoint.address % 2 ** (32 - endpoint.bits)), bits: endpoint.bits };
  return routers.flatMap((router) => router.interfaces).find((each) => each.name.startsWith('vlan') && isIn(subnet, each.address))
    ?.name;
}
