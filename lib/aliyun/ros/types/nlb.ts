// Written by scripts/ros-types/index.mjs from ros-cdk and a dump of ROS's resource types (both Apache-2.0). Not edited by hand.
import type { Construct } from 'constructs';
import { type ResourceOptions, RosResource } from '../resource';
import type { Value } from '../template';

/** Part of `BackendServerAttachmentProps`: Servers. */
export interface BackendServerAttachmentServers {
  /** 2 to 256 characters. */
  readonly Description?: Value<string>;
  /** 0 to 65535. */
  readonly Port?: Value<number>;
  readonly ServerId: Value<string>;
  readonly ServerIp?: Value<string>;
  readonly ServerType: Value<'Eci' | 'Ecs' | 'Eni' | 'Ip'>;
  /** 0 to 100. */
  readonly Weight?: Value<number>;
}

/** Properties of `ALIYUN::NLB::BackendServerAttachment`. */
export interface BackendServerAttachmentProps {
  readonly ServerGroupId: Value<string>;
  /** 1 to 200 items. */
  readonly Servers: Value<readonly Value<BackendServerAttachmentServers>[]>;
}

/** Attributes of `ALIYUN::NLB::BackendServerAttachment`. */
export type BackendServerAttachmentAttribute = 'ServerGroupId';

/** `ALIYUN::NLB::BackendServerAttachment`. */
export class BackendServerAttachment extends RosResource<BackendServerAttachmentProps, BackendServerAttachmentAttribute> {
  static readonly TYPE = 'ALIYUN::NLB::BackendServerAttachment';

  constructor(scope: Construct, id: string, properties: BackendServerAttachmentProps, options: ResourceOptions = {}) {
    super(scope, id, BackendServerAttachment.TYPE, properties, options);
  }
}

/** Part of `ListenerProps`: ProxyProtocolV2Config. */
export interface ListenerProxyProtocolV2Config {
  readonly Ppv2PrivateLinkEpIdEnabled?: Value<boolean>;
  readonly Ppv2PrivateLinkEpsIdEnabled?: Value<boolean>;
  readonly Ppv2VpcIdEnabled?: Value<boolean>;
}

/** Part of `ListenerProps`: ServerGroupTuples. */
export interface ListenerServerGroupTuples {
  readonly ServerGroupId?: Value<string>;
  /** 0 to 1000. */
  readonly Weight?: Value<number>;
}

/** Part of `ListenerProps`: Tags. */
export interface ListenerTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::NLB::Listener`. */
export interface ListenerProps {
  readonly AlpnEnabled?: Value<boolean>;
  readonly AlpnPolicy?: Value<'HTTP1Only' | 'HTTP2Only' | 'HTTP2Optional' | 'HTTP2Preferred'>;
  /** 0 to 1 items. */
  readonly CaCertificateIds?: Value<readonly Value<string>[]>;
  readonly CaEnabled?: Value<boolean>;
  /** 0 to 1 items. */
  readonly CertificateIds?: Value<readonly Value<string>[]>;
  /** A whole number. 0 to 1000000. */
  readonly Cps?: Value<number>;
  readonly Enable?: Value<boolean>;
  /** A whole number. 0 to 65535. */
  readonly EndPort?: Value<number>;
  /** A whole number. 1 to 900. */
  readonly IdleTimeout?: Value<number>;
  /** 2 to 256 characters. */
  readonly ListenerDescription?: Value<string>;
  /** A whole number. 0 to 65535. */
  readonly ListenerPort: Value<number>;
  readonly ListenerProtocol: Value<string>;
  readonly LoadBalancerId: Value<string>;
  /** A whole number. 0 to 1500. */
  readonly Mss?: Value<number>;
  readonly ProxyProtocolEnabled?: Value<boolean>;
  readonly ProxyProtocolV2Config?: Value<ListenerProxyProtocolV2Config>;
  readonly SecSensorEnabled?: Value<boolean>;
  readonly SecurityPolicyId?: Value<string>;
  readonly ServerGroupId?: Value<string>;
  /** 0 to 5 items. */
  readonly ServerGroupTuples?: Value<readonly Value<ListenerServerGroupTuples>[]>;
  /** A whole number. 0 to 65535. */
  readonly StartPort?: Value<number>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<ListenerTags>[]>;
}

/** Attributes of `ALIYUN::NLB::Listener`. */
export type ListenerAttribute = 'ListenerId' | 'ListenerPort';

/** `ALIYUN::NLB::Listener`. */
export class Listener extends RosResource<ListenerProps, ListenerAttribute> {
  static readonly TYPE = 'ALIYUN::NLB::Listener';

  constructor(scope: Construct, id: string, properties: ListenerProps, options: ResourceOptions = {}) {
    super(scope, id, Listener.TYPE, properties, options);
  }
}

/** Part of `LoadBalancerProps`: DeletionProtectionConfig. */
export interface LoadBalancerDeletionProtectionConfig {
  readonly Enabled: Value<'true' | 'false' | 'False' | 'True'>;
  readonly Reason?: Value<string>;
}

/** Part of `LoadBalancerProps`: LoadBalancerBillingConfig. */
export interface LoadBalancerLoadBalancerBillingConfig {
  readonly PayType?: Value<'PayAsYouGo' | 'PostPaid' | 'PayOnDemand' | 'Postpaid' | 'PostPay' | 'Postpay' | 'POSTPAY' | 'POST'>;
}

/** Part of `LoadBalancerProps`: ModificationProtectionConfig. */
export interface LoadBalancerModificationProtectionConfig {
  readonly Reason?: Value<string>;
  readonly Status: Value<string>;
}

/** Part of `LoadBalancerProps`: Tags. */
export interface LoadBalancerTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Part of `LoadBalancerZoneMappings`: LoadBalancerAddresses. */
export interface LoadBalancerZoneMappingsLoadBalancerAddresses {
  readonly AllocationId: Value<string>;
  readonly PrivateIPv4Address?: Value<string>;
}

/** Part of `LoadBalancerProps`: ZoneMappings. */
export interface LoadBalancerZoneMappings {
  readonly AllocationId?: Value<string>;
  readonly EipType?: Value<string>;
  /** At most 1 items. */
  readonly LoadBalancerAddresses?: Value<readonly Value<LoadBalancerZoneMappingsLoadBalancerAddresses>[]>;
  readonly PrivateIPv4Address?: Value<string>;
  readonly VSwitchId: Value<string>;
  readonly ZoneId: Value<string>;
}

/** Properties of `ALIYUN::NLB::LoadBalancer`. */
export interface LoadBalancerProps {
  readonly AddressIpVersion?: Value<'Ipv4' | 'DualStack'>;
  readonly AddressType: Value<'Internet' | 'Intranet'>;
  readonly BandwidthPackageId?: Value<string>;
  readonly CrossZoneEnabled?: Value<boolean>;
  readonly DeletionProtectionConfig?: Value<LoadBalancerDeletionProtectionConfig>;
  readonly LoadBalancerBillingConfig?: Value<LoadBalancerLoadBalancerBillingConfig>;
  readonly LoadBalancerName?: Value<string>;
  readonly LoadBalancerType?: Value<string>;
  readonly ModificationProtectionConfig?: Value<LoadBalancerModificationProtectionConfig>;
  readonly ResourceGroupId?: Value<string>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<LoadBalancerTags>[]>;
  readonly TrafficAffinityEnabled?: Value<boolean>;
  readonly VpcId: Value<string>;
  /** 1 to 10 items. */
  readonly ZoneMappings: Value<readonly Value<LoadBalancerZoneMappings>[]>;
}

/** Attributes of `ALIYUN::NLB::LoadBalancer`. */
export type LoadBalancerAttribute =
  | 'AddressIpVersion'
  | 'AddressType'
  | 'Arn'
  | 'DNSName'
  | 'LoadBalancerId'
  | 'LoadBalancerType'
  | 'VpcId'
  | 'ZoneMappings';

/** `ALIYUN::NLB::LoadBalancer`. */
export class LoadBalancer extends RosResource<LoadBalancerProps, LoadBalancerAttribute> {
  static readonly TYPE = 'ALIYUN::NLB::LoadBalancer';

  constructor(scope: Construct, id: string, properties: LoadBalancerProps, options: ResourceOptions = {}) {
    super(scope, id, LoadBalancer.TYPE, properties, options);
  }
}

/** Part of `ServerGroupProps`: HealthCheckConfig. */
export interface ServerGroupHealthCheckConfig {
  /** 0 to 65535. */
  readonly HealthCheckConnectPort?: Value<number>;
  /** 1 to 300. */
  readonly HealthCheckConnectTimeout?: Value<number>;
  readonly HealthCheckDomain?: Value<string>;
  readonly HealthCheckEnabled?: Value<boolean>;
  readonly HealthCheckHttpCode?: Value<readonly Value<string>[]>;
  /** 1 to 50. */
  readonly HealthCheckInterval?: Value<number>;
  readonly HealthCheckType?: Value<'Tcp' | 'Http'>;
  readonly HealthCheckUrl?: Value<string>;
  /** 2 to 10. */
  readonly HealthyThreshold?: Value<number>;
  readonly HttpCheckMethod?: Value<string>;
  /** 2 to 10. */
  readonly UnhealthyThreshold?: Value<number>;
}

/** Part of `ServerGroupProps`: Servers. */
export interface ServerGroupServers {
  readonly Description?: Value<string>;
  /** 0 to 65535. */
  readonly Port?: Value<number>;
  readonly ServerId: Value<string>;
  readonly ServerIp?: Value<string>;
  readonly ServerType: Value<'Ecs' | 'Eni' | 'Eci' | 'Ip'>;
  /** 0 to 100. */
  readonly Weight?: Value<number>;
}

/** Part of `ServerGroupProps`: Tags. */
export interface ServerGroupTags {
  readonly Key: Value<string>;
  readonly Value?: Value<string>;
}

/** Properties of `ALIYUN::NLB::ServerGroup`. */
export interface ServerGroupProps {
  readonly AddressIPVersion?: Value<string>;
  readonly AnyPortEnabled?: Value<boolean>;
  readonly ConnectionDrainEnabled?: Value<boolean>;
  /** A whole number. 0 to 900. */
  readonly ConnectionDrainTimeout?: Value<number>;
  readonly HealthCheckConfig?: Value<ServerGroupHealthCheckConfig>;
  readonly PersistenceEnabled?: Value<boolean>;
  /** A whole number. 0 to 3600. */
  readonly PersistenceTimeout?: Value<number>;
  readonly PreserveClientIpEnabled?: Value<boolean>;
  readonly Protocol?: Value<'TCP' | 'UDP' | 'TCPSSL'>;
  readonly ResourceGroupId?: Value<string>;
  readonly Scheduler?: Value<'Rr' | 'Wrr' | 'Sch' | 'Tch' | 'Qch'>;
  readonly ServerGroupName: Value<string>;
  readonly ServerGroupType?: Value<'Instance' | 'Ip'>;
  /** At most 1000 items. */
  readonly Servers?: Value<readonly Value<ServerGroupServers>[]>;
  /** At most 20 items. */
  readonly Tags?: Value<readonly Value<ServerGroupTags>[]>;
  readonly VpcId: Value<string>;
}

/** Attributes of `ALIYUN::NLB::ServerGroup`. */
export type ServerGroupAttribute = 'ServerGroupId';

/** `ALIYUN::NLB::ServerGroup`. */
export class ServerGroup extends RosResource<ServerGroupProps, ServerGroupAttribute> {
  static readonly TYPE = 'ALIYUN::NLB::ServerGroup';

  constructor(scope: Construct, id: string, properties: ServerGroupProps, options: ResourceOptions = {}) {
    super(scope, id, ServerGroup.TYPE, properties, options);
  }
}
