/** The members of a stack as plain data: pure. */

import type { Quorum } from '../../estate/model/model';
import { SYSTEM_DISK } from '../../facts/aliyun/disks';
import type { MemberPlan, VolumePlan } from '../../plan/model';
import { memberDiskId, memberId } from '../names';
import { type Intrinsic, type RosResourceJson, ref, resource, type Value } from '../ros';
import { GATE_TAG, type RosTag, tagList } from '../tags';
import { dataDisk } from './disks';
import { gate, gateDigest, gateTag } from './gates';

export interface MembersProps {
  /** Members of this stack, in order of number. */
  readonly members: readonly MemberPlan[];
  readonly instanceType: string;
  /** Name of the RAM role. */
  readonly ramRole: string;
  readonly vpcId: Value<string>;
  /** vSwitch ids by the names that members carry in `subnet`. */
  readonly vSwitches: Readonly<Record<string, Value<string>>>;
  readonly securityGroups: readonly Value<string>[];
  readonly userData: Intrinsic;
  /** Members that vote: they come up one at a time, each behind a gate which its host signals. @default - no gates */
  readonly quorum?: Quorum;
  /** How long a gate waits for its member, seconds; 43,200 at most. */
  readonly gateTimeout: number;
  /** Data disks of every member; kept when the member goes. */
  readonly volumes: readonly VolumePlan[];
  /** System route table, which gets a route to every member that has a container range. @default - no routes */
  readonly routeTable?: Value<string>;
  /** Tags of instances and disks. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What is known while members are added, in order of number. */
interface Progress {
  readonly resources: Record<string, RosResourceJson>;
  readonly props: MembersProps;
  readonly tags: readonly RosTag[];
  readonly byNumber: ReadonlyMap<number, MemberPlan>;
  /** By number: what others wait for, its gate or its instance. */
  readonly upWhen: Map<number, string>;
  /** The route that was made last: a VPC makes one at a time. */
  lastRoute?: string;
}

/** Source of the chain of routes: VPC, "CreateRouteEntry" (no concurrent requests in one VPC: TaskConflict). */
export function membersResources(props: MembersProps): Record<string, RosResourceJson> {
  const progress: Progress = {
    resources: {},
    props,
    tags: tagList(props.tags),
    byNumber: new Map(props.members.map((member) => [member.number, member])),
    upWhen: new Map(),
  };
  for (const member of props.members) addMember(member, progress);
  return progress.resources;
}

function addMember(member: MemberPlan, progress: Progress): void {
  const { resources, props } = progress;
  for (const volume of props.volumes) {
    resources[memberDiskId(member, volume.name)] = dataDisk(`${member.name}-${volume.name}`, member.zone, volume);
  }
  if (!member.absent) addInstance(member, progress);
}

/** The interface belongs to the instance and goes with it, so the route stands and falls with the instance too. */
function addInstance(member: MemberPlan, progress: Progress): void {
  const { resources, props } = progress;
  const { number, generation } = member;
  const id = memberId.instance(number, generation);
  const properties = instanceProperties(member, props);
  const digest = props.quorum === undefined ? undefined : gateDigest(id, properties);
  const waitsFor = upBefore(member, progress);
  resources[id] = resource(
    'ALIYUN::ECS::Instance',
    { ...properties, Tags: [...instanceTags(member, props, digest), ...progress.tags] },
    waitsFor === undefined ? {} : { dependsOn: [waitsFor] },
  );
  const attachments = props.volumes.map((volume) => addAttachment(member, volume.name, resources));
  if (member.containerRange !== undefined && props.routeTable !== undefined)
    addRoute(member, member.containerRange, props.routeTable, progress);
  if (digest === undefined) {
    progress.upWhen.set(number, id);
  } else {
    Object.assign(resources, gate(number, digest, [id, ...attachments], props.gateTimeout));
    progress.upWhen.set(number, memberId.gate(number, digest));
  }
}

/** The first member of the chain before this one that has an instance: absent ones are stepped over. */
function upBefore(member: MemberPlan, { upWhen, byNumber }: Progress): string | undefined {
  let after = member.after;
  while (after !== undefined) {
    const up = upWhen.get(after);
    if (up !== undefined) return up;
    after = byNumber.get(after)?.after;
  }
  return undefined;
}

function addAttachment(member: MemberPlan, volume: string, resources: Progress['resources']): string {
  const { number, generation } = member;
  const id = memberId.attachment(number, volume, generation);
  resources[id] = resource('ALIYUN::ECS::DiskAttachment', {
    DeleteWithInstance: false,
    DiskId: ref(memberDiskId(member, volume)),
    InstanceId: ref(memberId.instance(number, generation)),
  });
  return id;
}

function addRoute({ number, generation }: MemberPlan, destination: string, table: Value<string>, progress: Progress): void {
  const id = memberId.route(number, generation);
  progress.resources[id] = resource(
    'ALIYUN::ECS::Route',
    {
      DestinationCidrBlock: destination,
      NextHopId: ref(memberId.instance(number, generation)),
      NextHopType: 'Instance',
      RouteTableId: table,
    },
    progress.lastRoute === undefined ? {} : { dependsOn: [progress.lastRoute] },
  );
  progress.lastRoute = id;
}

function instanceTags(member: MemberPlan, { volumes }: MembersProps, digest: string | undefined): RosTag[] {
  const tags: Record<string, Value<string>> = { Name: member.name, 'meissa:number': String(member.number) };
  for (const volume of volumes) tags[`meissa:volume:${volume.name}`] = ref(memberDiskId(member, volume.name));
  if (digest !== undefined) tags[GATE_TAG] = gateTag(member.number, digest);
  return tagList(tags);
}

function instanceProperties(member: MemberPlan, props: MembersProps) {
  return {
    AllocatePublicIP: false,
    // The reader of user-data in public images asks the metadata service without a token; what hosts ask themselves has one.
    HttpEndpoint: 'enabled',
    HttpTokens: 'optional',
    ImageId: member.image,
    InstanceChargeType: 'PostPaid' as const,
    InstanceName: member.name,
    InstanceType: props.instanceType,
    InternetMaxBandwidthOut: 0,
    IoOptimized: 'optimized' as const,
    ...(member.key === undefined ? {} : { KeyPairName: member.key }),
    PrivateIpAddress: member.address,
    RamRoleName: props.ramRole,
    SecurityGroupIds: props.securityGroups,
    SystemDiskCategory: SYSTEM_DISK,
    SystemDiskSize: member.rootGb,
    UserData: props.userData,
    VpcId: props.vpcId,
    VSwitchId: props.vSwitches[member.subnet]!,
    ZoneId: member.zone,
  };
}
