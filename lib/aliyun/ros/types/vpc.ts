// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Properties of `ALIYUN::VPC::BgpGroup`. */
export interface BgpGroupProps {
  readonly AuthKey?: Value<string>;
  readonly Description?: Value<string>;
  readonly IpVersion?: Value<'IPv4' | 'IPv6'>;
  readonly IsFakeAsn?: Value<boolean>;
  /** A whole number. */
  readonly LocalAsn?: Value<number>;
  readonly Name?: Value<string>;
  /** A whole number. */
  readonly PeerAsn: Value<number>;
  /** A whole number. 1 to 110. */
  readonly RouteQuota?: Value<number>;
  readonly RouterId: Value<string>;
}

/** Attributes of `ALIYUN::VPC::BgpGroup`. */
export type BgpGroupAttribute = 'BgpGroupId' | 'Name';

/** `ALIYUN::VPC::BgpGroup`. */
export class BgpGroup extends RosResource<BgpGroupProps, BgpGroupAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::BgpGroup';

  constructor(scope: Construct, id: string, properties: BgpGroupProps, options: ResourceOptions = {}) {
    super(scope, id, BgpGroup.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::BgpNetwork`. */
export interface BgpNetworkProps {
  readonly DstCidrBlock: Value<string>;
  readonly RouterId: Value<string>;
  readonly VpcId?: Value<string>;
}

/** Attributes of `ALIYUN::VPC::BgpNetwork`. */
export type BgpNetworkAttribute = 'DstCidrBlock' | 'RouterId';

/** `ALIYUN::VPC::BgpNetwork`. */
export class BgpNetwork extends RosResource<BgpNetworkProps, BgpNetworkAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::BgpNetwork';

  constructor(scope: Construct, id: string, properties: BgpNetworkProps, options: ResourceOptions = {}) {
    super(scope, id, BgpNetwork.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::BgpPeer`. */
export interface BgpPeerProps {
  /** 1 to 255. */
  readonly BfdMultiHop?: Value<number>;
  readonly BgpGroupId: Value<string>;
  readonly EnableBfd?: Value<boolean>;
  readonly IpVersion?: Value<'IPv4' | 'IPv6'>;
  readonly PeerIpAddress?: Value<string>;
}

/** Attributes of `ALIYUN::VPC::BgpPeer`. */
export type BgpPeerAttribute = 'BgpPeerId';

/** `ALIYUN::VPC::BgpPeer`. */
export class BgpPeer extends RosResource<BgpPeerProps, BgpPeerAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::BgpPeer';

  constructor(scope: Construct, id: string, properties: BgpPeerProps, options: ResourceOptions = {}) {
    super(scope, id, BgpPeer.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::CustomerGateway`. */
export interface CustomerGatewayProps {
  /** A whole number. 1 to 4294967295. */
  readonly Asn?: Value<number>;
  /** 1 to 256 characters. */
  readonly Description?: Value<string>;
  readonly IpAddress: Value<string>;
  /** 1 to 128 characters. */
  readonly Name?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
}

/** Attributes of `ALIYUN::VPC::CustomerGateway`. */
export type CustomerGatewayAttribute = 'CustomerGatewayId';

/** `ALIYUN::VPC::CustomerGateway`. */
export class CustomerGateway extends RosResource<CustomerGatewayProps, CustomerGatewayAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::CustomerGateway';

  constructor(scope: Construct, id: string, properties: CustomerGatewayProps, options: ResourceOptions = {}) {
    super(scope, id, CustomerGateway.TYPE, properties, options);
  }
}

/** Part of `EIPProps`: Tags. */
export interface EIPTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::VPC::EIP`. */
export interface EIPProps {
  readonly AutoPay?: Value<boolean>;
  readonly Bandwidth?: Value<number>;
  readonly DeletionProtection?: Value<boolean>;
  readonly Description?: Value<string>;
  readonly InstanceChargeType?: Value<
    | 'PayAsYouGo'
    | 'PostPaid'
    | 'PayOnDemand'
    | 'Postpaid'
    | 'PostPay'
    | 'Postpay'
    | 'POSTPAY'
    | 'POST'
    | 'Subscription'
    | 'PrePaid'
    | 'Prepaid'
    | 'PrePay'
    | 'Prepay'
    | 'PREPAY'
    | 'PRE'
  >;
  readonly InstanceId?: Value<string>;
  readonly InternetChargeType?: Value<'PayByBandwidth' | 'PayByTraffic'>;
  readonly IpAddress?: Value<string>;
  readonly Isp?: Value<string>;
  readonly Name?: Value<string>;
  readonly Netmode?: Value<string>;
  readonly Period?: Value<1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12 | 24 | 36>;
  readonly PricingCycle?: Value<'Month' | 'Year'>;
  readonly PublicIpAddressPoolId?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  /** At most 10 items. */
  readonly SecurityProtectionTypes?: Value<readonly Value<string>[]>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<EIPTags>[]>;
  readonly Zone?: Value<string>;
}

/** Attributes of `ALIYUN::VPC::EIP`. */
export type EIPAttribute = 'AllocationId' | 'EipAddress' | 'Isp' | 'OrderId';

/** `ALIYUN::VPC::EIP`. */
export class EIP extends RosResource<EIPProps, EIPAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::EIP';

  constructor(scope: Construct, id: string, properties: EIPProps = {}, options: ResourceOptions = {}) {
    super(scope, id, EIP.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::EIPAssociation`. */
export interface EIPAssociationProps {
  /** At least 1 characters. */
  readonly AllocationId: Value<string>;
  /** At least 1 characters. */
  readonly InstanceId: Value<string>;
  readonly Mode?: Value<'NAT' | 'MULTI_BINDED' | 'BINDED'>;
  readonly PrivateIpAddress?: Value<string>;
}

/** Attributes of `ALIYUN::VPC::EIPAssociation`. */
export type EIPAssociationAttribute = 'AllocationId' | 'EipAddress';

/** `ALIYUN::VPC::EIPAssociation`. */
export class EIPAssociation extends RosResource<EIPAssociationProps, EIPAssociationAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::EIPAssociation';

  constructor(scope: Construct, id: string, properties: EIPAssociationProps, options: ResourceOptions = {}) {
    super(scope, id, EIPAssociation.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::FlowLog`. */
export interface FlowLogProps {
  readonly Description?: Value<string>;
  readonly FlowLogName?: Value<string>;
  readonly LogStoreName: Value<string>;
  readonly ProjectName: Value<string>;
  readonly ResourceId: Value<string>;
  readonly ResourceType: Value<string>;
  readonly TrafficType: Value<string>;
}

/** Attributes of `ALIYUN::VPC::FlowLog`. */
export type FlowLogAttribute =
  | 'Description'
  | 'FlowLogId'
  | 'FlowLogName'
  | 'LogStoreName'
  | 'ProjectName'
  | 'ResourceId'
  | 'ResourceType'
  | 'TrafficType';

/** `ALIYUN::VPC::FlowLog`. */
export class FlowLog extends RosResource<FlowLogProps, FlowLogAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::FlowLog';

  constructor(scope: Construct, id: string, properties: FlowLogProps, options: ResourceOptions = {}) {
    super(scope, id, FlowLog.TYPE, properties, options);
  }
}

/** Part of `NatGatewayProps`: AccessMode. */
export interface NatGatewayAccessMode {
  readonly ModeValue?: Value<'route' | 'tunnel'>;
  readonly TunnelType?: Value<'geneve' | 'vxlan'>;
}

/** Part of `NatGatewayProps`: Tags. */
export interface NatGatewayTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::VPC::NatGateway`. */
export interface NatGatewayProps {
  readonly AccessMode?: Value<NatGatewayAccessMode>;
  readonly AvailabilityMode?: Value<'CrossAZ' | 'SingleAZ'>;
  readonly DeletionForce?: Value<boolean>;
  readonly DeletionProtection?: Value<boolean>;
  readonly Description?: Value<string>;
  readonly EipBindMode?: Value<string>;
  readonly IcmpReplyEnabled?: Value<boolean>;
  readonly InstanceChargeType?: Value<
    | 'PayAsYouGo'
    | 'PostPaid'
    | 'PayOnDemand'
    | 'Postpaid'
    | 'PostPay'
    | 'Postpay'
    | 'POSTPAY'
    | 'POST'
    | 'Subscription'
    | 'PrePaid'
    | 'Prepaid'
    | 'PrePay'
    | 'Prepay'
    | 'PREPAY'
    | 'PRE'
  >;
  readonly InternetChargeType?: Value<'PayByLcu' | 'PayBySpec'>;
  readonly Ipv4Prefix?: Value<string>;
  readonly NatGatewayName?: Value<string>;
  readonly NatIp?: Value<string>;
  readonly NatType?: Value<'Enhanced'>;
  readonly NetworkType?: Value<'internet' | 'intranet'>;
  readonly PrivateLinkEnabled?: Value<boolean>;
  readonly SecurityProtectionEnabled?: Value<boolean>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<NatGatewayTags>[]>;
  readonly VSwitchId: Value<string>;
  readonly VpcId: Value<string>;
}

/** Attributes of `ALIYUN::VPC::NatGateway`. */
export type NatGatewayAttribute = 'ForwardTableId' | 'NatGatewayId' | 'SNatTableId';

/** `ALIYUN::VPC::NatGateway`. */
export class NatGateway extends RosResource<NatGatewayProps, NatGatewayAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::NatGateway';

  constructor(scope: Construct, id: string, properties: NatGatewayProps, options: ResourceOptions = {}) {
    super(scope, id, NatGateway.TYPE, properties, options);
  }
}

/** Part of `RouteTableProps`: Tags. */
export interface RouteTableTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::VPC::RouteTable`. */
export interface RouteTableProps {
  readonly AssociateType?: Value<'Gateway' | 'VSwitch'>;
  readonly Description?: Value<string>;
  readonly RouteTableName?: Value<string>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<RouteTableTags>[]>;
  readonly VpcId: Value<string>;
}

/** Attributes of `ALIYUN::VPC::RouteTable`. */
export type RouteTableAttribute = 'RouteTableId' | 'RouteTableName' | 'RouteTableType' | 'VSwitchIds' | 'VpcId';

/** `ALIYUN::VPC::RouteTable`. */
export class RouteTable extends RosResource<RouteTableProps, RouteTableAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::RouteTable';

  constructor(scope: Construct, id: string, properties: RouteTableProps, options: ResourceOptions = {}) {
    super(scope, id, RouteTable.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::RouteTableAssociation`. */
export interface RouteTableAssociationProps {
  readonly RouteTableId: Value<string>;
  readonly VSwitchId: Value<string>;
}

/** Attributes of `ALIYUN::VPC::RouteTableAssociation`. */
export type RouteTableAssociationAttribute = 'RouteTableId' | 'VSwitchId';

/** `ALIYUN::VPC::RouteTableAssociation`. */
export class RouteTableAssociation extends RosResource<RouteTableAssociationProps, RouteTableAssociationAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::RouteTableAssociation';

  constructor(scope: Construct, id: string, properties: RouteTableAssociationProps, options: ResourceOptions = {}) {
    super(scope, id, RouteTableAssociation.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::SnatEntry`. */
export interface SnatEntryProps {
  /** A whole number. */
  readonly EipAffinity?: Value<0 | 1>;
  readonly NetworkInterfaceId?: Value<string>;
  readonly SnatEntryName?: Value<string>;
  readonly SnatIp: Value<string>;
  readonly SnatTableId: Value<string>;
  readonly SourceCIDR?: Value<string>;
  readonly SourceVSwitchIds?: Value<readonly Value<string>[]>;
}

/** Attributes of `ALIYUN::VPC::SnatEntry`. */
export type SnatEntryAttribute = 'SnatEntryIds';

/** `ALIYUN::VPC::SnatEntry`. */
export class SnatEntry extends RosResource<SnatEntryProps, SnatEntryAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::SnatEntry';

  constructor(scope: Construct, id: string, properties: SnatEntryProps, options: ResourceOptions = {}) {
    super(scope, id, SnatEntry.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::VirtualBorderRouter`. */
export interface VirtualBorderRouterProps {
  readonly Bandwidth?: Value<
    50 | 100 | 200 | 300 | 400 | 500 | 1000 | 2048 | 5120 | 8192 | 10240 | 20480 | 40960 | 50120 | 61440 | 102400
  >;
  readonly CircuitCode?: Value<string>;
  readonly Description?: Value<string>;
  readonly LocalGatewayIp: Value<string>;
  readonly Name?: Value<string>;
  readonly PeerGatewayIp: Value<string>;
  readonly PeeringSubnetMask: Value<string>;
  readonly PhysicalConnectionId: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  /** A whole number. 0 to 2999. */
  readonly VlanId: Value<number>;
}

/** Attributes of `ALIYUN::VPC::VirtualBorderRouter`. */
export type VirtualBorderRouterAttribute = 'Name' | 'RouteTableId' | 'VbrId' | 'VlanInterfaceId';

/** `ALIYUN::VPC::VirtualBorderRouter`. */
export class VirtualBorderRouter extends RosResource<VirtualBorderRouterProps, VirtualBorderRouterAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::VirtualBorderRouter';

  constructor(scope: Construct, id: string, properties: VirtualBorderRouterProps, options: ResourceOptions = {}) {
    super(scope, id, VirtualBorderRouter.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::VpcCidrBlockAssociation`. */
export interface VpcCidrBlockAssociationProps {
  readonly IPv6CidrBlock?: Value<string>;
  readonly IpVersion?: Value<'IPV4' | 'IPV6'>;
  readonly IpamPoolId?: Value<string>;
  readonly Ipv6CidrMask?: Value<number>;
  readonly Ipv6Isp?: Value<'BGP' | 'ChinaMobile' | 'ChinaTelecom' | 'ChinaUnicom'>;
  readonly SecondaryCidrBlock?: Value<string>;
  /** A whole number. */
  readonly SecondaryCidrMask?: Value<number>;
  readonly VpcId: Value<string>;
}

/** Attributes of `ALIYUN::VPC::VpcCidrBlockAssociation`. */
export type VpcCidrBlockAssociationAttribute = 'VpcId';

/** `ALIYUN::VPC::VpcCidrBlockAssociation`. */
export class VpcCidrBlockAssociation extends RosResource<VpcCidrBlockAssociationProps, VpcCidrBlockAssociationAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::VpcCidrBlockAssociation';

  constructor(scope: Construct, id: string, properties: VpcCidrBlockAssociationProps, options: ResourceOptions = {}) {
    super(scope, id, VpcCidrBlockAssociation.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::VpcPeerConnection`. */
export interface VpcPeerConnectionProps {
  /** A whole number. */
  readonly AcceptingAliUid?: Value<number>;
  readonly AcceptingRegionId?: Value<string>;
  readonly AcceptingVpcId: Value<string>;
  readonly Bandwidth?: Value<number>;
  readonly DeletionForce?: Value<boolean>;
  readonly Description?: Value<string>;
  readonly LinkType?: Value<'Platinum' | 'Gold'>;
  readonly Name?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  readonly VpcId: Value<string>;
}

/** Attributes of `ALIYUN::VPC::VpcPeerConnection`. */
export type VpcPeerConnectionAttribute = 'InstanceId';

/** `ALIYUN::VPC::VpcPeerConnection`. */
export class VpcPeerConnection extends RosResource<VpcPeerConnectionProps, VpcPeerConnectionAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::VpcPeerConnection';

  constructor(scope: Construct, id: string, properties: VpcPeerConnectionProps, options: ResourceOptions = {}) {
    super(scope, id, VpcPeerConnection.TYPE, properties, options);
  }
}

/** Part of `VpnAttachmentProps`: BgpConfig. */
export interface VpnAttachmentBgpConfig {
  readonly EnableBgp?: Value<boolean>;
  /** 1 to 4294967295. */
  readonly LocalAsn?: Value<number>;
  readonly LocalBgpIp?: Value<string>;
  readonly TunnelCidr?: Value<string>;
}

/** Part of `VpnAttachmentProps`: HealthCheckConfig. */
export interface VpnAttachmentHealthCheckConfig {
  readonly Dip?: Value<string>;
  readonly Enable?: Value<boolean>;
  readonly Interval?: Value<number>;
  readonly Policy?: Value<string>;
  readonly Retry?: Value<number>;
  readonly Sip?: Value<string>;
}

/** Part of `VpnAttachmentProps`: IkeConfig. */
export interface VpnAttachmentIkeConfig {
  readonly IkeAuthAlg?: Value<'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3'>;
  readonly IkeEncAlg?: Value<'aes' | 'aes192' | 'aes256' | 'des' | '3des' | 'sm4'>;
  /** 0 to 86400. */
  readonly IkeLifetime?: Value<number>;
  readonly IkeMode?: Value<'main' | 'aggressive'>;
  readonly IkePfs?: Value<'group1' | 'group2' | 'group5' | 'group14' | 'group24'>;
  readonly IkeVersion?: Value<'ikev1' | 'ikev2'>;
  /** At most 100 characters. */
  readonly LocalId?: Value<string>;
  /** At most 100 characters. */
  readonly Psk?: Value<string>;
  /** At most 100 characters. */
  readonly RemoteId?: Value<string>;
}

/** Part of `VpnAttachmentProps`: IpsecConfig. */
export interface VpnAttachmentIpsecConfig {
  readonly IpsecAuthAlg?: Value<'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3'>;
  readonly IpsecEncAlg?: Value<'aes' | 'aes192' | 'aes256' | 'des' | '3des' | 'sm4'>;
  /** 0 to 86400. */
  readonly IpsecLifetime?: Value<number>;
  readonly IpsecPfs?: Value<'disabled' | 'group1' | 'group2' | 'group5' | 'group14' | 'group24'>;
}

/** Part of `VpnAttachmentTunnelOptionsSpecification`: TunnelBgpConfig. */
export interface VpnAttachmentTunnelOptionsSpecificationTunnelBgpConfig {
  readonly LocalAsn?: Value<number>;
  readonly LocalBgpIp?: Value<string>;
  readonly TunnelCidr?: Value<string>;
}

/** Part of `VpnAttachmentTunnelOptionsSpecification`: TunnelIkeConfig. */
export interface VpnAttachmentTunnelOptionsSpecificationTunnelIkeConfig {
  readonly IkeAuthAlg?: Value<'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'>;
  readonly IkeEncAlg?: Value<'aes' | 'aes192' | 'aes256' | 'des' | '3des'>;
  /** 0 to 86400. */
  readonly IkeLifetime?: Value<number>;
  readonly IkeMode?: Value<'main' | 'aggressive'>;
  readonly IkePfs?: Value<'group1' | 'group2' | 'group5' | 'group14'>;
  readonly IkeVersion?: Value<'ikev1' | 'ikev2'>;
  /** 1 to 100 characters. */
  readonly LocalId?: Value<string>;
  /** 1 to 100 characters. */
  readonly Psk?: Value<string>;
  /** 1 to 100 characters. */
  readonly RemoteId?: Value<string>;
}

/** Part of `VpnAttachmentTunnelOptionsSpecification`: TunnelIpsecConfig. */
export interface VpnAttachmentTunnelOptionsSpecificationTunnelIpsecConfig {
  readonly IpsecAuthAlg?: Value<'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'>;
  readonly IpsecEncAlg?: Value<'aes' | 'aes192' | 'aes256' | 'des' | '3des'>;
  /** 0 to 86400. */
  readonly IpsecLifetime?: Value<number>;
  readonly IpsecPfs?: Value<'group1' | 'group2' | 'group5' | 'group14' | 'disabled'>;
}

/** Part of `VpnAttachmentProps`: TunnelOptionsSpecification. */
export interface VpnAttachmentTunnelOptionsSpecification {
  readonly CustomerGatewayId?: Value<string>;
  readonly EnableDpd?: Value<boolean>;
  readonly EnableNatTraversal?: Value<boolean>;
  readonly TunnelBgpConfig?: Value<VpnAttachmentTunnelOptionsSpecificationTunnelBgpConfig>;
  readonly TunnelIkeConfig?: Value<VpnAttachmentTunnelOptionsSpecificationTunnelIkeConfig>;
  readonly TunnelIndex?: Value<number>;
  readonly TunnelIpsecConfig?: Value<VpnAttachmentTunnelOptionsSpecificationTunnelIpsecConfig>;
}

/** Properties of `ALIYUN::VPC::VpnAttachment`. */
export interface VpnAttachmentProps {
  readonly AutoConfigRoute?: Value<boolean>;
  readonly BgpConfig?: Value<VpnAttachmentBgpConfig>;
  readonly CustomerGatewayId?: Value<string>;
  readonly EffectImmediately?: Value<boolean>;
  readonly EnableDpd?: Value<boolean>;
  readonly EnableNatTraversal?: Value<boolean>;
  readonly EnableTunnelsBgp?: Value<boolean>;
  readonly HealthCheckConfig?: Value<VpnAttachmentHealthCheckConfig>;
  readonly IkeConfig?: Value<VpnAttachmentIkeConfig>;
  readonly IpsecConfig?: Value<VpnAttachmentIpsecConfig>;
  readonly LocalSubnet: Value<string>;
  /** 2 to 128 characters. */
  readonly Name?: Value<string>;
  readonly NetworkType?: Value<'public' | 'private'>;
  readonly RemoteCaCert?: Value<string>;
  readonly RemoteSubnet: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  readonly TunnelBandwidth?: Value<string>;
  readonly TunnelOptionsSpecification?: Value<readonly Value<VpnAttachmentTunnelOptionsSpecification>[]>;
}

/** Attributes of `ALIYUN::VPC::VpnAttachment`. */
export type VpnAttachmentAttribute = 'InternetIp' | 'PeerVpnAttachmentConfig' | 'VpnAttachmentId';

/** `ALIYUN::VPC::VpnAttachment`. */
export class VpnAttachment extends RosResource<VpnAttachmentProps, VpnAttachmentAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::VpnAttachment';

  constructor(scope: Construct, id: string, properties: VpnAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, VpnAttachment.TYPE, properties, options);
  }
}

/** Part of `VpnConnectionProps`: BgpConfig. */
export interface VpnConnectionBgpConfig {
  readonly EnableBgp?: Value<boolean>;
  /** 1 to 4294967295. */
  readonly LocalAsn?: Value<number>;
  readonly LocalBgpIp?: Value<string>;
  readonly TunnelCidr?: Value<string>;
}

/** Part of `VpnConnectionProps`: HealthCheckConfig. */
export interface VpnConnectionHealthCheckConfig {
  readonly Dip?: Value<string>;
  readonly Enable?: Value<boolean>;
  readonly Interval?: Value<number>;
  readonly Policy?: Value<string>;
  readonly Retry?: Value<number>;
  readonly Sip?: Value<string>;
}

/** Part of `VpnConnectionProps`: IkeConfig. */
export interface VpnConnectionIkeConfig {
  readonly IkeAuthAlg?: Value<'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3'>;
  readonly IkeEncAlg?: Value<'aes' | 'aes192' | 'aes256' | 'des' | '3des' | 'sm4'>;
  /** 0 to 86400. */
  readonly IkeLifetime?: Value<number>;
  readonly IkeMode?: Value<'main' | 'aggressive'>;
  readonly IkePfs?: Value<'group1' | 'group2' | 'group5' | 'group14' | 'group24'>;
  readonly IkeVersion?: Value<'ikev1' | 'ikev2'>;
  /** At most 100 characters. */
  readonly LocalId?: Value<string>;
  /** At most 100 characters. */
  readonly Psk?: Value<string>;
  /** At most 100 characters. */
  readonly RemoteId?: Value<string>;
}

/** Part of `VpnConnectionProps`: IpsecConfig. */
export interface VpnConnectionIpsecConfig {
  readonly IpsecAuthAlg?: Value<'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3'>;
  readonly IpsecEncAlg?: Value<'aes' | 'aes192' | 'aes256' | 'des' | '3des' | 'sm4'>;
  /** 0 to 86400. */
  readonly IpsecLifetime?: Value<number>;
  readonly IpsecPfs?: Value<'disabled' | 'group1' | 'group2' | 'group5' | 'group14' | 'group24'>;
}

/** Part of `VpnConnectionTunnelOptionsSpecification`: TunnelBgpConfig. */
export interface VpnConnectionTunnelOptionsSpecificationTunnelBgpConfig {
  /** 1 to 4294967295. */
  readonly LocalAsn?: Value<number>;
  readonly LocalBgpIp?: Value<string>;
  readonly TunnelCidr?: Value<string>;
}

/** Part of `VpnConnectionTunnelOptionsSpecification`: TunnelIkeConfig. */
export interface VpnConnectionTunnelOptionsSpecificationTunnelIkeConfig {
  readonly IkeAuthAlg?: Value<'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3'>;
  readonly IkeEncAlg?: Value<'aes' | 'aes192' | 'aes256' | 'des' | '3des' | 'sm4'>;
  /** 0 to 86400. */
  readonly IkeLifetime?: Value<number>;
  readonly IkeMode?: Value<'main' | 'aggressive'>;
  readonly IkePfs?: Value<'group1' | 'group2' | 'group5' | 'group14' | 'group24'>;
  readonly IkeVersion?: Value<'ikev1' | 'ikev2'>;
  /** At most 100 characters. */
  readonly LocalId?: Value<string>;
  /** At most 100 characters. */
  readonly Psk?: Value<string>;
  /** At most 100 characters. */
  readonly RemoteId?: Value<string>;
}

/** Part of `VpnConnectionTunnelOptionsSpecification`: TunnelIpsecConfig. */
export interface VpnConnectionTunnelOptionsSpecificationTunnelIpsecConfig {
  readonly IpsecAuthAlg?: Value<'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'sm3'>;
  readonly IpsecEncAlg?: Value<'aes' | 'aes192' | 'aes256' | 'des' | '3des' | 'sm4'>;
  /** 0 to 86400. */
  readonly IpsecLifetime?: Value<number>;
  readonly IpsecPfs?: Value<'disabled' | 'group1' | 'group2' | 'group5' | 'group14' | 'group24'>;
}

/** Part of `VpnConnectionProps`: TunnelOptionsSpecification. */
export interface VpnConnectionTunnelOptionsSpecification {
  readonly CustomerGatewayId?: Value<string>;
  readonly EnableDpd?: Value<boolean>;
  readonly EnableNatTraversal?: Value<boolean>;
  readonly RemoteCaCertificate?: Value<string>;
  readonly Role?: Value<'master' | 'slave'>;
  readonly TunnelBgpConfig?: Value<VpnConnectionTunnelOptionsSpecificationTunnelBgpConfig>;
  readonly TunnelIkeConfig?: Value<VpnConnectionTunnelOptionsSpecificationTunnelIkeConfig>;
  readonly TunnelIpsecConfig?: Value<VpnConnectionTunnelOptionsSpecificationTunnelIpsecConfig>;
}

/** Properties of `ALIYUN::VPC::VpnConnection`. */
export interface VpnConnectionProps {
  readonly AutoConfigRoute?: Value<boolean>;
  readonly BgpConfig?: Value<VpnConnectionBgpConfig>;
  readonly CustomerGatewayId?: Value<string>;
  readonly EffectImmediately?: Value<boolean>;
  readonly EnableDpd?: Value<boolean>;
  readonly EnableNatTraversal?: Value<boolean>;
  readonly EnableTunnelsBgp?: Value<boolean>;
  readonly HealthCheckConfig?: Value<VpnConnectionHealthCheckConfig>;
  readonly IkeConfig?: Value<VpnConnectionIkeConfig>;
  readonly IpsecConfig?: Value<VpnConnectionIpsecConfig>;
  readonly LocalSubnet: Value<string>;
  /** 1 to 128 characters. */
  readonly Name?: Value<string>;
  readonly RemoteCaCertificate?: Value<string>;
  readonly RemoteSubnet: Value<string>;
  readonly TunnelOptionsSpecification?: Value<readonly Value<VpnConnectionTunnelOptionsSpecification>[]>;
  readonly VpnGatewayId: Value<string>;
}

/** Attributes of `ALIYUN::VPC::VpnConnection`. */
export type VpnConnectionAttribute = 'PeerVpnConnectionConfig' | 'Status' | 'VpnConnectionId';

/** `ALIYUN::VPC::VpnConnection`. */
export class VpnConnection extends RosResource<VpnConnectionProps, VpnConnectionAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::VpnConnection';

  constructor(scope: Construct, id: string, properties: VpnConnectionProps, options: ResourceOptions = {}) {
    super(scope, id, VpnConnection.TYPE, properties, options);
  }
}

/** Part of `VpnGatewayProps`: Tags. */
export interface VpnGatewayTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::VPC::VpnGateway`. */
export interface VpnGatewayProps {
  readonly AutoPay?: Value<boolean>;
  /** A whole number. */
  readonly Bandwidth: Value<5 | 10 | 20 | 50 | 100 | 200>;
  /** 2 to 256 characters. */
  readonly Description?: Value<string>;
  readonly DisasterRecoveryVSwitchId?: Value<string>;
  readonly EnableIpsec?: Value<boolean>;
  readonly EnableSsl?: Value<boolean>;
  readonly InstanceChargeType?: Value<
    | 'PayAsYouGo'
    | 'PostPaid'
    | 'PayOnDemand'
    | 'Postpaid'
    | 'PostPay'
    | 'Postpay'
    | 'POSTPAY'
    | 'POST'
    | 'Subscription'
    | 'PrePaid'
    | 'Prepaid'
    | 'PrePay'
    | 'Prepay'
    | 'PREPAY'
    | 'PRE'
  >;
  /** 2 to 100 characters. */
  readonly Name?: Value<string>;
  readonly NetworkType?: Value<'public' | 'private'>;
  /** A whole number. */
  readonly Period?: Value<1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12 | 24 | 36>;
  readonly ResourceGroupId?: Value<string>;
  /** A whole number. */
  readonly SslConnections?: Value<number>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<VpnGatewayTags>[]>;
  readonly VSwitchId?: Value<string>;
  readonly VpcId: Value<string>;
  readonly VpnType?: Value<string>;
}

/** Attributes of `ALIYUN::VPC::VpnGateway`. */
export type VpnGatewayAttribute =
  | 'Arn'
  | 'DisasterRecoveryInternetIp'
  | 'DisasterRecoveryVSwitchId'
  | 'InternetIp'
  | 'OrderId'
  | 'Spec'
  | 'SslMaxConnections'
  | 'SslVpnInternetIp'
  | 'VSwitchId'
  | 'VpcId'
  | 'VpnGatewayId'
  | 'VpnType';

/** `ALIYUN::VPC::VpnGateway`. */
export class VpnGateway extends RosResource<VpnGatewayProps, VpnGatewayAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::VpnGateway';

  constructor(scope: Construct, id: string, properties: VpnGatewayProps, options: ResourceOptions = {}) {
    super(scope, id, VpnGateway.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::VPC::VpnRouteEntry`. */
export interface VpnRouteEntryProps {
  readonly Description?: Value<string>;
  readonly NextHop: Value<string>;
  readonly OverlayMode?: Value<string>;
  readonly PublishVpc: Value<boolean>;
  readonly RouteDest: Value<string>;
  readonly VpnGatewayId: Value<string>;
  /** A whole number. */
  readonly Weight: Value<number>;
}

/** Attributes of `ALIYUN::VPC::VpnRouteEntry`. */
export type VpnRouteEntryAttribute = 'NextHop' | 'RouteDest' | 'VpnGatewayId';

/** `ALIYUN::VPC::VpnRouteEntry`. */
export class VpnRouteEntry extends RosResource<VpnRouteEntryProps, VpnRouteEntryAttribute> {
  static readonly TYPE = 'ALIYUN::VPC::VpnRouteEntry';

  constructor(scope: Construct, id: string, properties: VpnRouteEntryProps, options: ResourceOptions = {}) {
    super(scope, id, VpnRouteEntry.TYPE, properties, options);
  }
}
