/** The stacks of one region. */

import { bootstrap } from '../host-config/bootstrap';
import type { UserData } from '../host-config/model';
import type { AliyunRegionPlan, ElasticFleetPlan, FleetPlan, LinkPlan, MembersFleetPlan, StackPlan } from '../plan/model';
import { FLEET_TAG } from '../plan/names';
import { SYSTEM_TABLE } from '../plan/region/network';
import type { PublishedConfiguration, RosElastic, RosMember } from './assembly';
import { addBase } from './base';
import { type EmittedStack, emitStack, type StackFacts } from './emitted';
import { fleetAlarms } from './fleet/alarms';
import { elasticResources } from './fleet/elastic';
import { elasticUnwell, type HeartbeatProps, memberUnwell } from './fleet/heartbeat-alarms';
import { addEntry, registrations } from './fleet/load-balancer';
import { membersResources } from './fleet/members';
import { userDataMapping, userDataProperty } from './fleet/user-data';
import { addTransit } from './links/transit';
import { configurationKey, elasticId, memberId, roleName, securityGroupId } from './names';
import { addNetwork } from './network/network';
import { newParts, regionOutput, type StackParts } from './parts';
import type { RosFragment, Value } from './ros';

/** A region as the emitter sees it. */
export interface RegionSource {
  readonly region: AliyunRegionPlan;
  /** Name of the estate. */
  readonly estate: string;
  readonly links: readonly LinkPlan[];
  readonly userDataOf: (fleet: FleetPlan) => UserData;
}

/** Text of a configuration that is published, by its file. */
export type ConfigurationTexts = Map<string, string>;

/** All stacks of a region in the order that they deploy. @param texts takes what is to be written beside the templates */
export function regionStacks(source: RegionSource, texts: ConfigurationTexts): EmittedStack[] {
  return source.region.stacks.map((plan) => emit(source, plan, texts));
}

function emit(source: RegionSource, plan: StackPlan, texts: ConfigurationTexts): EmittedStack {
  const { region, estate } = source;
  const parts = newParts(plan.name, region.generation);
  const facts = factsOf(source, plan);
  switch (plan.kind) {
    case 'base':
      addBase(parts, estate, region);
      return emitStack(facts, parts);
    case 'network':
      addNetwork(parts, region);
      return emitStack({ ...facts, isolatedGroups: isolatedGroups(region) }, parts);
    case 'transit': {
      addTransit(parts, region);
      const cen = `${region.cen?.name}/base`;
      const own = facts.dependsOn.includes(cen) ? facts.dependsOn : [...facts.dependsOn, cen];
      return emitStack({ ...facts, dependsOn: own }, parts);
    }
    case 'entry': {
      const entry = region.loadBalancers?.find((one) => one.stack === plan.id);
      if (entry === undefined) throw new RangeError(`${plan.name} has no load balancer planned`);
      addEntry(parts, region, entry, facts.tags);
      return emitStack(facts, parts);
    }
    case 'elastic': {
      const fleet = fleetOf(region, plan) as ElasticFleetPlan;
      const configuration = configurationOf(source, fleet, texts);
      const Mappings = addElastic(parts, source, fleet, configuration);
      return emitStack({ ...facts, configurations: [configuration], elastic: elasticFacts(fleet) }, parts, { Mappings });
    }
    case 'members': {
      const fleet = fleetOf(region, plan) as MembersFleetPlan;
      const Mappings = addMembers(parts, source, plan, fleet);
      return emitStack({ ...facts, ...memberFacts(source, plan, fleet, texts) }, parts, { Mappings });
    }
  }
}

/** All of them: in a basic group hosts reach each other on every port, whatever its rules say, until that is switched off. */
function isolatedGroups({ securityGroups, generation }: AliyunRegionPlan): string[] {
  return securityGroups.map((group) => securityGroupId(group.id, generation));
}

function factsOf({ region, estate }: RegionSource, plan: StackPlan): StackFacts {
  const what = plan.cluster === undefined ? plan.kind : `${plan.kind} ${plan.cluster}/${plan.fleet}`;
  return {
    path: `${region.name}/${plan.id}`,
    place: region.name,
    region: region.cloudRegion,
    kind: plan.kind,
    description: `${estate} ${region.name} ${what}${plan.shard === undefined ? '' : ` ${plan.shard}`}`,
    dependsOn: plan.dependsOn.map((id) => `${region.name}/${id}`),
    changesAfter: plan.changesAfter.map((id) => `${region.name}/${id}`),
    tags: tagsOf(region, fleetOf(region, plan)),
    deletionProtection: plan.holdsData,
    disableRollback: plan.disableRollback,
  };
}

function fleetOf(region: AliyunRegionPlan, { cluster, fleet }: StackPlan): FleetPlan | undefined {
  return region.fleets.find((f) => f.cluster === cluster && f.name === fleet);
}

/** ROS doesn't put a stack's tags on what stands in it, so that hosts, disks and groups carry them themselves. */
function tagsOf(region: AliyunRegionPlan, fleet: FleetPlan | undefined): Record<string, string> {
  return fleet === undefined ? { ...region.tags } : { ...fleet.tags, [FLEET_TAG]: fleetName(fleet) };
}

function fleetName(fleet: FleetPlan): string {
  return `${fleet.cluster}/${fleet.name}`;
}

function addElastic(
  parts: StackParts,
  { region, estate }: RegionSource,
  fleet: ElasticFleetPlan,
  { objectKey: key }: PublishedConfiguration,
): NonNullable<RosFragment['Mappings']> {
  const all = region.network.subnets.filter((s) => s.role === 'elastic' && fleet.zones.includes(s.zone));
  // In place, and nobody is exchanged for it ("ModifyScalingGroup"): new hosts are launched where they come up.
  const well = all.filter(({ zone }) => region.network.lostZones?.includes(zone) !== true);
  const subnets = well.length > 0 ? well : all;
  const props = {
    fleet,
    ramRole: roleName(estate, region.name, fleet.cluster, fleet.name),
    vSwitches: subnets.map((s) => parts.inputs.read(regionOutput.subnet(region, s.id))),
    securityGroups: groupsOf(parts, region, fleet),
    userData: userDataProperty(region.aliyun.userDataEncoding),
    tags: tagsOf(region, fleet),
  };
  const heartbeat = heartbeatOf(region, fleet);
  Object.assign(parts.resources, elasticResources(props), fleetAlarms(fleet));
  if (heartbeat !== undefined) parts.resources.HostUnwell = elasticUnwell(fleet.context.fleet.hostPrefix, heartbeat);
  return userDataMapping(bootstrap({ region: region.cloudRegion, bucket: region.artifactBucket, key }));
}

function addMembers(
  parts: StackParts,
  { region, estate }: RegionSource,
  plan: StackPlan,
  fleet: MembersFleetPlan,
): NonNullable<RosFragment['Mappings']> {
  const members = fleet.members.filter((member) => member.stack === plan.id);
  const read = parts.inputs.read.bind(parts.inputs);
  const subnets = [...new Set(members.map((member) => member.subnet))].sort();
  const routed = members.some((member) => member.containerRange !== undefined && !member.absent);
  const props = {
    members,
    instanceType: fleet.instanceType,
    ramRole: roleName(estate, region.name, fleet.cluster, fleet.name),
    vpcId: read(regionOutput.vpcId(region)),
    vSwitches: Object.fromEntries(subnets.map((id) => [id, read(regionOutput.subnet(region, id))])),
    securityGroups: groupsOf(parts, region, fleet),
    userData: userDataProperty(region.aliyun.userDataEncoding),
    ...(fleet.quorum === undefined ? {} : { quorum: fleet.quorum }),
    gateTimeout: fleet.gateTimeout,
    volumes: fleet.volumes,
    ...(routed ? { routeTable: read(regionOutput.routeTable(region, SYSTEM_TABLE)) } : {}),
    tags: tagsOf(region, fleet),
  };
  Object.assign(parts.resources, membersResources(props), registrations(parts, region, fleet, members));
  const heartbeat = heartbeatOf(region, fleet);
  if (heartbeat !== undefined) {
    for (const member of members.filter(({ absent }) => !absent))
      parts.resources[memberId.unwellAlarm(member.number)] = memberUnwell(member, heartbeat);
  }
  // The first shard is always there.
  if (plan.shard === undefined || plan.shard === 1) Object.assign(parts.resources, fleetAlarms(fleet));
  return userDataMapping(
    bootstrap({ region: region.cloudRegion, bucket: region.artifactBucket, key: configurationKey.manifest(fleet.id) }),
  );
}

/** Whom alarms of a fleet's heartbeats tell. @default - nobody: there are none */
function heartbeatOf({ aliyun }: AliyunRegionPlan, { alarms }: FleetPlan): HeartbeatProps | undefined {
  const { contactGroup } = alarms;
  return contactGroup === undefined ? undefined : { contactGroup, account: aliyun.account };
}

/** Security groups of a fleet's hosts, its own first. */
function groupsOf(parts: StackParts, region: AliyunRegionPlan, fleet: FleetPlan): Value<string>[] {
  const ids = [fleet.securityGroup, ...(fleet.containerGroup === undefined ? [] : [fleet.containerGroup])];
  return ids.map((id) => parts.inputs.read(regionOutput.securityGroup(region, id)));
}

/** Minutes that one member may take beside its gate. */
const MEMBER_MINUTES = 5;

function elasticFacts(fleet: ElasticFleetPlan): RosElastic {
  const { image, instanceType, min, max, maxBatch } = fleet;
  const name = fleet.context.fleet.hostPrefix;
  return { fleet: fleetName(fleet), name, group: elasticId.group, image, instanceType, min, max, maxBatch };
}

/** @param texts takes its text */
function configurationOf(
  { region, userDataOf }: RegionSource,
  fleet: FleetPlan,
  texts: ConfigurationTexts,
): PublishedConfiguration {
  const { text, digest } = userDataOf(fleet);
  const file = `${fleet.context.fleet.hostPrefix}.configuration.yaml`;
  texts.set(file, text);
  return {
    fleet: fleetName(fleet),
    bucket: region.artifactBucket,
    ...(fleet.kind === 'members' ? { manifestKey: configurationKey.manifest(fleet.id) } : {}),
    objectKey: configurationKey.object(fleet.id, digest),
    digest,
    file,
  };
}

function memberFacts(
  source: RegionSource,
  plan: StackPlan,
  fleet: MembersFleetPlan,
  texts: ConfigurationTexts,
): Pick<StackFacts, 'configurations' | 'members' | 'timeoutMinutes'> {
  const members = fleet.members
    .filter((member) => member.stack === plan.id && !member.absent)
    .map(
      (member): RosMember => ({
        number: member.number,
        name: member.name,
        fleet: fleetName(fleet),
        instance: memberId.instance(member.number, member.generation),
        quorum: fleet.quorum !== undefined,
        maxUnavailable: fleet.maxUnavailable,
        sourceDestCheck: fleet.sourceDestCheck,
        ...(source.region.network.lostZones?.includes(member.zone) === true ? { lost: true } : {}),
      }),
    );
  const waits = fleet.quorum === undefined ? 0 : fleet.gateTimeout / 60;
  return {
    configurations: [configurationOf(source, fleet, texts)],
    members,
    timeoutMinutes: 60 + members.length * (MEMBER_MINUTES + waits),
  };
}
