/** The resources of a network load balancer: pure, plain data. */
import type { CloudRegion } from '../../estate/model/model';
import type { HealthCheckPlan, ListenerPlan } from '../../plan/model';
import { getAtt, ref, type TemplateResource, type Value } from '../template';

export interface EntryOptions {
  /** For alarms: whose entry it is. */
  readonly name: string;
  readonly region: CloudRegion;
  readonly vpcId: Value;
  /** Ids of the subnets that it takes addresses in, one a zone. */
  readonly subnets: readonly Value[];
  readonly listeners: readonly ListenerPlan[];
  readonly health: HealthCheckPlan;
  /** Seconds until connections to a host that leaves are cut, 0 to 3,600. */
  readonly deregistrationSeconds: number;
  /**
   * Fixed addresses of the hosts behind it, inside of the VPC.
   *
   * @default - an Auto Scaling group registers its hosts
   */
  readonly addresses?: readonly string[];
  /**
   * A planned name for it in a private zone of the VPC, so that senders can be told before it stands.
   *
   * @default - only the name that AWS gives
   */
  readonly dns?: { readonly zone: string; readonly name: string };
}

const PROTOCOLS = { tcp: 'TCP', 'tcp-udp': 'TCP_UDP' } as const;

export function loadBalancer({ subnets }: EntryOptions): TemplateResource {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: {
      LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
      Scheme: 'internal',
      Subnets: subnets,
      Type: 'network',
    },
  };
}

/**
 * Sources: Elastic Load Balancing, "Target groups for your Network Load Balancers" (deregistration_delay.*), "Edit target group attributes"
 * (preserve_client_ip.enabled: off by default for addresses and TCP, always on for TCP_UDP), "Health checks for Network Load Balancer
 * target groups".
 */
export function targetGroup({ port, protocol }: ListenerPlan, props: EntryOptions): TemplateResource {
  const { health, addresses, vpcId, deregistrationSeconds } = props;
  return {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: {
      HealthCheckIntervalSeconds: health.interval,
      HealthCheckPath: health.path,
      HealthCheckPort: String(health.port),
      HealthCheckProtocol: 'HTTP',
      HealthCheckTimeoutSeconds: health.timeout,
      HealthyThresholdCount: health.threshold,
      Matcher: { HttpCode: '200' },
      Port: port,
      Protocol: PROTOCOLS[protocol],
      TargetGroupAttributes: [
        { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
        { Key: 'deregistration_delay.timeout_seconds', Value: String(deregistrationSeconds) },
        { Key: 'preserve_client_ip.enabled', Value: 'true' },
      ],
      TargetType: addresses === undefined ? 'instance' : 'ip',
      ...(addresses === undefined || addresses.length === 0 ? {} : { Targets: addresses.map((Id) => ({ Id, Port: port })) }),
      UnhealthyThresholdCount: health.threshold,
      VpcId: vpcId,
    },
  };
}

export function listener({ port, protocol }: ListenerPlan, balancerId: string, groupId: string): TemplateResource {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      DefaultActions: [{ TargetGroupArn: ref(groupId), Type: 'forward' }],
      LoadBalancerArn: ref(balancerId),
      Port: port,
      Protocol: PROTOCOLS[protocol],
    },
  };
}

/** Known in the region's own network only. */
export function nameZone(name: string, { vpcId, region }: EntryOptions): TemplateResource {
  return { Type: 'AWS::Route53::HostedZone', Properties: { Name: name, VPCs: [{ VPCId: vpcId, VPCRegion: region }] } };
}

export function nameRecord(name: string, zoneId: string, balancerId: string): TemplateResource {
  return {
    Type: 'AWS::Route53::RecordSet',
    Properties: {
      AliasTarget: {
        DNSName: getAtt(balancerId, 'DNSName'),
        EvaluateTargetHealth: false,
        HostedZoneId: getAtt(balancerId, 'CanonicalHostedZoneID'),
      },
      HostedZoneId: ref(zoneId),
      Name: name,
      Type: 'A',
    },
  };
}
