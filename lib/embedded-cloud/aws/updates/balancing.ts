import type { UpdateTable } from './effect';

/** What an update does to load balancers and names. */
export const balancingUpdates: Record<string, UpdateTable> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    page: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: {
      IpAddressType: 'none',
      LoadBalancerAttributes: 'none',
      Name: 'replace',
      Scheme: 'replace',
      SecurityGroups: 'none',
      SubnetMappings: 'none',
      Subnets: 'none',
      Tags: 'none',
      Type: 'replace',
    },
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    page: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    properties: {
      HealthCheckEnabled: 'none',
      HealthCheckIntervalSeconds: 'none',
      HealthCheckPath: 'none',
      HealthCheckPort: 'none',
      HealthCheckProtocol: 'none',
      HealthCheckTimeoutSeconds: 'none',
      HealthyThresholdCount: 'none',
      IpAddressType: 'replace',
      Matcher: 'none',
      Name: 'replace',
      Port: 'replace',
      Protocol: 'replace',
      ProtocolVersion: 'replace',
      Tags: 'none',
      TargetGroupAttributes: 'none',
      TargetType: 'replace',
      Targets: 'none',
      UnhealthyThresholdCount: 'none',
      VpcId: 'replace',
    },
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    page: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: { DefaultActions: 'none', LoadBalancerArn: 'replace', Port: 'none', Protocol: 'none', Tags: 'none' },
  },
  'AWS::Route53::HostedZone': {
    page: 'AWS::Route53::HostedZone',
    properties: { HostedZoneConfig: 'none', HostedZoneTags: 'none', Name: 'replace', QueryLoggingConfig: 'none', VPCs: 'none' },
  },
  'AWS::Route53::RecordSet': {
    page: 'AWS::Route53::RecordSet',
    properties: {
      AliasTarget: 'none',
      HostedZoneId: 'replace',
      HostedZoneName: 'replace',
      Name: 'replace',
      ResourceRecords: 'none',
      TTL: 'none',
      Type: 'none',
    },
  },
};
