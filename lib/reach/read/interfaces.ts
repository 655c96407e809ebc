/** Interfaces of members, and one that stands for all hosts of an elastic fleet in each of its subnets. */
import { parseIpv4, sizeOfBits } from '../../estate/cidr';
import { holds, readRange } from '../range';
import type { Range } from '../world';
import type { Drafts, InterfaceDraft, SubnetDraft } from './drafts';
import type { Found } from './references';
import { type Emitted, isFalse, nameTag, originOf } from './resources';

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
  const target = emitted.target(found, emitted.property(found, 'SubnetId'), 'AWS::EC2::Subnet');
  const subnet = target === undefined ? undefined : drafts.subnets.get(target.id);
  const address = parseIpv4(emitted.text(found, 'PrivateIpAddress') ?? '');
  if (subnet === undefined) return;
  if (address === undefined || !holds(subnet.range, address)) {
    emitted.fault(found, `its PrivateIpAddress is no address of the subnet ${subnet.name}`);
    return;
  }
  const prefixes = (emitted.property(found, 'Ipv4Prefixes') as { Ipv4Prefix?: unknown }[] | undefined) ?? [];
  const host = nameTag(emitted.property(found, 'Tags')) ?? emitted.text(found, 'Description') ?? found.logicalId;
  add(drafts, {
    id: found.id,
    host,
    subnet: subnet.id,
    vpc: subnet.vpc,
    kind: 'member',
    address,
    prefixes: prefixes.map((p) => readRange(emitted.references.text(p.Ipv4Prefix, found.stack))).filter((r) => r !== undefined),
    sourceDestCheck: !isFalse(emitted.property(found, 'SourceDestCheck')),
    groups: groupsOf(emitted, found, emitted.property(found, 'GroupSet')),
    containers: new Map(),
    up: false,
    from: originOf(found),
  });
}

export function add(drafts: Drafts, draft: InterfaceDraft): void {
  draft.vpc.interfaces.push(draft);
  drafts.interfaces.set(draft.id, draft);
}

/** An interface answers only while an instance stands on it. */
function readInstance(emitted: Emitted, drafts: Drafts, found: Found): void {
  const list = (emitted.property(found, 'NetworkInterfaces') as { NetworkInterfaceId?: unknown }[] | undefined) ?? [];
  for (const entry of list) {
    if (entry.NetworkInterfaceId === undefined) continue;
    const target = emitted.target(found, entry.NetworkInterfaceId, 'AWS::EC2::NetworkInterface');
    const draft = target === undefined ? undefined : drafts.interfaces.get(target.id);
    if (draft !== undefined) draft.up = true;
  }
}

export function groupsOf(emitted: Emitted, found: Found, list: unknown, type = 'AWS::EC2::SecurityGroup'): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((value) => emitted.target(found, value, type)?.id).filter((id) => id !== undefined);
}

interface LaunchTemplateData {
  readonly SecurityGroupIds?: unknown;
  readonly NetworkInterfaces?: readonly { readonly Groups?: unknown; readonly Ipv4PrefixCount?: unknown }[];
  readonly TagSpecifications?: readonly { readonly ResourceType?: string; readonly Tags?: unknown }[];
}

/** Source/destination check is always on: a launch template can't turn it off. */
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
    const target = emitted.target(found, value, 'AWS::EC2::Subnet');
    const subnet = target === undefined ? undefined : drafts.subnets.get(target.id);
    if (subnet === undefined) continue;
    add(drafts, {
      id: `${found.id}@${subnet.name}`,
      host: `${name}@${subnet.name}`,
      subnet: subnet.id,
      vpc: subnet.vpc,
      kind: 'elastic',
      address: room.address(subnet),
      prefixes: Number(first?.Ipv4PrefixCount ?? 0) > 0 ? room.prefix(emitted, found, subnet) : [],
      sourceDestCheck: true,
      groups,
      containers: new Map(),
      up: Number(emitted.text(found, 'MaxSize') ?? 1) > 0,
      from: originOf(found),
    });
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
    const taken = new Set(subnet.vpc.interfaces.filter((i) => i.subnet === subnet.id).map((i) => i.address));
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
