import type { UpdateTables } from '../../effect';

/** Load balancers and names. */
export const balancingUpdates: UpdateTables = {
  'ALIYUN::PVTZ::Zone': { none: 'ProxyPattern Remark' },
  'ALIYUN::PVTZ::ZoneRecord': { none: 'Priority Rr Status Ttl Type Value' },
  'ALIYUN::PVTZ::ZoneVpcBinder': { none: 'Vpcs' },
  'ALIYUN::NLB::LoadBalancer': { none: 'CrossZoneEnabled DeletionProtectionConfig LoadBalancerName ZoneMappings' },
  'ALIYUN::NLB::ServerGroup': { none: 'ConnectionDrainEnabled HealthCheckConfig Scheduler ServerGroupName Servers' },
  'ALIYUN::NLB::Listener': { none: 'Enable IdleTimeout ListenerDescription ServerGroupId' },
  'ALIYUN::NLB::BackendServerAttachment': { none: 'Servers' },
  'ALIYUN::SLB::LoadBalancer': { none: 'Bandwidth DeletionProtection LoadBalancerName LoadBalancerSpec' },
  'ALIYUN::SLB::Listener': { none: 'Bandwidth HealthCheck Persistence Scheduler' },
  'ALIYUN::SLB::VServerGroup': { none: 'BackendServers VServerGroupName' },
  'ALIYUN::SLB::BackendServerAttachment': { none: 'BackendServerList BackendServers' },
};
