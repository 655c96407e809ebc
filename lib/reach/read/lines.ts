/** The clouds' ends of leased lines and VPNs. */
import { parseIpv4 } from '../../estate/addresses/cidr';
import { readAddress, readRange } from '../range';
import type { CloudLine, CloudVpn } from '../world';
import type { Found } from './references';
import { type Emitted, originOf } from './resources';

export interface Lines {
  readonly lines: CloudLine[];
  readonly vpns: CloudVpn[];
  /** By id of a line: id of its Direct Connect gateway. */
  readonly lineGateways: Map<string, string>;
}

export function readLines(emitted: Emitted): Lines {
  const lineGateways = new Map<string, string>();
  return { lines: readDirectConnect(emitted, lineGateways), vpns: readVpns(emitted), lineGateways };
}

interface BgpPeer {
  readonly AddressFamily?: unknown;
  readonly AmazonAddress?: unknown;
  readonly Asn?: unknown;
  readonly CustomerAddress?: unknown;
}

/** A line carries only what a gateway association allows. Source: Direct Connect user guide, "Allowed prefixes interactions". */
function readDirectConnect(emitted: Emitted, lineGateways: Map<string, string>): CloudLine[] {
  const associations = associationsOf(emitted);
  const lines: CloudLine[] = [];
  for (const found of emitted.all('AWS::DirectConnect::TransitVirtualInterface')) {
    const gateway = emitted.target(
      found,
      emitted.property(found, 'DirectConnectGatewayId'),
      'AWS::DirectConnect::DirectConnectGateway',
    );
    if (gateway === undefined) continue;
    const peers = (emitted.property(found, 'BgpPeers') as BgpPeer[] | undefined) ?? [];
    const peer = peers.find((p) => p.AddressFamily === undefined || p.AddressFamily === 'ipv4');
    const cloud = readAddress(emitted.references.text(peer?.AmazonAddress, found.stack));
    const idc = readAddress(emitted.references.text(peer?.CustomerAddress, found.stack));
    if (cloud === undefined || idc === undefined) {
      emitted.fault(found, 'its BGP peer does not say both addresses');
      continue;
    }
    const own = associations.filter((a) => a.gateway === gateway.id);
    if (own.length === 0) emitted.fault(found, 'its Direct Connect gateway is associated with no transit gateway');
    for (const association of own) {
      const id = own.length === 1 ? found.id : `${found.id}@${association.transit}`;
      lineGateways.set(id, gateway.id);
      lines.push({
        id,
        transit: association.transit,
        // Source: CloudFormation, `AWS::DirectConnect::DirectConnectGateway`: the default is 64512.
        asn: Number(emitted.text(gateway, 'AmazonSideAsn') ?? 64512),
        vlan: Number(emitted.text(found, 'Vlan')),
        cloudAddress: cloud.address,
        idcAddress: idc.address,
        idcAsn: Number(emitted.references.text(peer?.Asn, found.stack)),
        mtu: Number(emitted.text(found, 'Mtu') ?? 1500),
        allowedPrefixes: association.prefixes,
        from: originOf(found),
      });
    }
  }
  return lines;
}

function associationsOf(emitted: Emitted) {
  return emitted.all('AWS::DirectConnect::DirectConnectGatewayAssociation').flatMap((found) => {
    const gateway = emitted.target(
      found,
      emitted.property(found, 'DirectConnectGatewayId'),
      'AWS::DirectConnect::DirectConnectGateway',
    );
    const transit = emitted.target(found, emitted.property(found, 'AssociatedGatewayId'), 'AWS::EC2::TransitGateway');
    const given = (emitted.property(found, 'AllowedPrefixesToDirectConnectGateway') as unknown[] | undefined) ?? [];
    const prefixes = given.map((text) => readRange(emitted.references.text(text, found.stack)));
    if (prefixes.includes(undefined)) emitted.fault(found, 'an allowed prefix is no range');
    if (gateway === undefined || transit === undefined) return [];
    return [{ gateway: gateway.id, transit: transit.id, prefixes: prefixes.filter((p) => p !== undefined) }];
  });
}

/** Inside a tunnel the cloud has the first address, the customer gateway the second. Source: Site-to-Site VPN guide, "Tunnel options". */
function readVpns(emitted: Emitted): CloudVpn[] {
  return emitted.all('AWS::EC2::VPNConnection').flatMap((found) => {
    const customer = emitted.target(found, emitted.property(found, 'CustomerGatewayId'), 'AWS::EC2::CustomerGateway');
    const transit = emitted.target(found, emitted.property(found, 'TransitGatewayId'), 'AWS::EC2::TransitGateway');
    const router = customer === undefined ? undefined : parseIpv4(emitted.text(customer, 'IpAddress') ?? '');
    const tunnels = tunnelsOf(emitted, found);
    if (customer === undefined || transit === undefined) return [];
    if (router === undefined) emitted.fault(customer, 'its IpAddress is no address');
    return [
      {
        id: found.id,
        transit: transit.id,
        asn: Number(emitted.text(transit, 'AmazonSideAsn') ?? 64512),
        idcAsn: Number(emitted.text(customer, 'BgpAsn') ?? emitted.text(customer, 'BgpAsnExtended') ?? 65000),
        router: router ?? 0,
        tunnels,
        from: originOf(found),
      },
    ];
  });
}

function tunnelsOf(emitted: Emitted, found: Found): CloudVpn['tunnels'] {
  const options =
    (emitted.property(found, 'VpnTunnelOptionsSpecifications') as { TunnelInsideCidr?: unknown }[] | undefined) ?? [];
  return options.flatMap((option) => {
    const range = readRange(emitted.references.text(option.TunnelInsideCidr, found.stack));
    if (range !== undefined) return [{ cloudAddress: range.base + 1, idcAddress: range.base + 2 }];
    emitted.fault(found, 'a tunnel without TunnelInsideCidr: the cloud would choose its addresses');
    return [];
  });
}
