import type { UpdateTables } from '../../effect';

/** Transit routers, leased lines, VPNs and peerings. */
export const linkUpdates: UpdateTables = {
  'ALIYUN::CEN::CenInstance': { none: 'Description Name ProtectionLevel' },
  'ALIYUN::CEN::CenVbrHealthCheck': { none: 'HealthCheckInterval HealthCheckSourceIp HealthCheckTargetIp HealthyThreshold' },
  'ALIYUN::CEN::RouteEntry': {},
  'ALIYUN::CEN::TransitRouter': { none: 'TransitRouterDescription TransitRouterName' },
  'ALIYUN::CEN::TransitRouterVpcAttachment': {
    none: 'AutoPublishRouteEnabled TransitRouterAttachmentDescription TransitRouterAttachmentName ZoneMappings',
  },
  'ALIYUN::CEN::TransitRouterVbrAttachment': {
    none: 'AutoPublishRouteEnabled TransitRouterAttachmentDescription TransitRouterAttachmentName',
  },
  'ALIYUN::CEN::TransitRouterVpnAttachment': {
    none: 'AutoPublishRouteEnabled TransitRouterAttachmentDescription TransitRouterAttachmentName',
  },
  'ALIYUN::CEN::TransitRouterPeerAttachment': {
    none: 'AutoPublishRouteEnabled Bandwidth TransitRouterAttachmentDescription TransitRouterAttachmentName',
  },
  'ALIYUN::CEN::TransitRouterRouteTable': { none: 'TransitRouterRouteTableDescription TransitRouterRouteTableName' },
  'ALIYUN::CEN::TransitRouterRouteTableAssociation': {},
  'ALIYUN::CEN::TransitRouterRouteTablePropagation': {},
  'ALIYUN::CEN::TransitRouterRouteEntry': { none: 'TransitRouterRouteEntryDescription TransitRouterRouteEntryName' },
  'ALIYUN::VPC::VpcPeerConnection': { none: 'Bandwidth Description Name' },
  'ALIYUN::VPC::VirtualBorderRouter': {
    none: 'CircuitCode Description Name',
    // The line's BGP goes down with its addresses.
    interrupt: 'LocalGatewayIp PeerGatewayIp PeeringSubnetMask',
  },
  'ALIYUN::VPC::BgpGroup': { none: 'AuthKey Description IsFakeAsn LocalAsn Name PeerAsn RouteQuota' },
  'ALIYUN::VPC::BgpPeer': { none: 'BfdMultiHop EnableBfd PeerIpAddress' },
  'ALIYUN::VPC::BgpNetwork': {},
  'ALIYUN::VPC::CustomerGateway': { none: 'Description Name' },
  'ALIYUN::VPC::VpnGateway': { none: 'Description Name' },
  'ALIYUN::VPC::VpnConnection': { none: 'BgpConfig HealthCheckConfig IkeConfig IpsecConfig LocalSubnet Name RemoteSubnet' },
  'ALIYUN::VPC::VpnAttachment': { none: 'BgpConfig HealthCheckConfig IkeConfig IpsecConfig LocalSubnet Name RemoteSubnet' },
  'ALIYUN::VPC::VpnRouteEntry': {},
};
