/** A leased line's cloud end: Direct Connect gateway, transit virtual interface, association with the region's transit gateway. */
import { fittingName } from '../../encode/fitting-name';
import { formatIpv4 } from '../../estate/addresses/cidr';
import { NAMES } from '../../facts/aws/names';
import type { LeasedLineLinkPlan } from '../../plan/model';
import { linkOutput } from '../names';
import { exported, getAtt, ref, type TemplateFragment, tagList } from '../template';
import { type LinkStackSource, linkBoundary, linkPlace, regionOutput } from './link-source';
import { transitAssociation, transitPropagation } from './transit';
import { transitAttachment } from './transit-attachment';

/**
 * The allowed prefixes are what AWS tells the data centre, so they are exactly the planned ones. Towards the data centre only
 * propagated routes: a static one would outrank them and lead into nothing when the line is down.
 *
 * AWS makes the BGP session's MD5 key by itself; nothing here holds it (`aws directconnect describe-virtual-interfaces`).
 * Source: Direct Connect User Guide, "Add a BGP peer" and "Allowed prefixes interactions".
 */
export function leasedLine({ own, other, stack, idcs, estate }: LinkStackSource, link: LeasedLineLinkPlan): TemplateFragment {
  const { line } = link;
  const asn = idcs.find((idc) => idc.name === other.place)?.asn;
  if (asn === undefined) throw new RangeError(`${link.id}: ${other.place} has no AS number`);
  const { generation } = own;
  const name = fittingName(
    `${estate}-${stack.name}`,
    NAMES['AWS::DirectConnect::DirectConnectGateway DirectConnectGatewayName'].most,
  );
  const tags = tagList({ Name: stack.name });
  const gatewayId = getAtt(GATEWAY, 'DirectConnectGatewayId');
  const transitGatewayId = regionOutput.transitGateway(own, own);
  const table = regionOutput.transitTable(own);
  const association = `LineAssociationG${generation}`;
  const attachment = `LineAttachmentG${generation}`;
  const output = linkOutput.lineAttachment(link);
  return {
    Resources: {
      [GATEWAY]: {
        Type: 'AWS::DirectConnect::DirectConnectGateway',
        Properties: { AmazonSideAsn: String(line.asn), DirectConnectGatewayName: name, Tags: tags },
      },
      LineInterface: {
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
          DirectConnectGatewayId: gatewayId,
          Mtu: line.mtu,
          Tags: tags,
          VirtualInterfaceName: name,
          Vlan: line.vlan,
        },
      },
      [association]: {
        Type: 'AWS::DirectConnect::DirectConnectGatewayAssociation',
        Properties: {
          AllowedPrefixesToDirectConnectGateway: link.allowedPrefixes,
          AssociatedGatewayId: transitGatewayId,
          DirectConnectGatewayId: gatewayId,
        },
      },
      ...transitAttachment(
        attachment,
        { kind: 'direct-connect', transitGatewayId, resourceId: gatewayId },
        { place: linkPlace(own), permissionsBoundary: linkBoundary(own), after: [association] },
      ),
      [`TransitAssociationG${generation}`]: transitAssociation(ref(attachment), table),
      [`TransitPropagationG${generation}`]: transitPropagation(ref(attachment), table),
    },
    Outputs: { [output]: exported(stack.name, output, ref(attachment), `transit attachment of ${link.id}`) },
  };
}

const GATEWAY = 'DirectConnectGateway';
