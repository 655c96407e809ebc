/** A VPN's cloud end: customer gateway and IPsec connection with two tunnels, on the region's transit router. */

import { fittingName } from '../../encode/fitting-name';
import { addressAt, formatCidr, formatIpv4 } from '../../estate/addresses/cidr';
import { VPN_NAME } from '../../facts/aliyun/names';
import type { VpnLinkPlan } from '../../plan/model';
import { linkOutput } from '../../plan/output-names';
import { oneByOne } from '../fleet/one-by-one';
import { output } from '../parts';
import { getAtt, type RosResourceJson, resource } from '../ros';
import { vpnAlarms } from './alarms';
import { endOutput, type LinkStackSource } from './link-source';
import { transitAssociation, transitPropagation } from './transit';

const CUSTOMER = 'CustomerGateway';

/**
 * Routes towards the data centre are only learned. Aliyun makes a key of 16 characters a tunnel where none is written, so no template
 * holds one; it is read once with `aliyun vpc DescribeVpnConnection` and put into the router's own store. The tunnels' public addresses
 * are given when the connection is attached, and ROS has no attribute for two of them: they are read by the same call.
 *
 * Packets between line and VPN are refused by a policy that the transit router makes by itself.
 *
 * Sources: VPN Gateway, "CreateVpnAttachment" (TunnelOptionsSpecification, Psk) and "Use an IPsec-VPN connection that is associated with
 * a transit router"; Cloud Enterprise Network, "Attach an IPsec-VPN connection to a transit router".
 */
export function addVpn({ own, stack, parts }: LinkStackSource, link: VpnLinkPlan): void {
  const { generation } = own;
  const connection = `VpnConnectionG${generation}`;
  const attachment = `VpnAttachmentG${generation}`;
  const table = endOutput.transitTable(parts, own);
  const name = fittingName(stack.name, VPN_NAME);
  const connectionId = getAtt(connection, 'VpnAttachmentId');
  const attachmentId = getAtt(attachment, 'TransitRouterAttachmentId');
  const made: Record<string, RosResourceJson> = {
    [CUSTOMER]: resource('ALIYUN::VPC::CustomerGateway', {
      Asn: link.idcAsn,
      Description: `router ${link.vpn.router} of ${link.id}`,
      IpAddress: link.routerPublic,
      Name: name,
    }),
    [connection]: resource('ALIYUN::VPC::VpnAttachment', {
      // Aliyun dials: nobody has to send a packet first.
      EffectImmediately: true,
      EnableTunnelsBgp: true,
      LocalSubnet: '0.0.0.0/0',
      Name: name,
      NetworkType: 'public',
      RemoteSubnet: '0.0.0.0/0',
      TunnelOptionsSpecification: link.vpn.tunnels.map((_, i) => tunnel(link, i)),
    }),
    [attachment]: resource('ALIYUN::CEN::TransitRouterVpnAttachment', {
      AutoPublishRouteEnabled: true,
      RouteTableAssociationEnabled: false,
      RouteTablePropagationEnabled: false,
      TransitRouterAttachmentName: stack.name,
      TransitRouterId: endOutput.transitRouter(parts, own),
      VpnId: connectionId,
    }),
    [`TransitAssociationG${generation}`]: transitAssociation(attachmentId, table),
    [`TransitPropagationG${generation}`]: transitPropagation(attachmentId, table),
    ...vpnAlarms(link, own, stack.name),
  };
  Object.assign(parts.resources, oneByOne(made));
  parts.outputs[linkOutput.vpnAttachment(link)] = output(attachmentId, `transit attachment of ${link.id}`);
  parts.outputs[linkOutput.vpnConnection(link)] = output(
    connectionId,
    'the IPsec connection: it has the public addresses of its tunnels',
  );
}

/**
 * What a tunnel takes, in both phases: what the data centre's router proposes. Aliyun has one of each a tunnel, and no better group of
 * 2,048 bits or more ("CreateVpnAttachment": IkePfs, IpsecPfs).
 */
export const TUNNEL_ALGORITHMS = { encryption: 'aes256', integrity: 'sha256', group: 'group14' } as const;

/** Seconds: longer than the router's, which makes new keys first. */
const LIFETIMES = { ike: 28_800, ipsec: 3_600 };

/** The cloud has the first address of a tunnel's network, the router the second. */
function tunnel({ vpn, cloudAsn, routerPublic }: VpnLinkPlan, i: number): object {
  const network = vpn.tunnels[i]!;
  const { encryption, integrity, group } = TUNNEL_ALGORITHMS;
  return {
    CustomerGatewayId: getAtt(CUSTOMER, 'CustomerGatewayId'),
    EnableDpd: true,
    EnableNatTraversal: true,
    TunnelBgpConfig: {
      LocalAsn: cloudAsn,
      LocalBgpIp: formatIpv4(addressAt(network, 1)),
      TunnelCidr: formatCidr(network),
    },
    TunnelIkeConfig: {
      IkeAuthAlg: integrity,
      IkeEncAlg: encryption,
      IkeLifetime: LIFETIMES.ike,
      IkeMode: 'main',
      IkePfs: group,
      IkeVersion: 'ikev2',
      RemoteId: routerPublic,
    },
    TunnelIndex: i + 1,
    TunnelIpsecConfig: {
      IpsecAuthAlg: integrity,
      IpsecEncAlg: encryption,
      IpsecLifetime: LIFETIMES.ipsec,
      IpsecPfs: group,
    },
  };
}
