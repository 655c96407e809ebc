/** A network load balancer inside of a region, before the hosts that take lines. */
import type { AliyunRegionPlan, FleetPlan, HealthCheckPlan, ListenerPlan, LoadBalancerPlan, MemberPlan } from '../../plan/model';
import { entryOutput } from '../../plan/output-names';
import { entryId, memberId } from '../names';
import { output, regionOutput, type StackParts } from '../parts';
import { getAtt, type Intrinsic, type RosResourceJson, ref, resource } from '../ros';
import { tagList } from '../tags';

/** A listener as NLB has it: one protocol each. */
interface Part {
  readonly id: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly why: string;
}

function partsOf({ id, port, protocol, why }: ListenerPlan): Part[] {
  if (protocol === 'tcp') return [{ id, port, protocol: 'TCP', why }];
  return [
    { id: `${id}Tcp`, port, protocol: 'TCP', why },
    { id: `${id}Udp`, port, protocol: 'UDP', why },
  ];
}

/**
 * The load balancer, its listeners, and its name in a private zone of the VPC. Its hosts stand in their own stacks and register there. Only
 * instances keep the sender's address, so groups are of type Instance. Sources: Server Load Balancer, NLB, "CreateLoadBalancer",
 * "CreateServerGroup", "CreateListener"; Alibaba Cloud DNS PrivateZone, "AddZone", "BindZoneVpc".
 *
 * @param tags of everything that takes some
 */
export function addEntry(
  parts: StackParts,
  region: AliyunRegionPlan,
  entry: LoadBalancerPlan,
  tags: Readonly<Record<string, string>>,
): void {
  const { resources, outputs, generation, inputs } = parts;
  const vpcId = inputs.read(regionOutput.vpcId(region));
  const balancer = entryId.loadBalancer(generation);
  const Tags = tagList({ Name: entry.name, ...tags });
  resources[balancer] = resource('ALIYUN::NLB::LoadBalancer', {
    AddressIpVersion: 'Ipv4',
    AddressType: 'Intranet',
    CrossZoneEnabled: true,
    LoadBalancerName: entry.name,
    Tags,
    VpcId: vpcId,
    ZoneMappings: entry.subnets.map(({ id, zone }) => ({
      VSwitchId: inputs.read(regionOutput.subnet(region, id)),
      ZoneId: zone,
    })),
  });
  const name = getAtt(balancer, 'DNSName');
  outputs[entryOutput.endpoint(generation)] = output(name, 'where lines are sent');
  for (const part of entry.listeners.flatMap(partsOf)) {
    const group = entryId.serverGroup(part.id, generation);
    resources[group] = serverGroup(part, entry, vpcId, Tags);
    resources[entryId.listener(part.id, generation)] = resource('ALIYUN::NLB::Listener', {
      ListenerDescription: part.why,
      ListenerPort: part.port,
      ListenerProtocol: part.protocol,
      LoadBalancerId: ref(balancer),
      ServerGroupId: ref(group),
    });
    outputs[entryOutput.targets(part.id, generation)] = output(ref(group), `hosts that take ${part.why}`);
  }
  Object.assign(resources, nameResources(entry, region, { vpcId, name, generation, tags: Tags }));
}

function serverGroup(
  { id, protocol }: Part,
  { name, health, deregistrationSeconds }: LoadBalancerPlan,
  vpcId: Intrinsic,
  tags: ReturnType<typeof tagList>,
): RosResourceJson {
  return resource('ALIYUN::NLB::ServerGroup', {
    AddressIPVersion: 'ipv4',
    ConnectionDrainEnabled: true,
    ConnectionDrainTimeout: deregistrationSeconds,
    HealthCheckConfig: healthCheck(health),
    PreserveClientIpEnabled: true,
    Protocol: protocol,
    Scheduler: 'Wrr',
    ServerGroupName: `${name}-${id}`,
    ServerGroupType: 'Instance',
    Tags: tags,
    VpcId: vpcId,
  });
}

function healthCheck({ port, path, interval, timeout, threshold }: HealthCheckPlan) {
  return {
    HealthCheckConnectPort: port,
    HealthCheckConnectTimeout: timeout,
    HealthCheckEnabled: true,
    HealthCheckHttpCode: ['http_2xx'],
    HealthCheckInterval: interval,
    HealthCheckType: 'Http',
    HealthCheckUrl: path,
    HealthyThreshold: threshold,
    HttpCheckMethod: 'GET',
    UnhealthyThreshold: threshold,
  } as const;
}

/** The name points at the load balancer's own one: its addresses are the cloud's. */
function nameResources(
  { dnsZone, dnsName }: LoadBalancerPlan,
  region: AliyunRegionPlan,
  given: { vpcId: Intrinsic; name: Intrinsic; generation: number; tags: ReturnType<typeof tagList> },
): Record<string, RosResourceJson> {
  const zone = entryId.zone(given.generation);
  return {
    [zone]: resource('ALIYUN::PVTZ::Zone', { Tags: given.tags, ZoneName: dnsZone }),
    [entryId.record(given.generation)]: resource('ALIYUN::PVTZ::ZoneRecord', {
      Rr: dnsName.slice(0, -dnsZone.length - 1),
      Status: 'ENABLE',
      Ttl: 60,
      Type: 'CNAME',
      Value: given.name,
      ZoneId: ref(zone),
    }),
    [entryId.binder(given.generation)]: resource('ALIYUN::PVTZ::ZoneVpcBinder', {
      Vpcs: [{ RegionId: region.cloudRegion, VpcId: given.vpcId }],
      ZoneId: ref(zone),
    }),
  };
}

/** Registers the members of a stack with the load balancer before their fleet. Nothing where there is none, or no instance stands. */
export function registrations(
  parts: StackParts,
  region: AliyunRegionPlan,
  fleet: FleetPlan,
  members: readonly MemberPlan[],
): Record<string, RosResourceJson> {
  const entry = region.loadBalancers?.find((one) => one.cluster === fleet.cluster && one.fleet === fleet.name);
  const standing = members.filter((member) => !member.absent);
  if (entry === undefined || standing.length === 0) return {};
  return Object.fromEntries(
    entry.listeners.flatMap(partsOf).map(({ id, port }) => [
      entryId.registration(id),
      resource('ALIYUN::NLB::BackendServerAttachment', {
        ServerGroupId: parts.inputs.read(regionOutput.targets(region, entry.stack, id)),
        Servers: standing.map(({ number, generation }) => ({
          Port: port,
          ServerId: ref(memberId.instance(number, generation)),
          ServerType: 'Ecs' as const,
          Weight: 100,
        })),
      }),
    ]),
  );
}
