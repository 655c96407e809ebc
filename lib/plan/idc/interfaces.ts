/** Interfaces of a router: names that the kernel takes, addresses, and what each stands on. */
import { addressAt, type Cidr, formatCidr, formatIpv4, type Ipv4 } from '../../estate/addresses/cidr';
import { lineName, tunnelName, vlanName } from '../../estate/model/interface-names';
import type { Idc, IdcRouter, LeasedLineLink, VpnLink } from '../../estate/model/model';
import type { EdgeLink } from '../../estate/model/resolved-links';
import type { RouterInterfacePlan } from '../model';
import { GATEWAY } from './hosts';

/** MTU of a loopback, the kernel's own. */
const LOOPBACK_MTU = 65536;

export interface RouterPorts {
  readonly interfaces: readonly RouterInterfacePlan[];
  /** By id of the link: one name for a line, one a tunnel for a VPN. */
  readonly byLink: ReadonlyMap<string, readonly string[]>;
}

/** @param links those that end at this router, in order of id */
export function planInterfaces(idc: Idc, router: IdcRouter, links: readonly EdgeLink[]): RouterPorts {
  const lines = links.filter((link) => link.kind === 'leased-line');
  const tunnels = links
    .filter((link) => link.kind === 'vpn')
    .flatMap((link) => link.vpn.tunnels.map((network) => ({ link, network })));
  const byLink = new Map<string, string[]>();
  const named = ({ id }: EdgeLink, name: string): string => {
    byLink.set(id, [...(byLink.get(id) ?? []), name]);
    return name;
  };
  const interfaces = [
    loopback(router),
    ...core(idc, router),
    ...racks(idc, router),
    ...lines.map((link, i) => line(link, named(link, lineName(i + 1)))),
    ...tunnels.map(({ link, network }, i) => tunnel(link, network, named(link, tunnelName(i + 1)))),
  ];
  return { interfaces, byLink };
}

/** Name of the VLAN interface of the core network; undefined for a router that is not on it. */
export function coreInterface({ core: network }: Idc, { core: address }: IdcRouter): string | undefined {
  return network === undefined || address === undefined ? undefined : vlanName(network.vlan);
}

function loopback({ name, address }: IdcRouter): RouterInterfacePlan {
  return { name: 'lo', kind: 'loopback', address: withBits(address, 32), mtu: LOOPBACK_MTU, why: `${name} itself` };
}

function core({ core: network, mtu }: Idc, { core: address, trunk }: IdcRouter): RouterInterfacePlan[] {
  if (network === undefined || address === undefined) return [];
  const vlan = { id: network.vlan, parent: trunk };
  const why = 'joins the routers of the data centre';
  return [{ name: vlanName(network.vlan), kind: 'core', address: withBits(address, network.subnet.bits), mtu, vlan, why }];
}

function racks({ racks, mtu }: Idc, { name, trunk }: IdcRouter): RouterInterfacePlan[] {
  return racks
    .filter((rack) => rack.router === name)
    .map(({ name: rack, vlan, subnet, containers }) => ({
      name: vlanName(vlan),
      kind: 'rack',
      address: withBits(addressAt(subnet, GATEWAY), subnet.bits),
      mtu,
      vlan: { id: vlan, parent: trunk },
      sources: (containers === undefined ? [subnet] : [subnet, containers]).map(formatCidr),
      why: `gateway of rack ${rack}`,
    }));
}

function line({ id, line }: LeasedLineLink, name: string): RouterInterfacePlan {
  return {
    name,
    kind: 'line',
    address: withBits(line.idcAddress, line.bits),
    mtu: line.mtu,
    vlan: { id: line.vlan, parent: line.interface },
    why: `leased line ${id}`,
  };
}

function tunnel({ id, mtu }: VpnLink & EdgeLink, network: Cidr, name: string): RouterInterfacePlan {
  // AWS has the first address of a tunnel's network ("Tunnel options for your Site-to-Site VPN connection").
  return {
    name,
    kind: 'tunnel',
    address: withBits(addressAt(network, 2), network.bits),
    mtu,
    why: `VPN ${id}`,
  };
}

function withBits(address: Ipv4, bits: number): string {
  return `${formatIpv4(address)}/${bits}`;
}
