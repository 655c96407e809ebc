/** Interfaces of members, and one that stands for all hosts of an elastic fleet in each of its subnets. */
import { parseIpv4, sizeOfBits } from '../../estate/addresses/cidr';
import { holds, readRange } from '../range';
import type { Range } from '../world';
import type { Drafts, InterfaceDraft, SubnetDraft } from './drafts';
import type { Found } from './references';
import { type Emitted, isFalse, isTrue, nameTag, originOf } from './resources';

export function readInterfaces(emitted: Emitted, drafts: Drafts): void {
  const room = new StandIns(drafts);
  for (const found of emitted.all('AWS::EC2::NetworkInterface')) readMember(emitted, drafts, found);
  for (const found of emitted.all('AWS::EC2::Instance')) readInstance(emitted, drafts, found);
  // Only now every fixed address is known, and a stand-in can be one that nobody has.
  for (const found of emitted.all('AWS::EC2::NetworkInterface')) {
    const draft = drafts.interfaces.get(found.id);
    const count = Number(emitted.property(found, 'Ipv4PrefixCount') ?? 0);
    if (draft !== undefined && count > 0) draft.prefixes.push(...room.prefix(emitted, found, drafts.subnets.get(draft.subnet)!));
  }
  for (const found of emitted.all('AWS::AutoScaling::AutoScalingGroup')) readElastic(emitted, drafts, found, room);
}

function readMember(emitted: Emitted, drafts: Drafts, found: Found): void {
  const subnet = emitted.among(drafts.subnets, found, emitted.property(found, 'SubnetId'), 'AWS::EC2::Subnet');
  const prefixes = (emitted.property(found, 'Ipv4Prefixes') as { Ipv4Prefix?: unknown }[] | undefined) ?? [];
  addMember(emitted, drafts, found, subnet, () => ({
    host: nameTag(emitted.property(found, 'Tags')) ?? emitted.text(found, 'Description') ?? found.logicalId,
    prefixes: prefixes.map((p) => readRange(emitted.references.text(p.Ipv4Prefix, found.stack))).filter((r) => r !== undefined),
    sourceDestCheck: !isFalse(emitted.property(found, 'SourceDestCheck')),
    groups: groupsOf(emitted, found, emitted.property(found, 'GroupSet')),
    up: false,
  }));
}

/** A member's interface, at its fixed address in a subnet. */
export function addMember(
  emitted: Emitted,
  drafts: Drafts,
  found: Found,
  subnet: SubnetDraft | undefined,
  rest: () => Pick<InterfaceDraft, 'host' | 'prefixes' | 'sourceDestCheck' | 'groups' | 'up' | 'publicAddress'>,
): void {
  if (subnet === undefined) return;
  const address = parseIpv4(emitted.text(found, 'PrivateIpAddress') ?? '');
  if (address === undefined || !holds(subnet.range, address)) {
    const words = subnet.vpc.provider === 'aliyun' ? 'vSwitch' : 'subnet';
    emitted.fault(found, `its PrivateIpAddress is no address of the ${words} ${subnet.name}`);
    return;
  }
  add(drafts, subnet, { id: found.id, kind: 'member', address, from: originOf(found), ...rest() });
}

/** One interface that stands for all hosts of an elastic fleet in a subnet. Their source/destination check is always on. */
export function addElastic(
  drafts: Drafts,
  room: StandIns,
  scaling: Found,
  subnet: SubnetDraft,
  {
    name,
    ...rest
  }: Pick<InterfaceDraft, 'prefixes' | 'groups' | 'up' | 'metadata' | 'publicAddress'> & { readonly name: string },
): void {
  const [id, host] = [`${scaling.id}@${subnet.name}`, `${name}@${subnet.name}`];
  const address = room.address(subnet);
  add(drafts, subnet, { id, host, kind: 'elastic', address, sourceDestCheck: true, from: originOf(scaling), ...rest });
}

/** An interface of what the cloud runs in a subnet. @param address a fixed one @default - one that nobody has stands for it */
export function addAppliance(
  room: StandIns,
  found: Found,
  subnet: SubnetDraft,
  rest: Pick<InterfaceDraft, 'host' | 'groups' | 'unguarded' | 'publicAddress'>,
  address?: number,
): string {
  const id = `${found.id}@${subnet.name}`;
  const own = {
    ...rest,
    id,
    kind: 'appliance' as const,
    address: address ?? room.address(subnet),
    prefixes: [],
    sourceDestCheck: false,
    up: true,
    from: originOf(found),
  };
  subnet.vpc.appliances.push({ ...own, subnet: subnet.id, vpc: subnet.vpc, containers: new Map() });
  return id;
}

function add(
  drafts: Drafts,
  { id: subnet, vpc }: SubnetDraft,
  rest: Omit<InterfaceDraft, 'subnet' | 'vpc' | 'containers'>,
): void {
  const draft = { ...rest, subnet, vpc, containers: new Map<number, Range>() };
  vpc.interfaces.push(draft);
  drafts.interfaces.set(draft.id, draft);
}

/** An interface answers only while an instance stands on it. */
function readInstance(emitted: Emitted, drafts: Drafts, found: Found): void {
  const list = (emitted.property(found, 'NetworkInterfaces') as { NetworkInterfaceId?: unknown }[] | undefined) ?? [];
  for (const entry of list) {
    if (entry.NetworkInterfaceId === undefined) continue;
    const draft = emitted.among(drafts.interfaces, found, entry.NetworkInterfaceId, 'AWS::EC2::NetworkInterface');
    if (draft === undefined) continue;
    draft.up = true;
    draft.metadata = metadataOf(emitted.property(found, 'MetadataOptions'));
  }
}

/** Source: EC2 user guide, "Instance metadata options" (on by default, one hop by default). */
export function metadataOf(options: unknown): NonNullable<InterfaceDraft['metadata']> {
  const { HttpEndpoint, HttpPutResponseHopLimit } = (options ?? {}) as Readonly<Record<string, unknown>>;
  return { on: HttpEndpoint !== 'disabled', hops: Number(HttpPutResponseHopLimit ?? 1) };
}

export function groupsOf(emitted: Emitted, found: Found, list: unknown, type = 'AWS::EC2::SecurityGroup'): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((value) => emitted.target(found, value, type)?.id).filter((id) => id !== undefined);
}

interface LaunchTemplateData {
  readonly SecurityGroupIds?: unknown;
  readonly MetadataOptions?: unknown;
  readonly NetworkInterfaces?: readonly {
    readonly Groups?: unknown;
    readonly Ipv4PrefixCount?: unknown;
    readonly AssociatePublicIpAddress?: unknown;
  }[];
  readonly TagSpecifications?: readonly { readonly ResourceType?: string; readonly Tags?: unknown }[];
}

/** A launch template can't turn the source/destination check off. */
function readElastic(emitted: Emitted, drafts: Drafts, found: Found, room: StandIns): void {
  const version = emitted.property(found, 'LaunchTemplate') as { LaunchTemplateId?: unknown } | undefined;
  const template = emitted.target(found, version?.LaunchTemplateId, 'AWS::EC2::LaunchTemplate');
  if (template === undefined) return;
  const data = (emitted.property(template, 'LaunchTemplateData') ?? {}) as LaunchTemplateData;
  const first = data.NetworkInterfaces?.[0];
  const groups = groupsOf(emitted, template, first?.Groups ?? data.SecurityGroupIds);
  const tags = data.TagSpecifications?.find((t) => t.ResourceType === 'instance')?.Tags;
  const name = nameTag(tags) ?? nameTag(emitted.property(found, 'Tags')) ?? found.stack.name;
  const subnets = (emitted.property(found, 'VPCZoneIdentifier') as unknown[] | undefined) ?? [];
  for (const value of subnets) {
    const subnet = emitted.among(drafts.subnets, found, value, 'AWS::EC2::Subnet');
    if (subnet === undefined) continue;
    const prefixes = Number(first?.Ipv4PrefixCount ?? 0) > 0 ? room.prefix(emitted, found, subnet) : [];
    const up = Number(emitted.text(found, 'MaxSize') ?? 1) > 0;
    // What the launch template says goes before what the subnet gives ("IP addressing for your VPCs and subnets").
    const open = first?.AssociatePublicIpAddress;
    const public_ = open === undefined ? subnet.publicAddresses === true : isTrue(open);
    const publicAddress = public_ ? { publicAddress: originOf(open === undefined ? found : template) } : {};
    const metadata = metadataOf(data.MetadataOptions);
    addElastic(drafts, room, found, subnet, { name, prefixes, groups, up, metadata, ...publicAddress });
  }
}

/** Addresses that stand for what the cloud will choose: the first free one of the subnet, prefixes from its end. */
export class StandIns {
  /** Blocks of sixteen that hold a fixed address, by subnet. */
  private readonly taken = new Map<string, Set<number>>();
  private readonly prefixes = new Map<string, number>();

  constructor(private readonly drafts: Drafts) {}

  /** The first four addresses and the last one are the cloud's. Source: VPC user guide, "Subnet CIDR blocks". */
  address(subnet: SubnetDraft): number {
    const all = [...subnet.vpc.interfaces, ...subnet.vpc.appliances];
    const taken = new Set(all.filter((i) => i.subnet === subnet.id).map((i) => i.address));
    let address = subnet.range.base + 4;
    while (taken.has(address)) address++;
    return address;
  }

  prefix(emitted: Emitted, found: Found, subnet: SubnetDraft): Range[] {
    const taken = this.takenIn(subnet);
    let index = this.prefixes.get(subnet.id) ?? 0;
    for (; ; index++) {
      const base = subnet.range.base + sizeOfBits(subnet.range.bits) - 16 * (index + 2);
      if (base < subnet.range.base + 16) {
        emitted.fault(found, `the subnet ${subnet.name} has no room for another /28 prefix`);
        return [];
      }
      if (taken.has(base / 16)) continue;
      this.prefixes.set(subnet.id, index + 1);
      return [{ base, bits: 28 }];
    }
  }

  private takenIn(subnet: SubnetDraft): Set<number> {
    if (this.taken.size === 0) {
      for (const { subnet: id, address } of this.drafts.interfaces.values()) {
        const blocks = this.taken.get(id);
        if (blocks === undefined) this.taken.set(id, new Set([Math.floor(address / 16)]));
        else blocks.add(Math.floor(address / 16));
      }
    }
    return this.taken.get(subnet.id) ?? new Set();
  }
}
