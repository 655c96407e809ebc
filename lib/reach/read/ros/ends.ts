/** Aliyun's ends of leased lines and VPNs, without the transit router that they are attached to. */
import { parseIpv4 } from '../../../estate/addresses/cidr';
import { readAddress, readRange } from '../../range';
import type { CloudLine, CloudVpn } from '../../world';
import type { Found } from '../references';
import { type Emitted, originOf } from '../resources';

/** Source: VPC, "CreateBgpGroup" (LocalAsn: Aliyun's own where none is written). */
export const ALIYUN_AS = 45104;

export type BorderRouter = Omit<CloudLine, 'transit' | 'allowedPrefixes'>;
export type IpsecConnection = Omit<CloudVpn, 'transit' | 'allowedPrefixes'>;

/** A border router with its BGP session; without one nothing is told, and it is left out. Source: Express Connect, "Configure BGP". */
export function readBorderRouters(emitted: Emitted): Map<string, BorderRouter> {
  const groups = emitted.all('ALIYUN::VPC::BgpGroup').map((found) => ({
    found,
    router: emitted.target(found, emitted.property(found, 'RouterId'), 'ALIYUN::VPC::VirtualBorderRouter')?.id,
  }));
  const peers = emitted.all('ALIYUN::VPC::BgpPeer').map((found) => ({
    found,
    group: emitted.target(found, emitted.property(found, 'BgpGroupId'), 'ALIYUN::VPC::BgpGroup')?.id,
  }));
  const routers = new Map<string, BorderRouter>();
  for (const found of emitted.all('ALIYUN::VPC::VirtualBorderRouter')) {
    const cloud = readAddress(emitted.text(found, 'LocalGatewayIp'));
    const idc = readAddress(emitted.text(found, 'PeerGatewayIp'));
    const group = groups.find((g) => g.router === found.id)?.found;
    const peer = peers.find((p) => p.group === group?.id && p.group !== undefined)?.found;
    if (cloud === undefined || idc === undefined) {
      emitted.fault(found, 'it does not say both addresses of its line');
      continue;
    }
    if (group === undefined || peer === undefined) {
      emitted.fault(found, 'it has no BGP session: it learns nothing and tells nothing');
      continue;
    }
    const told = parseIpv4(emitted.text(peer, 'PeerIpAddress') ?? '');
    if (told !== idc.address) {
      emitted.fault(peer, 'its PeerIpAddress is not the PeerGatewayIp of its border router: the session never stands');
      continue;
    }
    routers.set(found.id, {
      id: found.id,
      asn: Number(emitted.text(group, 'LocalAsn') ?? ALIYUN_AS),
      vlan: Number(emitted.text(found, 'VlanId') ?? 0),
      cloudAddress: cloud.address,
      idcAddress: idc.address,
      idcAsn: Number(emitted.text(group, 'PeerAsn')),
      mtu: 1500,
      from: originOf(found),
    });
  }
  return routers;
}

interface Tunnel {
  readonly CustomerGatewayId?: unknown;
  readonly TunnelBgpConfig?: { readonly LocalAsn?: unknown; readonly LocalBgpIp?: unknown; readonly TunnelCidr?: unknown };
}

/** Source: VPN Gateway, "CreateVpnAttachment" (TunnelOptionsSpecification: LocalBgpIp is an address of TunnelCidr, a /30 of 169.254/16). */
export function readIpsecConnections(emitted: Emitted): Map<string, IpsecConnection> {
  const connections = new Map<string, IpsecConnection>();
  for (const found of emitted.all('ALIYUN::VPC::VpnAttachment')) {
    const given = (emitted.property(found, 'TunnelOptionsSpecification') as Tunnel[] | undefined) ?? [];
    const customer = emitted.target(found, given[0]?.CustomerGatewayId, 'ALIYUN::VPC::CustomerGateway');
    if (customer === undefined) continue;
    if (String(emitted.property(found, 'EnableTunnelsBgp')) !== 'true') {
      emitted.fault(found, 'EnableTunnelsBgp is off: it learns nothing and tells nothing');
      continue;
    }
    const router = parseIpv4(emitted.text(customer, 'IpAddress') ?? '');
    if (router === undefined) emitted.fault(customer, 'its IpAddress is no address');
    connections.set(found.id, {
      id: found.id,
      asn: Number(emitted.references.text(given[0]?.TunnelBgpConfig?.LocalAsn, found.stack) ?? ALIYUN_AS),
      idcAsn: Number(emitted.text(customer, 'Asn')),
      router: router ?? 0,
      tunnels: given.flatMap((tunnel) => tunnelOf(emitted, found, tunnel)),
      from: originOf(found),
    });
  }
  return connections;
}

function tunnelOf(emitted: Emitted, found: Found, { TunnelBgpConfig }: Tunnel): CloudVpn['tunnels'] {
  const range = readRange(emitted.references.text(TunnelBgpConfig?.TunnelCidr, found.stack));
  const cloud = readAddress(emitted.references.text(TunnelBgpConfig?.LocalBgpIp, found.stack))?.address;
  const place = range === undefined || cloud === undefined ? 0 : cloud - range.base;
  if (range !== undefined && cloud !== undefined && range.bits === 30 && (place === 1 || place === 2))
    return [{ cloudAddress: cloud, idcAddress: range.base + 3 - place }];
  emitted.fault(found, 'a tunnel whose BGP addresses are not two of a /30');
  return [];
}
