// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Part of `BackendServerAttachmentProps`: BackendServers. */
export interface BackendServerAttachmentBackendServers {
  readonly Description?: Value<string>;
  readonly ServerId: Value<string>;
  readonly ServerIp?: Value<string>;
  readonly Type?: Value<string>;
  /** 0 to 100. */
  readonly Weight: Value<number>;
}

/** Properties of `ALIYUN::SLB::BackendServerAttachment`. */
export interface BackendServerAttachmentProps {
  readonly BackendServerList?: Value<readonly Value<string>[]>;
  readonly BackendServerWeightList?: Value<readonly Value<unknown>[]>;
  readonly BackendServers?: Value<readonly Value<BackendServerAttachmentBackendServers>[]>;
  readonly LoadBalancerId: Value<string>;
}

/** Attributes of `ALIYUN::SLB::BackendServerAttachment`. */
export type BackendServerAttachmentAttribute = 'BackendServers' | 'LoadBalancerId';

/** `ALIYUN::SLB::BackendServerAttachment`. */
export class BackendServerAttachment extends RosResource<BackendServerAttachmentProps, BackendServerAttachmentAttribute> {
  static readonly TYPE = 'ALIYUN::SLB::BackendServerAttachment';

  constructor(scope: Construct, id: string, properties: BackendServerAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, BackendServerAttachment.TYPE, properties, options);
  }
}

/** Part of `ListenerProps`: HealthCheck. */
export interface ListenerHealthCheck {
  readonly Domain?: Value<string>;
  readonly Exp?: Value<string>;
  readonly HealthCheckMethod?: Value<string>;
  readonly HealthCheckType?: Value<'tcp' | 'http' | 'udp' | 'https'>;
  /** 1 to 10. */
  readonly HealthyThreshold?: Value<number>;
  readonly HttpCode?: Value<string>;
  /** 1 to 50. */
  readonly Interval?: Value<number>;
  /** 0 to 65535. */
  readonly Port?: Value<number>;
  readonly Req?: Value<string>;
  readonly Switch?: Value<'on' | 'off'>;
  /** At least 0. */
  readonly Timeout?: Value<number>;
  readonly URI?: Value<string>;
  /** 1 to 10. */
  readonly UnhealthyThreshold?: Value<number>;
}

/** Part of `ListenerProps`: HttpConfig. */
export interface ListenerHttpConfig {
  /** 1 to 65535. */
  readonly ForwardPort?: Value<number>;
  readonly ListenerForward?: Value<'on' | 'off'>;
}

/** Part of `ListenerProps`: Persistence. */
export interface ListenerPersistence {
  readonly Cookie?: Value<string>;
  /** 0 to 86400. */
  readonly CookieTimeout?: Value<number>;
  /** 0 to 1000. */
  readonly PersistenceTimeout?: Value<number>;
  readonly StickySession?: Value<'on' | 'off'>;
  readonly StickySessionType?: Value<'insert' | 'server'>;
  readonly XForwardedFor?: Value<'on' | 'off'>;
  readonly XForwardedFor_ClientSrcPort?: Value<'on' | 'off'>;
  readonly XForwardedFor_SLBID?: Value<'on' | 'off'>;
  readonly XForwardedFor_SLBIP?: Value<'on' | 'off'>;
  readonly XForwardedFor_SLBPORT?: Value<'on' | 'off'>;
  readonly XForwardedFor_proto?: Value<'on' | 'off'>;
}

/** Part of `ListenerProps`: PortRange. */
export interface ListenerPortRange {
  /** 1 to 65535. */
  readonly EndPort: Value<number>;
  /** 1 to 65535. */
  readonly StartPort: Value<number>;
}

/** Part of `ListenerProps`: Tags. */
export interface ListenerTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::SLB::Listener`. */
export interface ListenerProps {
  readonly AclId?: Value<string>;
  readonly AclIds?: Value<readonly Value<string>[]>;
  readonly AclStatus?: Value<'on' | 'off'>;
  readonly AclType?: Value<'white' | 'black'>;
  /** A whole number. 0 to 65535. */
  readonly BackendServerPort?: Value<number>;
  /** A whole number. -1 to 5120. */
  readonly Bandwidth: Value<number>;
  readonly CACertificateId?: Value<string>;
  readonly ConnectionDrain?: Value<'on' | 'off'>;
  /** A whole number. 10 to 900. */
  readonly ConnectionDrainTimeout?: Value<number>;
  /** At most 80 characters. */
  readonly Description?: Value<string>;
  readonly EnableHttp2?: Value<string>;
  readonly FullNatEnabled?: Value<boolean>;
  readonly Gzip?: Value<'on' | 'off'>;
  readonly HealthCheck?: Value<ListenerHealthCheck>;
  readonly HttpConfig?: Value<ListenerHttpConfig>;
  /** A whole number. 1 to 60. */
  readonly IdleTimeout?: Value<number>;
  /** A whole number. 0 to 65535. */
  readonly ListenerPort: Value<number>;
  readonly LoadBalancerId: Value<string>;
  readonly MasterSlaveServerGroupId?: Value<string>;
  readonly Persistence?: Value<ListenerPersistence>;
  /** 1 to 1 items. */
  readonly PortRange?: Value<readonly Value<ListenerPortRange>[]>;
  readonly Protocol: Value<'http' | 'https' | 'tcp' | 'udp'>;
  readonly ProxyProtocolV2Enabled?: Value<boolean>;
  /** A whole number. 1 to 180. */
  readonly RequestTimeout?: Value<number>;
  readonly Scheduler?: Value<'wrr' | 'wlc' | 'rr' | 'sch' | 'tch'>;
  readonly ServerCertificateId?: Value<string>;
  readonly StartListener?: Value<boolean>;
  readonly TLSCipherPolicy?: Value<string>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<ListenerTags>[]>;
  readonly VServerGroupId?: Value<string>;
}

/** Attributes of `ALIYUN::SLB::Listener`. */
export type ListenerAttribute = 'Arn' | 'ListenerPortsAndProtocol' | 'LoadBalancerId';

/** `ALIYUN::SLB::Listener`. */
export class Listener extends RosResource<ListenerProps, ListenerAttribute> {
  static readonly TYPE = 'ALIYUN::SLB::Listener';

  constructor(scope: Construct, id: string, properties: ListenerProps, options: ResourceOptions = {}) {
    super(scope, id, Listener.TYPE, properties, options);
  }
}

/** Part of `LoadBalancerProps`: Tags. */
export interface LoadBalancerTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::SLB::LoadBalancer`. */
export interface LoadBalancerProps {
  readonly AddressIPVersion?: Value<'ipv4' | 'ipv6'>;
  readonly AddressType?: Value<'internet' | 'intranet'>;
  /** A whole number. At least 1. */
  readonly Bandwidth?: Value<number>;
  readonly DeletionProtection?: Value<boolean>;
  readonly InstanceChargeType?: Value<'PayBySpec' | 'PayByCLCU'>;
  readonly InternetChargeType?: Value<'paybytraffic' | 'PayByTraffic' | 'paybybandwidth' | 'PayByBandwidth'>;
  readonly LoadBalancerName?: Value<string>;
  readonly LoadBalancerSpec?: Value<string>;
  readonly MasterZoneId?: Value<string>;
  /** At most 80 characters. */
  readonly ModificationProtectionReason?: Value<string>;
  readonly ModificationProtectionStatus?: Value<'NonProtection' | 'ConsoleProtection'>;
  readonly ResourceGroupId?: Value<string>;
  readonly SlaveZoneId?: Value<string>;
  /** At most 5 items. */
  readonly Tags?: Value<readonly Value<LoadBalancerTags>[]>;
  readonly VSwitchId?: Value<string>;
  readonly VpcId?: Value<string>;
}

/** Attributes of `ALIYUN::SLB::LoadBalancer`. */
export type LoadBalancerAttribute =
  | 'AddressIPVersion'
  | 'AddressType'
  | 'Bandwidth'
  | 'IpAddress'
  | 'LoadBalancerId'
  | 'LoadBalancerName'
  | 'LoadBalancerSpec'
  | 'MasterZoneId'
  | 'NetworkType'
  | 'OrderId'
  | 'PayType'
  | 'ResourceGroupId'
  | 'SlaveZoneId'
  | 'VSwitchId'
  | 'VpcId';

/** `ALIYUN::SLB::LoadBalancer`. */
export class LoadBalancer extends RosResource<LoadBalancerProps, LoadBalancerAttribute> {
  static readonly TYPE = 'ALIYUN::SLB::LoadBalancer';

  constructor(scope: Construct, id: string, properties: LoadBalancerProps = {}, options: ResourceOptions = {}) {
    super(scope, id, LoadBalancer.TYPE, properties, options);
  }
}

/** Part of `VServerGroupProps`: BackendServers. */
export interface VServerGroupBackendServers {
  readonly Description?: Value<string>;
  readonly Port: Value<number>;
  /** At least 1 characters. */
  readonly ServerId: Value<string>;
  readonly ServerIp?: Value<string>;
  readonly Type?: Value<string>;
  /** 0 to 100. */
  readonly Weight?: Value<number>;
}

/** Part of `VServerGroupProps`: Tags. */
export interface VServerGroupTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::SLB::VServerGroup`. */
export interface VServerGroupProps {
  readonly BackendServers?: Value<readonly Value<VServerGroupBackendServers>[]>;
  readonly LoadBalancerId: Value<string>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<VServerGroupTags>[]>;
  readonly VServerGroupName: Value<string>;
}

/** Attributes of `ALIYUN::SLB::VServerGroup`. */
export type VServerGroupAttribute = 'Arn' | 'BackendServers' | 'LoadBalancerId' | 'VServerGroupId';

/** `ALIYUN::SLB::VServerGroup`. */
export class VServerGroup extends RosResource<VServerGroupProps, VServerGroupAttribute> {
  static readonly TYPE = 'ALIYUN::SLB::VServerGroup';

  constructor(scope: Construct, id: string, properties: VServerGroupProps, options: ResourceOptions = {}) {
    super(scope, id, VServerGroup.TYPE, properties, options);
  }
}
