// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Part of `CenInstanceProps`: Tags. */
export interface CenInstanceTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::CEN::CenInstance`. */
export interface CenInstanceProps {
  readonly Description?: Value<string>;
  readonly Name?: Value<string>;
  readonly ProtectionLevel?: Value<string>;
  readonly ResourceGroupId?: Value<string>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<CenInstanceTags>[]>;
}

/** Attributes of `ALIYUN::CEN::CenInstance`. */
export type CenInstanceAttribute = 'Arn' | 'CenId';

/** `ALIYUN::CEN::CenInstance`. */
export class CenInstance extends RosResource<CenInstanceProps, CenInstanceAttribute> {
  static readonly TYPE = 'ALIYUN::CEN::CenInstance';

  constructor(scope: Construct, id: string, properties: CenInstanceProps = {}, options: ResourceOptions = {}) {
    super(scope, id, CenInstance.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CEN::CenVbrHealthCheck`. */
export interface CenVbrHealthCheckProps {
  readonly CenId: Value<string>;
  /** A whole number. */
  readonly HealthCheckInterval?: Value<number>;
  readonly HealthCheckSourceIp?: Value<string>;
  readonly HealthCheckTargetIp: Value<string>;
  /** A whole number. */
  readonly HealthyThreshold?: Value<number>;
  readonly VbrInstanceId: Value<string>;
  /** A whole number. */
  readonly VbrInstanceOwnerId?: Value<number>;
  readonly VbrInstanceRegionId: Value<string>;
}

/** Attributes of `ALIYUN::CEN::CenVbrHealthCheck`. */
export type CenVbrHealthCheckAttribute =
  | 'CenId'
  | 'HealthCheckInterval'
  | 'HealthCheckSourceIp'
  | 'HealthCheckTargetIp'
  | 'HealthyThreshold'
  | 'VbrInstanceId'
  | 'VbrInstanceOwnerId'
  | 'VbrInstanceRegionId';

/** `ALIYUN::CEN::CenVbrHealthCheck`. */
export class CenVbrHealthCheck extends RosResource<CenVbrHealthCheckProps, CenVbrHealthCheckAttribute> {
  static readonly TYPE = 'ALIYUN::CEN::CenVbrHealthCheck';

  constructor(scope: Construct, id: string, properties: CenVbrHealthCheckProps, options: ResourceOptions = {}) {
    super(scope, id, CenVbrHealthCheck.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CEN::RouteEntry`. */
export interface RouteEntryProps {
  readonly CenId: Value<string>;
  readonly ChildInstanceId: Value<string>;
  readonly ChildInstanceRegionId: Value<string>;
  readonly ChildInstanceRouteTableId: Value<string>;
  readonly ChildInstanceType: Value<'VPC' | 'VBR'>;
  readonly DestinationCidrBlock: Value<string>;
}

/** Attributes of `ALIYUN::CEN::RouteEntry`. */
export type RouteEntryAttribute = never;

/** `ALIYUN::CEN::RouteEntry`. */
export class RouteEntry extends RosResource<RouteEntryProps, RouteEntryAttribute> {
  static readonly TYPE = 'ALIYUN::CEN::RouteEntry';

  constructor(scope: Construct, id: string, properties: RouteEntryProps, options: ResourceOptions = {}) {
    super(scope, id, RouteEntry.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CEN::TransitRouter`. */
export interface TransitRouterProps {
  readonly CenId: Value<string>;
  readonly TransitRouterDescription?: Value<string>;
  readonly TransitRouterName?: Value<string>;
}

/** Attributes of `ALIYUN::CEN::TransitRouter`. */
export type TransitRouterAttribute =
  | 'AliUid'
  | 'CenId'
  | 'SystemTransitRouterRouteTableId'
  | 'TransitRouterDescription'
  | 'TransitRouterId'
  | 'TransitRouterName'
  | 'Type';

/** `ALIYUN::CEN::TransitRouter`. */
export class TransitRouter extends RosResource<TransitRouterProps, TransitRouterAttribute> {
  static readonly TYPE = 'ALIYUN::CEN::TransitRouter';

  constructor(scope: Construct, id: string, properties: TransitRouterProps, options: ResourceOptions = {}) {
    super(scope, id, TransitRouter.TYPE, properties, options);
  }
}

/** Part of `TransitRouterPeerAttachmentProps`: Tags. */
export interface TransitRouterPeerAttachmentTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::CEN::TransitRouterPeerAttachment`. */
export interface TransitRouterPeerAttachmentProps {
  readonly AutoPublishRouteEnabled?: Value<boolean>;
  /** A whole number. At most 100000000. */
  readonly Bandwidth?: Value<number>;
  readonly BandwidthType?: Value<'BandwidthPackage' | 'DataTransfer'>;
  readonly CenBandwidthPackageId?: Value<string>;
  readonly CenId?: Value<string>;
  readonly DefaultLinkType?: Value<'Platinum' | 'Gold'>;
  readonly DeletionForce?: Value<boolean>;
  readonly PeerTransitRouterId: Value<string>;
  readonly PeerTransitRouterRegionId?: Value<string>;
  readonly RouteTableAssociationEnabled?: Value<boolean>;
  readonly RouteTablePropagationEnabled?: Value<boolean>;
  /** 1 to 20 items. */
  readonly Tags?: Value<readonly Value<TransitRouterPeerAttachmentTags>[]>;
  /** At most 256 characters. */
  readonly TransitRouterAttachmentDescription?: Value<string>;
  /** At most 128 characters. */
  readonly TransitRouterAttachmentName?: Value<string>;
  readonly TransitRouterId?: Value<string>;
}

/** Attributes of `ALIYUN::CEN::TransitRouterPeerAttachment`. */
export type TransitRouterPeerAttachmentAttribute = 'TransitRouterAttachmentId';

/** `ALIYUN::CEN::TransitRouterPeerAttachment`. */
export class TransitRouterPeerAttachment extends RosResource<
  TransitRouterPeerAttachmentProps,
  TransitRouterPeerAttachmentAttribute
> {
  static readonly TYPE = 'ALIYUN::CEN::TransitRouterPeerAttachment';

  constructor(scope: Construct, id: string, properties: TransitRouterPeerAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, TransitRouterPeerAttachment.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CEN::TransitRouterRouteEntry`. */
export interface TransitRouterRouteEntryProps {
  readonly TransitRouterRouteEntryDescription?: Value<string>;
  readonly TransitRouterRouteEntryDestinationCidrBlock: Value<string>;
  readonly TransitRouterRouteEntryName?: Value<string>;
  readonly TransitRouterRouteEntryNextHopId?: Value<string>;
  readonly TransitRouterRouteEntryNextHopType: Value<string>;
  readonly TransitRouterRouteTableId: Value<string>;
}

/** Attributes of `ALIYUN::CEN::TransitRouterRouteEntry`. */
export type TransitRouterRouteEntryAttribute =
  | 'TransitRouterRouteEntryDescription'
  | 'TransitRouterRouteEntryDestinationCidrBlock'
  | 'TransitRouterRouteEntryId'
  | 'TransitRouterRouteEntryName'
  | 'TransitRouterRouteEntryNextHopId'
  | 'TransitRouterRouteEntryNextHopType'
  | 'TransitRouterRouteEntryType'
  | 'TransitRouterRouteTableId';

/** `ALIYUN::CEN::TransitRouterRouteEntry`. */
export class TransitRouterRouteEntry extends RosResource<TransitRouterRouteEntryProps, TransitRouterRouteEntryAttribute> {
  static readonly TYPE = 'ALIYUN::CEN::TransitRouterRouteEntry';

  constructor(scope: Construct, id: string, properties: TransitRouterRouteEntryProps, options: ResourceOptions = {}) {
    super(scope, id, TransitRouterRouteEntry.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CEN::TransitRouterRouteTable`. */
export interface TransitRouterRouteTableProps {
  readonly TransitRouterId: Value<string>;
  readonly TransitRouterRouteTableDescription?: Value<string>;
  readonly TransitRouterRouteTableName?: Value<string>;
}

/** Attributes of `ALIYUN::CEN::TransitRouterRouteTable`. */
export type TransitRouterRouteTableAttribute =
  | 'ClientToken'
  | 'TransitRouterId'
  | 'TransitRouterRouteTableDescription'
  | 'TransitRouterRouteTableId'
  | 'TransitRouterRouteTableName'
  | 'TransitRouterRouteTableType';

/** `ALIYUN::CEN::TransitRouterRouteTable`. */
export class TransitRouterRouteTable extends RosResource<TransitRouterRouteTableProps, TransitRouterRouteTableAttribute> {
  static readonly TYPE = 'ALIYUN::CEN::TransitRouterRouteTable';

  constructor(scope: Construct, id: string, properties: TransitRouterRouteTableProps, options: ResourceOptions = {}) {
    super(scope, id, TransitRouterRouteTable.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CEN::TransitRouterRouteTableAssociation`. */
export interface TransitRouterRouteTableAssociationProps {
  readonly TransitRouterAttachmentId: Value<string>;
  readonly TransitRouterRouteTableId: Value<string>;
}

/** Attributes of `ALIYUN::CEN::TransitRouterRouteTableAssociation`. */
export type TransitRouterRouteTableAssociationAttribute =
  | 'ResourceId'
  | 'ResourceType'
  | 'TransitRouterAttachmentId'
  | 'TransitRouterRouteTableId';

/** `ALIYUN::CEN::TransitRouterRouteTableAssociation`. */
export class TransitRouterRouteTableAssociation extends RosResource<
  TransitRouterRouteTableAssociationProps,
  TransitRouterRouteTableAssociationAttribute
> {
  static readonly TYPE = 'ALIYUN::CEN::TransitRouterRouteTableAssociation';

  constructor(scope: Construct, id: string, properties: TransitRouterRouteTableAssociationProps, options: ResourceOptions = {}) {
    super(scope, id, TransitRouterRouteTableAssociation.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CEN::TransitRouterRouteTablePropagation`. */
export interface TransitRouterRouteTablePropagationProps {
  readonly TransitRouterAttachmentId: Value<string>;
  readonly TransitRouterRouteTableId: Value<string>;
}

/** Attributes of `ALIYUN::CEN::TransitRouterRouteTablePropagation`. */
export type TransitRouterRouteTablePropagationAttribute =
  | 'ResourceId'
  | 'ResourceType'
  | 'TransitRouterAttachmentId'
  | 'TransitRouterRouteTableId';

/** `ALIYUN::CEN::TransitRouterRouteTablePropagation`. */
export class TransitRouterRouteTablePropagation extends RosResource<
  TransitRouterRouteTablePropagationProps,
  TransitRouterRouteTablePropagationAttribute
> {
  static readonly TYPE = 'ALIYUN::CEN::TransitRouterRouteTablePropagation';

  constructor(scope: Construct, id: string, properties: TransitRouterRouteTablePropagationProps, options: ResourceOptions = {}) {
    super(scope, id, TransitRouterRouteTablePropagation.TYPE, properties, options);
  }
}

/** Properties of `ALIYUN::CEN::TransitRouterVbrAttachment`. */
export interface TransitRouterVbrAttachmentProps {
  readonly AutoPublishRouteEnabled?: Value<boolean>;
  readonly CenId?: Value<string>;
  readonly TransitRouterAttachmentDescription?: Value<string>;
  readonly TransitRouterAttachmentName?: Value<string>;
  readonly TransitRouterId?: Value<string>;
  readonly VbrId: Value<string>;
  /** A whole number. */
  readonly VbrOwnerId?: Value<number>;
}

/** Attributes of `ALIYUN::CEN::TransitRouterVbrAttachment`. */
export type TransitRouterVbrAttachmentAttribute =
  | 'AutoPublishRouteEnabled'
  | 'CenId'
  | 'ClientToken'
  | 'ResourceType'
  | 'TransitRouterAttachmentDescription'
  | 'TransitRouterAttachmentId'
  | 'TransitRouterAttachmentName'
  | 'TransitRouterId'
  | 'VbrId'
  | 'VbrOwnerId';

/** `ALIYUN::CEN::TransitRouterVbrAttachment`. */
export class TransitRouterVbrAttachment extends RosResource<
  TransitRouterVbrAttachmentProps,
  TransitRouterVbrAttachmentAttribute
> {
  static readonly TYPE = 'ALIYUN::CEN::TransitRouterVbrAttachment';

  constructor(scope: Construct, id: string, properties: TransitRouterVbrAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, TransitRouterVbrAttachment.TYPE, properties, options);
  }
}

/** Part of `TransitRouterVpcAttachmentProps`: ZoneMappings. */
export interface TransitRouterVpcAttachmentZoneMappings {
  readonly VSwitchId: Value<string>;
  readonly ZoneId: Value<string>;
}

/** Properties of `ALIYUN::CEN::TransitRouterVpcAttachment`. */
export interface TransitRouterVpcAttachmentProps {
  readonly AutoCreateVpcRoute?: Value<boolean>;
  readonly AutoPublishRouteEnabled?: Value<boolean>;
  readonly CenId?: Value<string>;
  readonly ChargeType?: Value<
    'PayAsYouGo' | 'PostPaid' | 'PayOnDemand' | 'Postpaid' | 'PostPay' | 'Postpay' | 'POSTPAY' | 'POST'
  >;
  readonly DeletionForce?: Value<boolean>;
  readonly RouteTableAssociationEnabled?: Value<boolean>;
  readonly RouteTablePropagationEnabled?: Value<boolean>;
  readonly TransitRouterAttachmentDescription?: Value<string>;
  readonly TransitRouterAttachmentName?: Value<string>;
  readonly TransitRouterId?: Value<string>;
  readonly TransitRouterVPCAttachmentOptions?: Value<Readonly<Record<string, Value<unknown>>>>;
  readonly VpcId: Value<string>;
  /** A whole number. */
  readonly VpcOwnerId?: Value<number>;
  /** At most 10 items. */
  readonly ZoneMappings: Value<readonly Value<TransitRouterVpcAttachmentZoneMappings>[]>;
}

/** Attributes of `ALIYUN::CEN::TransitRouterVpcAttachment`. */
export type TransitRouterVpcAttachmentAttribute =
  | 'CenId'
  | 'ResourceType'
  | 'TransitRouterAttachmentDescription'
  | 'TransitRouterAttachmentId'
  | 'TransitRouterAttachmentName'
  | 'TransitRouterId'
  | 'VpcId'
  | 'VpcOwnerId';

/** `ALIYUN::CEN::TransitRouterVpcAttachment`. */
export class TransitRouterVpcAttachment extends RosResource<
  TransitRouterVpcAttachmentProps,
  TransitRouterVpcAttachmentAttribute
> {
  static readonly TYPE = 'ALIYUN::CEN::TransitRouterVpcAttachment';

  constructor(scope: Construct, id: string, properties: TransitRouterVpcAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, TransitRouterVpcAttachment.TYPE, properties, options);
  }
}

/** Part of `TransitRouterVpnAttachmentProps`: Tags. */
export interface TransitRouterVpnAttachmentTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::CEN::TransitRouterVpnAttachment`. */
export interface TransitRouterVpnAttachmentProps {
  readonly AutoPublishRouteEnabled?: Value<boolean>;
  readonly CenId?: Value<string>;
  readonly DeletionForce?: Value<boolean>;
  readonly RouteTableAssociationEnabled?: Value<boolean>;
  readonly RouteTablePropagationEnabled?: Value<boolean>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<TransitRouterVpnAttachmentTags>[]>;
  readonly TransitRouterAttachmentDescription?: Value<string>;
  readonly TransitRouterAttachmentName?: Value<string>;
  readonly TransitRouterId?: Value<string>;
  readonly VpnId: Value<string>;
  readonly VpnOwnerId?: Value<string>;
  readonly ZoneId?: Value<string>;
}

/** Attributes of `ALIYUN::CEN::TransitRouterVpnAttachment`. */
export type TransitRouterVpnAttachmentAttribute = 'TransitRouterAttachmentId';

/** `ALIYUN::CEN::TransitRouterVpnAttachment`. */
export class TransitRouterVpnAttachment extends RosResource<
  TransitRouterVpnAttachmentProps,
  TransitRouterVpnAttachmentAttribute
> {
  static readonly TYPE = 'ALIYUN::CEN::TransitRouterVpnAttachment';

  constructor(scope: Construct, id: string, properties: TransitRouterVpnAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, TransitRouterVpnAttachment.TYPE, properties, options);
  }
}
