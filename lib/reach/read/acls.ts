/** Network ACLs: rules at the edge of subnets. */
import { readRange } from '../range';
import type { AclEntry, NetworkAcl } from '../world';
import type { Drafts, SubnetDraft } from './drafts';
import type { Found } from './references';
import { type Emitted, isTrue, originOf, plannedName } from './resources';
import { vpcOf } from './vpcs';

/**
 * Entries of one direction in the order of their numbers. Without one that matches, the packet is refused.
 *
 * Sources: VPC user guide, "Network ACLs"; CloudFormation, `AWS::EC2::NetworkAclEntry` (Protocol: a number of IANA, -1 is all).
 */
export function readAcls(emitted: Emitted, drafts: Drafts): void {
  const acls = new Map<string, NetworkAcl & { readonly vpc: unknown }>();
  const entries = emitted.all('AWS::EC2::NetworkAclEntry').map((found) => ({
    found,
    acl: emitted.target(found, emitted.property(found, 'NetworkAclId'), 'AWS::EC2::NetworkAcl')?.id,
    egress: isTrue(emitted.property(found, 'Egress')),
    number: Number(emitted.text(found, 'RuleNumber')),
  }));
  entries.sort((a, b) => a.number - b.number);
  for (const found of emitted.all('AWS::EC2::NetworkAcl')) {
    const vpc = vpcOf(emitted, drafts, found);
    const own = entries.filter((entry) => entry.acl === found.id);
    const [ingress, egress] = [false, true].map((out) =>
      own.filter((entry) => entry.egress === out).flatMap((entry) => readEntry(emitted, entry.found)),
    );
    const acl = {
      id: found.id,
      name: plannedName(found.logicalId, 'NetworkAcl'),
      ingress: ingress!,
      egress: egress!,
      from: originOf(found),
    };
    vpc?.acls.push(acl);
    acls.set(found.id, { ...acl, vpc });
  }
  for (const found of emitted.all('AWS::EC2::SubnetNetworkAclAssociation')) {
    const subnet = emitted.among(drafts.subnets, found, emitted.property(found, 'SubnetId'), 'AWS::EC2::Subnet');
    const acl = emitted.among(acls, found, emitted.property(found, 'NetworkAclId'), 'AWS::EC2::NetworkAcl');
    if (subnet !== undefined && acl !== undefined) bind(emitted, found, subnet, acl);
  }
}

/** A subnet has one ACL, of its own VPC. */
function bind(emitted: Emitted, found: Found, subnet: SubnetDraft, acl: { readonly id: string; readonly vpc: unknown }): void {
  if (acl.vpc !== subnet.vpc) emitted.fault(found, 'its subnet and its network ACL stand in different VPCs');
  else if (subnet.acl !== undefined) emitted.fault(found, `the subnet ${subnet.name} has a network ACL already`);
  else subnet.acl = acl.id;
}

const PROTOCOLS: Readonly<Record<string, AclEntry['protocol']>> = { '-1': '-1', '1': 'icmp', '6': 'tcp', '17': 'udp' };

interface Ports {
  readonly From?: unknown;
  readonly To?: unknown;
}

/** Entries of other protocols and of IPv6 decide nothing that is asked here. */
function readEntry(emitted: Emitted, found: Found): AclEntry[] {
  const protocol = PROTOCOLS[emitted.text(found, 'Protocol') ?? ''];
  const text = emitted.text(found, 'CidrBlock');
  if (protocol === undefined || text === undefined) return [];
  const range = readRange(text);
  if (range === undefined) emitted.fault(found, 'its CidrBlock is no range');
  if (range === undefined) return [];
  const ports = (emitted.property(found, 'PortRange') ?? {}) as Ports;
  const type = Number((emitted.property(found, 'Icmp') as { Type?: unknown } | undefined)?.Type ?? -1);
  const span =
    protocol === 'icmp'
      ? spanOf(type, type)
      : protocol === '-1'
        ? spanOf(-1, -1)
        : spanOf(Number(ports.From ?? -1), Number(ports.To ?? -1));
  return [{ allow: emitted.text(found, 'RuleAction') === 'allow', protocol, ...span, range, from: originOf(found) }];
}

/** -1 is all. */
function spanOf(from: number, to: number): { fromPort: number; toPort: number } {
  return from < 0 ? { fromPort: 0, toPort: 65535 } : { fromPort: from, toPort: to };
}

const ALIYUN_PROTOCOLS: Readonly<Record<string, AclEntry['protocol']>> = { all: '-1', icmp: 'icmp', tcp: 'tcp', udp: 'udp' };

/** The order of the list is that of the rules. Sources: VPC (Aliyun), "Network ACL overview"; ROS, `ALIYUN::VPC::NetworkAcl`. */
export function readAliyunAcls(emitted: Emitted, drafts: Drafts): void {
  const acls = new Map<string, NetworkAcl & { readonly vpc: unknown }>();
  for (const found of emitted.all('ALIYUN::VPC::NetworkAcl')) {
    const vpc = vpcOf(emitted, drafts, found);
    const name = emitted.text(found, 'NetworkAclName') ?? plannedName(found.logicalId, 'NetworkAcl');
    const [ingress, egress] = [
      ['IngressAclEntries', 'SourceCidrIp'],
      ['EgressAclEntries', 'DestinationCidrIp'],
    ].map(([list, side]) =>
      ((emitted.property(found, list!) as Readonly<Record<string, unknown>>[] | undefined) ?? []).flatMap((entry): AclEntry[] => {
        const protocol = ALIYUN_PROTOCOLS[String(entry.Protocol).toLowerCase()];
        const range = readRange(emitted.references.text(entry[side!], found.stack));
        const ports = /^(-?\d+)\/(-?\d+)$/.exec(String(entry.Port ?? '-1/-1'));
        if (range === undefined || ports === null) emitted.fault(found, `an entry of ${list} without a range or ports`);
        if (protocol === undefined || range === undefined || ports === null) return [];
        return [
          {
            allow: entry.Policy === 'accept',
            protocol,
            ...spanOf(Number(ports[1]), Number(ports[2])),
            range,
            from: originOf(found),
          },
        ];
      }),
    );
    const acl = { id: found.id, name, ingress: ingress!, egress: egress!, from: originOf(found) };
    vpc?.acls.push(acl);
    acls.set(found.id, { ...acl, vpc });
  }
  for (const found of emitted.all('ALIYUN::VPC::NetworkAclAssociation')) {
    const acl = emitted.among(acls, found, emitted.property(found, 'NetworkAclId'), 'ALIYUN::VPC::NetworkAcl');
    for (const { ResourceId } of (emitted.property(found, 'Resources') as { ResourceId?: unknown }[] | undefined) ?? []) {
      const subnet = emitted.among(drafts.subnets, found, ResourceId, 'ALIYUN::ECS::VSwitch');
      if (subnet !== undefined && acl !== undefined) bind(emitted, found, subnet, acl);
    }
  }
}
