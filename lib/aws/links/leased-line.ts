/** A leased line's cloud end: its transit virtual interface; with the first of a gateway also the gateway and its association. */
import { formatIpv4 } from '../../estate/addresses/cidr';
import type { LeasedLineLinkPlan } from '../../plan/model';
import { type TemplateFragment, type TemplateResource, tagList, type Value } from '../template';
import { lineAlarms } from './alarms';
import { directConnectGateway, directConnectName, gatewayAssociation, gatewayId } from './direct-connect-gateway';
import type { LinkStackSource } from './link-source';

/**
 * A line by the gateway of another entry is its interface alone: what the gateway is associated with, and what it tells, stands there.
 *
 * AWS makes the BGP session's MD5 key by itself; nothing here holds it (`aws directconnect describe-virtual-interfaces`).
 * Source: Direct Connect User Guide, "Add a BGP peer".
 */
export function leasedLine(source: LinkStackSource, link: LeasedLineLinkPlan): TemplateFragment {
  const props = { asn: link.line.asn, gateway: link.gateway };
  const id = gatewayId(source, props);
  const made = directConnectGateway(source, props);
  const associated = link.associates === undefined ? { Resources: {} } : gatewayAssociation(source, link, id, link.associates);
  return {
    Resources: {
      ...made.Resources,
      LineInterface: lineInterface(source, link, id),
      ...associated.Resources,
      ...lineAlarms(link, source.own, 'LineInterface'),
    },
    Outputs: { ...associated.Outputs, ...made.Outputs },
  };
}

function lineInterface(source: LinkStackSource, { id, line }: LeasedLineLinkPlan, gateway: Value): TemplateResource {
  const { idcs, other, stack } = source;
  const asn = idcs.find((idc) => idc.name === other.place)?.asn;
  if (asn === undefined) throw new RangeError(`${id}: ${other.place} has no AS number`);
  return {
    Type: 'AWS::DirectConnect::TransitVirtualInterface',
    Properties: {
      BgpPeers: [
        {
          AddressFamily: 'ipv4',
          AmazonAddress: `${formatIpv4(line.cloudAddress)}/${line.bits}`,
          Asn: String(asn),
          CustomerAddress: `${formatIpv4(line.idcAddress)}/${line.bits}`,
        },
      ],
      ConnectionId: line.connection,
      DirectConnectGatewayId: gateway,
      Mtu: line.mtu,
      Tags: tagList({ Name: stack.name }),
      VirtualInterfaceName: directConnectName(source),
      Vlan: line.vlan,
    },
  };
}
