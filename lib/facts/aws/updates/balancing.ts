import type { UpdateTables } from '../../effect';

/** Load balancers and names. */
export const balancingUpdates: UpdateTables = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { replace: 'Name Scheme Type' },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { replace: 'IpAddressType Name Port Protocol ProtocolVersion TargetType VpcId' },
  'AWS::ElasticLoadBalancingV2::Listener': { replace: 'LoadBalancerArn' },
  'AWS::Route53::HostedZone': { replace: 'Name' },
  'AWS::Route53::RecordSet': { replace: 'HostedZoneId HostedZoneName Name' },
};
