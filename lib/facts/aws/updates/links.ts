import type { UpdateTables } from '../../effect';

/** What joins two places. */
export const linkUpdates: UpdateTables = {
  'AWS::EC2::VPCPeeringConnection': { replace: 'AssumeRoleRegion PeerOwnerId PeerRegion PeerRoleArn PeerVpcId VpcId' },
  'AWS::EC2::TransitGateway': { replace: 'AmazonSideAsn MulticastSupport' },
  // Today's page says "No interruption" of Tags; the published specification still has the older "Replacement".
  'AWS::EC2::TransitGatewayRouteTable': { none: 'Tags', replace: 'TransitGatewayId' },
  'AWS::EC2::TransitGatewayVpcAttachment': { replace: 'SubnetIds TransitGatewayId VpcId' },
  'AWS::EC2::TransitGatewayAttachment': { replace: 'TransitGatewayId VpcId' },
  'AWS::EC2::TransitGatewayPeeringAttachment': { replace: 'PeerAccountId PeerRegion PeerTransitGatewayId TransitGatewayId' },
  'AWS::EC2::TransitGatewayRouteTableAssociation': { replace: 'TransitGatewayAttachmentId TransitGatewayRouteTableId' },
  'AWS::EC2::TransitGatewayRouteTablePropagation': { replace: 'TransitGatewayAttachmentId TransitGatewayRouteTableId' },
  'AWS::EC2::TransitGatewayRoute': {
    replace: 'Blackhole DestinationCidrBlock TransitGatewayAttachmentId TransitGatewayRouteTableId',
  },
  'AWS::EC2::CustomerGateway': { replace: 'BgpAsn BgpAsnExtended CertificateArn DeviceName IpAddress Type' },
  'AWS::EC2::VPNConnection': {
    replace: `CustomerGatewayId EnableAcceleration LocalIpv4NetworkCidr LocalIpv6NetworkCidr OutsideIpAddressType PreSharedKeyStorage
      RemoteIpv4NetworkCidr RemoteIpv6NetworkCidr StaticRoutesOnly TransitGatewayId TransportTransitGatewayAttachmentId
      TunnelInsideIpVersion Type VpnConcentratorId VpnGatewayId VpnTunnelOptionsSpecifications`,
  },
  'AWS::DirectConnect::DirectConnectGateway': { replace: 'AmazonSideAsn' },
  'AWS::DirectConnect::TransitVirtualInterface': {
    replace: 'AllocateTransitVirtualInterfaceRoleArn DirectConnectGatewayId Vlan',
  },
  'AWS::DirectConnect::DirectConnectGatewayAssociation': {
    replace: 'AcceptDirectConnectGatewayAssociationProposalRoleArn AssociatedGatewayId DirectConnectGatewayId',
  },
};
