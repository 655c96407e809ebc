/** A VPN's cloud end: customer gateway and connection, on the region's transit gateway. */
import { formatCidr } from '../../estate/addresses/cidr';
import { CUSTOMER_AS_NUMBERS } from '../../facts/aws/requests';
import type { LinkEndPlan, VpnLinkPlan } from '../../plan/model';
import { linkOutput } from '../names';
import { exported, ref, type TemplateFragment, type TemplateResource, tagList, type Value } from '../template';
import { vpnAlarms } from './alarms';
import { type LinkStackSource, linkBoundary, linkPlace, regionOutput } from './link-source';
import { transitAssociation, transitPropagation } from './transit';
import { transitAttachment } from './transit-attachment';
import { logOptions, tunnelLog } from './tunnel-logs';

/**
 * Routes towards the data centre are only propagated. The tunnels' keys are made by AWS and kept in Secrets Manager: no template
 * holds one. Source: Site-to-Site VPN User Guide, "Tunnel options" and "Tunnel initiation options".
 */
export function vpn({ own, stack }: LinkStackSource, link: VpnLinkPlan): TemplateFragment {
  const { generation } = own;
  const connection = `VpnConnectionG${generation}`;
  const attachment = `VpnAttachmentG${generation}`;
  const transitGatewayId = regionOutput.transitGateway(own, own);
  const table = regionOutput.transitTable(own);
  const [attached, connected] = [linkOutput.vpnAttachment(link), linkOutput.vpnConnection(link)];
  return {
    Resources: {
      [CUSTOMER]: customerGateway(link, stack.name),
      ...tunnelLog(link, stack.name),
      [connection]: vpnConnection(link, stack.name, transitGatewayId, own),
      ...transitAttachment(
        attachment,
        { kind: 'vpn', transitGatewayId, resourceId: ref(connection) },
        { place: linkPlace(own), permissionsBoundary: linkBoundary(own) },
      ),
      [`TransitAssociationG${generation}`]: transitAssociation(ref(attachment), table),
      [`TransitPropagationG${generation}`]: transitPropagation(ref(attachment), table),
      ...vpnAlarms(link, own, connection),
    },
    Outputs: {
      [attached]: exported(stack.name, attached, ref(attachment), `transit attachment of ${link.id}`),
      [connected]: exported(
        stack.name,
        connected,
        ref(connection),
        'the VPN connection: it has the public addresses of its tunnels',
      ),
    },
  };
}

const CUSTOMER = 'CustomerGateway';

function customerGateway({ idcAsn, routerPublic }: VpnLinkPlan, name: string): TemplateResource {
  return {
    Type: 'AWS::EC2::CustomerGateway',
    Properties: {
      ...(idcAsn > CUSTOMER_AS_NUMBERS.short ? { BgpAsnExtended: idcAsn } : { BgpAsn: idcAsn }),
      IpAddress: routerPublic,
      Tags: tagList({ Name: name }),
      Type: 'ipsec.1',
    },
  };
}

function vpnConnection(link: VpnLinkPlan, name: string, transitGatewayId: Value, own: LinkEndPlan): TemplateResource {
  return {
    Type: 'AWS::EC2::VPNConnection',
    Properties: {
      CustomerGatewayId: ref(CUSTOMER),
      PreSharedKeyStorage: 'SecretsManager',
      StaticRoutesOnly: false,
      Tags: tagList({ Name: name }),
      TransitGatewayId: transitGatewayId,
      Type: 'ipsec.1',
      VpnTunnelOptionsSpecifications: link.vpn.tunnels.map((tunnel) => ({
        // AWS dials, and dials again: nobody has to send a packet first. It can only with IKEv2.
        DPDTimeoutAction: 'restart',
        IKEVersions: values(['ikev2']),
        ...logOptions(link, linkPlace(own)),
        ...phase(1),
        ...phase(2),
        StartupAction: 'start',
        TunnelInsideCidr: formatCidr(tunnel),
      })),
    },
  };
}

/**
 * What a tunnel takes: what the data centre's router proposes, and nothing weaker. By itself AWS takes SHA-1 and 1,024 bits too.
 * Source: Site-to-Site VPN User Guide, "Tunnel options".
 */
export const TUNNEL_ALGORITHMS = {
  encryption: ['AES256', 'AES256-GCM-16'],
  integrity: ['SHA2-256', 'SHA2-384'],
  /** 14: 2,048 bits; 20: P-384. */
  groups: [14, 20],
} as const;

function phase(number: 1 | 2): Record<string, unknown> {
  const { encryption, integrity, groups } = TUNNEL_ALGORITHMS;
  return {
    [`Phase${number}DHGroupNumbers`]: values(groups),
    [`Phase${number}EncryptionAlgorithms`]: values(encryption),
    [`Phase${number}IntegrityAlgorithms`]: values(integrity),
  };
}

function values(all: readonly (string | number)[]): object[] {
  return all.map((Value) => ({ Value }));
}
