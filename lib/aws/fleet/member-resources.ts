/** The resources of one member: pure, plain data. */
import type { MemberPlan, VolumePlan } from '../../plan/model';
import { memberId, memberVolumeId } from '../names';
import { ref, type TemplateFragment, type TemplateResource, tagList, type Value } from '../template';
import { membersAlarm, recoverAlarm } from './alarms';
import { GATE_TAG, gate, gateId, gateTag } from './gates';
import { memberUnwell } from './heartbeat-alarms';
import type { MembersFleetProps } from './members';
import { sentDigest, userDataMapping, userDataProperty } from './user-data';

/** What is the same for all members of a stack; made once. */
interface MemberContext {
  readonly props: MembersFleetProps;
  readonly stackName: string;
  readonly userData: Value;
  readonly sent: string;
  /** By number: what others wait for (its gate, or its instance). Filled in order of number. */
  readonly upWhen: Map<number, string>;
  readonly byNumber: ReadonlyMap<number, MemberPlan>;
}

function memberContext(props: MembersFleetProps, stackName: string): MemberContext {
  return {
    props,
    stackName,
    userData: userDataProperty(props.userData),
    sent: sentDigest(props.userData),
    upWhen: new Map(),
    byNumber: new Map(props.members.map((member) => [member.number, member])),
  };
}

/** The stack's part of a members fleet as plain data. */
export function membersFragment(props: MembersFleetProps, stackName: string): TemplateFragment {
  const resources: Record<string, TemplateResource> = {};
  const context = memberContext(props, stackName);
  for (const member of props.members) addMember(resources, member, context);
  const { alarms } = props;
  if (alarms?.aggregate === true) resources.HostsFailing = membersAlarm(props.members, props.quorum !== undefined, alarms);
  return { Mappings: userDataMapping(props.userData), Resources: resources };
}

/** Adds a member's resources. Members come in order of number, because each waits for one before it. */
function addMember(resources: Record<string, TemplateResource>, member: MemberPlan, context: MemberContext): void {
  const { number } = member;
  const { props } = context;
  resources[memberId.interface(number)] = networkInterface(member, props);
  for (const volume of props.volumes ?? []) {
    resources[memberVolumeId(member, volume.name)] = dataVolume(member, volume, props);
  }
  if (!member.absent) addInstance(resources, member, context);
  if (member.containerRange !== undefined) {
    for (const [table, routeTableId] of Object.entries(props.routeTables ?? {})) {
      resources[memberId.route(number, table)] = route(number, member.containerRange, routeTableId);
    }
  }
}

/** To the interface, not the instance: the route stays while a member is replaced. */
function route(number: number, destination: string, routeTableId: Value): TemplateResource {
  return {
    Type: 'AWS::EC2::Route',
    Properties: {
      DestinationCidrBlock: destination,
      NetworkInterfaceId: ref(memberId.interface(number)),
      RouteTableId: routeTableId,
    },
  };
}

function addInstance(resources: Record<string, TemplateResource>, member: MemberPlan, context: MemberContext): void {
  const { number } = member;
  const { props, userData } = context;
  const id = memberId.instance(number, member.generation);
  const volumes = props.volumes ?? [];
  const beforeTags = launchProperties(member, props);
  const afterTags = {
    UserData: userData,
    ...(volumes.length === 0
      ? {}
      : { Volumes: volumes.map((v) => ({ Device: v.device, VolumeId: ref(memberVolumeId(member, v.name)) })) }),
  };
  const passed = !hasGates(props) ? undefined : gateId(number, id, { ...beforeTags, ...afterTags }, context.sent);
  const tags: Record<string, Value> = { Name: member.name, 'meissa:number': String(number) };
  for (const volume of volumes) tags[`meissa:volume:${volume.name}`] = ref(memberVolumeId(member, volume.name));
  if (passed !== undefined) tags[GATE_TAG] = gateTag(context.stackName, passed);
  const waitsFor = upBefore(member, context);
  resources[id] = {
    Type: 'AWS::EC2::Instance',
    Properties: { ...beforeTags, Tags: tagList(tags), ...afterTags },
    ...(waitsFor === undefined ? {} : { DependsOn: [waitsFor] }),
  };
  if (passed !== undefined) resources[passed] = gate(id, props.gateTimeout ?? DEFAULT_GATE_TIMEOUT);
  const recover = props.alarms?.recoverAction;
  if (recover !== undefined) resources[memberId.recoverAlarm(number)] = recoverAlarm(id, member, recover);
  const topic = props.alarms?.topicArn;
  if (topic !== undefined) resources[memberId.unwellAlarm(number)] = memberUnwell(member, topic);
  context.upWhen.set(number, passed ?? id);
}

/** Whether members stand behind gates. */
export const hasGates = ({ gates, quorum }: Pick<MembersFleetProps, 'gates' | 'quorum'>): boolean =>
  gates ?? quorum !== undefined;

/** Seconds. */
export const DEFAULT_GATE_TIMEOUT = 900;

/** The first member of the chain before this one that has an instance: absent ones are stepped over. */
function upBefore(member: MemberPlan, context: MemberContext): string | undefined {
  let after = member.after;
  while (after !== undefined) {
    const up = context.upWhen.get(after);
    if (up !== undefined) return up;
    after = context.byNumber.get(after)?.after;
  }
  return undefined;
}

function launchProperties(member: MemberPlan, props: MembersFleetProps): Record<string, unknown> {
  return {
    BlockDeviceMappings: [{ DeviceName: ROOT_DEVICE, Ebs: rootVolume(member.rootGb, props.kmsKey) }],
    IamInstanceProfile: props.instanceProfile,
    ImageId: member.image,
    InstanceType: props.instanceType,
    ...(member.key === undefined ? {} : { KeyName: member.key }),
    MetadataOptions: METADATA_OPTIONS,
    NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref(memberId.interface(member.number)) }],
    PropagateTagsToVolumeOnCreation: true,
  };
}

/** Root device of Flatcar's images. */
export const ROOT_DEVICE = '/dev/xvda';

export function rootVolume(gb: number, kmsKey: Value | undefined): Record<string, unknown> {
  return { Encrypted: true, ...(kmsKey === undefined ? {} : { KmsKeyId: kmsKey }), VolumeSize: gb, VolumeType: 'gp3' };
}

/** IMDSv2 only, one hop (containers don't reach it), with the instance's tags: the host reads its gate and its volumes there. */
export const METADATA_OPTIONS = { HttpPutResponseHopLimit: 1, HttpTokens: 'required', InstanceMetadataTags: 'enabled' };

function networkInterface(member: MemberPlan, props: MembersFleetProps): TemplateResource {
  return {
    Type: 'AWS::EC2::NetworkInterface',
    Properties: {
      Description: member.name,
      GroupSet: props.securityGroups,
      // By name: by number the cloud takes any free /28, and with it a later member's address. The source/destination check takes
      // prefixes for own addresses and stays on.
      ...(member.prefixes === undefined ? {} : { Ipv4Prefixes: member.prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix })) }),
      PrivateIpAddress: member.address,
      SourceDestCheck: props.sourceDestCheck ?? true,
      SubnetId: props.subnets[member.subnet]!,
      Tags: tagList({ Name: member.name }),
    },
  };
}

function dataVolume(member: MemberPlan, volume: VolumePlan, props: MembersFleetProps): TemplateResource {
  return {
    Type: 'AWS::EC2::Volume',
    Properties: {
      AvailabilityZone: member.zone,
      Encrypted: true,
      ...(volume.iops === undefined ? {} : { Iops: volume.iops }),
      ...(props.kmsKey === undefined ? {} : { KmsKeyId: props.kmsKey }),
      Size: volume.gb,
      Tags: tagList({ Name: `${member.name}-${volume.name}` }),
      ...(volume.throughput === undefined ? {} : { Throughput: volume.throughput }),
      VolumeType: volume.type,
    },
    UpdateReplacePolicy: 'Retain',
    DeletionPolicy: 'Retain',
  };
}
