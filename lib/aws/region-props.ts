/** From a region's plan to the props of its constructs: what is planned becomes literals and imports of hand-named outputs. */

import { dnsSuffix } from '../facts/aws/regions';
import type { UserData } from '../host-config/model';
import type {
  AwsRegionPlan,
  ElasticFleetPlan,
  FleetPlan,
  LinkPlan,
  LoadBalancerPlan,
  MembersFleetPlan,
  RegionPlan,
  RoleNeeds,
  StackPlan,
} from '../plan/model';
import { FLEET_TAG } from '../plan/names';
import { entryOutput } from '../plan/output-names';
import type { RegionBaseProps } from './base';
import type { ElasticFleetProps } from './fleet/elastic';
import type { EntryProps } from './fleet/load-balancer';
import type { MembersFleetProps } from './fleet/members';
import { linksRoleOf, linksRolePatterns } from './links/links-role';
import type { RegionTransitProps } from './links/transit';
import { instanceProfileName, keyAlias, networkOutput } from './names';
import type { RegionNetworkProps } from './network/network';
import { accountArn, type Place, recoverAction, scalingGroupArn, secretsArn, stackArn } from './partition';
import { importValue, type Value } from './template';

/** A region as the emitter sees it. */
export interface RegionSource {
  readonly region: AwsRegionPlan;
  /** Name of the estate. */
  readonly estate: string;
  /** Links that end at the region. @default - none */
  readonly links?: readonly LinkPlan[];
  readonly userDataOf: (fleet: FleetPlan) => UserData;
  readonly expand?: boolean;
}

export function placeOf({ cloudRegion, aws }: AwsRegionPlan): Place {
  return { partition: aws.partition, region: cloudRegion, account: aws.account, dnsSuffix: dnsSuffix(aws.partition) };
}

/** ARN of the managed policy that bounds every role of the region. */
export function boundaryOf(region: AwsRegionPlan): string | undefined {
  const name = region.aws.permissionsBoundary;
  return name === undefined ? undefined : accountArn(placeOf(region), 'iam', `policy/${name}`);
}

export function baseProps({ region, estate, links, expand }: RegionSource): RegionBaseProps {
  return {
    place: placeOf(region),
    artifactBucket: region.artifactBucket,
    keyAlias: keyAlias(estate, region.name),
    fleets: region.fleets.map((fleet) => ({
      id: fleet.id,
      instanceProfile: instanceProfileName(estate, region.name, fleet.cluster, fleet.name),
      needs: fleet.needs,
    })),
    links: linksRoleOf(estate, region, links ?? []),
    permissionsBoundary: boundaryOf(region),
    expand,
  };
}

/** ARNs with a `*` in roles of the base stack, and why each is no narrower. */
export function rolePatterns({ region, estate, links }: RegionSource): Record<string, string> {
  const place = placeOf(region);
  const role = linksRoleOf(estate, region, links ?? []);
  const patterns = (of: (needs: RoleNeeds) => readonly string[], why: string) =>
    Object.fromEntries(region.fleets.flatMap(({ needs }) => of(needs)).map((pattern) => [pattern, why]));
  return {
    ...patterns((needs) => needs.signalStacks.map((name) => stackArn(place, name)), NEW_ID),
    ...patterns((needs) => (needs.secrets ?? []).map((prefix) => secretsArn(place, prefix)), ONE_EACH),
    ...patterns((needs) => (needs.drains === undefined ? [] : [scalingGroupArn(place, needs.drains)]), NEW_ID),
    ...(role === undefined ? {} : linksRolePatterns(role, place)),
  };
}

const NEW_ID = 'the ARN of a stack or group holds an id that is new each time that it is made';

const ONE_EACH = 'hosts of a fleet have one role, and each of them a certificate of its own below this name';

export function transitProps({ region, expand }: RegionSource): RegionTransitProps {
  const { transit, generation } = region;
  if (transit === undefined) throw new RangeError(`${region.name} has a transit stack and no transit gateway planned`);
  return {
    transit,
    vpcId: fromNetwork(region, networkOutput.vpcId(generation)),
    subnets: transit.subnets.map((id) => fromNetwork(region, networkOutput.subnet(id, generation))),
    generation,
    expand,
  };
}

export function networkProps({ region, expand }: RegionSource): RegionNetworkProps {
  return {
    network: region.network,
    securityGroups: region.securityGroups,
    region: region.cloudRegion,
    generation: region.generation,
    permissionsBoundary: boundaryOf(region),
    expand,
  };
}

export function elasticProps(source: RegionSource, fleet: ElasticFleetPlan): ElasticFleetProps {
  const { region, estate } = source;
  const subnets = region.network.subnets.filter((s) => s.role === 'elastic' && fleet.zones.includes(s.zone));
  return {
    hostName: fleet.context.fleet.hostPrefix,
    image: fleet.image,
    instanceType: fleet.instanceType,
    instanceProfile: instanceProfileName(estate, region.name, fleet.cluster, fleet.name),
    subnets: subnets.map((s) => fromNetwork(region, networkOutput.subnet(s.id, region.generation))),
    securityGroups: groupsOf(region, fleet),
    userData: source.userDataOf(fleet),
    min: fleet.min,
    max: fleet.max,
    rootGb: fleet.rootGb,
    maxBatch: fleet.maxBatch,
    signalTimeout: fleet.signalTimeout,
    keyName: fleet.keyName,
    kmsKey: keyAlias(estate, region.name),
    prefixes: fleet.prefixesPerHost,
    hostTags: stackTags(region, fleet),
    topicArn: fleet.alarms.topicArn,
    targetGroups: targetGroupsOf(region, fleet),
    drain: fleet.drain,
    expand: source.expand,
  };
}

/** The load balancer that stands in a stack. */
export function entryOf({ region }: RegionSource, stack: StackPlan): LoadBalancerPlan {
  const found = region.loadBalancers?.find((one) => one.stack === stack.id);
  if (found === undefined) throw new RangeError(`${stack.name} has no load balancer planned`);
  return found;
}

export function entryProps({ region, expand }: RegionSource, entry: LoadBalancerPlan): EntryProps {
  const fleet = region.fleets.find((one) => one.cluster === entry.cluster && one.name === entry.fleet);
  const { generation } = region;
  return {
    name: entry.name,
    region: region.cloudRegion,
    vpcId: fromNetwork(region, networkOutput.vpcId(generation)),
    subnets: entry.subnets.map(({ id }) => fromNetwork(region, networkOutput.subnet(id, generation))),
    listeners: entry.listeners,
    health: entry.health,
    deregistrationSeconds: entry.deregistrationSeconds,
    // An absent member keeps its address, so it stays: nothing changes here while it is replaced.
    addresses: entry.targets?.map(({ address }) => address),
    dns: { zone: entry.dnsZone, name: entry.dnsName },
    generation,
    topicArn: fleet?.alarms.topicArn,
    expand,
  };
}

/** What a fleet's hosts register with: the target groups of the load balancer before it. */
function targetGroupsOf(region: RegionPlan, fleet: FleetPlan): Value[] | undefined {
  const entry = region.loadBalancers?.find((one) => one.cluster === fleet.cluster && one.fleet === fleet.name);
  if (entry === undefined) return undefined;
  const stack = region.stacks.find(({ id }) => id === entry.stack)!.name;
  return entry.listeners.map(({ id }) => importValue(stack, entryOutput.targets(id, region.generation)));
}

/** Props of one stack of a members fleet: the whole of a quorum fleet, or one shard. */
export function membersProps(source: RegionSource, stack: StackPlan, fleet: MembersFleetPlan): MembersFleetProps {
  const { region, estate } = source;
  const members = fleet.members.filter((member) => member.stack === stack.id);
  const subnets = [...new Set(members.map((member) => member.subnet))];
  return {
    members,
    userData: source.userDataOf(fleet),
    instanceType: fleet.instanceType,
    instanceProfile: instanceProfileName(estate, region.name, fleet.cluster, fleet.name),
    subnets: byId(subnets, (id) => fromNetwork(region, networkOutput.subnet(id, region.generation))),
    securityGroups: groupsOf(region, fleet),
    quorum: fleet.quorum,
    gates: fleet.gated,
    gateTimeout: fleet.gateTimeout,
    volumes: fleet.volumes,
    kmsKey: keyAlias(estate, region.name),
    sourceDestCheck: fleet.sourceDestCheck,
    routeTables: byId(tablesTowards(region, fleet), (id) => fromNetwork(region, networkOutput.routeTable(id, region.generation))),
    alarms: {
      fleet: fleetName(fleet),
      // The first shard is always there.
      aggregate: stack.shard === undefined || stack.shard === 1,
      topicArn: fleet.alarms.topicArn,
      recoverAction: fleet.alarms.recover ? recoverAction(placeOf(region)) : undefined,
    },
    expand: source.expand,
  };
}

/**
 * Tags of a stack. CloudFormation puts them on everything in it that takes tags; in each resource they would cost a tenth
 * of the template.
 */
export function stackTags(region: RegionPlan, fleet: FleetPlan | undefined): Record<string, string> {
  return fleet === undefined ? { ...region.tags } : { ...fleet.tags, [FLEET_TAG]: fleetName(fleet) };
}

/** Security groups of a fleet's hosts, its own first. */
function groupsOf(region: RegionPlan, fleet: FleetPlan): Value[] {
  const ids = [fleet.securityGroup, ...(fleet.containerGroup === undefined ? [] : [fleet.containerGroup])];
  return ids.map((id) => fromNetwork(region, networkOutput.securityGroup(id, region.generation)));
}

function fleetName(fleet: FleetPlan): string {
  return `${fleet.cluster}/${fleet.name}`;
}

/** Tables that the plan gives routes towards the fleet's members. */
function tablesTowards(region: RegionPlan, fleet: MembersFleetPlan): string[] {
  const towards = region.network.routeTables.filter((table) =>
    table.routes.some(
      ({ target }) => target.kind === 'member' && target.cluster === fleet.cluster && target.fleet === fleet.name,
    ),
  );
  return towards.map((table) => table.id);
}

/** An output of the network stack. */
function fromNetwork(region: RegionPlan, output: string): Value {
  return importValue(region.stacks.find((stack) => stack.kind === 'network')!.name, output);
}

function byId(ids: readonly string[], value: (id: string) => Value): Record<string, Value> {
  return Object.fromEntries(ids.map((id) => [id, value(id)]));
}
