/** Security groups and their rules, inside the group or as resources of their own. */
import { readRange } from '../range';
import type { SecurityRule } from '../world';
import { addGroup, type Drafts, type GroupDraft } from './drafts';
import type { Found } from './references';
import { type Emitted, originOf } from './resources';
import { vpcOf } from './vpcs';

export function readGroups(emitted: Emitted, drafts: Drafts): void {
  readRules(emitted, drafts, { group: 'AWS::EC2::SecurityGroup', groupProperty: 'GroupId', readRule, withoutRules });
}

/** Each cloud's words for groups, how it writes a rule, and what a group lets through without one. */
export interface GroupWords {
  /** Type of a group; rules that are resources of their own are of this type and `Ingress` or `Egress`. */
  readonly group: string;
  /** Of rules that are resources of their own. */
  readonly groupProperty: string;
  readonly readRule: (emitted: Emitted, found: Found, rule: Written, list: 'ingress' | 'egress') => SecurityRule | undefined;
  readonly withoutRules: (emitted: Emitted, found: Found, group: GroupDraft) => void;
}

export type Written = Readonly<Record<string, unknown>>;

/** Groups, the rules inside them, and those that are resources of their own. */
export function readRules(emitted: Emitted, drafts: Drafts, words: GroupWords): void {
  const all = emitted.all(words.group);
  for (const found of all) {
    const vpc = vpcOf(emitted, drafts, found);
    if (vpc !== undefined) addGroup(drafts, found, vpc);
  }
  const lists = { SecurityGroupIngress: 'ingress', SecurityGroupEgress: 'egress' } as const;
  for (const found of all) {
    const group = drafts.groups.get(found.id);
    if (group === undefined) continue;
    for (const [property, list] of Object.entries(lists)) {
      const written = (emitted.property(found, property) as Written[] | undefined) ?? [];
      group[list].push(...written.map((rule) => words.readRule(emitted, found, rule, list)).filter((rule) => rule !== undefined));
    }
    words.withoutRules(emitted, found, group);
  }
  for (const list of Object.values(lists)) {
    for (const found of emitted.all(`${words.group}${list === 'ingress' ? 'Ingress' : 'Egress'}`)) {
      const group = emitted.among(drafts.groups, found, emitted.property(found, words.groupProperty), words.group);
      const rule = words.readRule(emitted, found, found.resource.Properties ?? {}, list);
      if (rule !== undefined) group?.[list].push(rule);
    }
  }
}

/** What lets everything out. */
export function anywhere(found: Found): SecurityRule {
  const peer = { kind: 'range', range: { base: 0, bits: 0 } } as const;
  return { protocol: '-1', fromPort: 0, toPort: 65535, peer, from: originOf(found) };
}

/** Without any egress in the group's own text the cloud lets everything out. Source: CloudFormation, `AWS::EC2::SecurityGroup`. */
function withoutRules(emitted: Emitted, found: Found, group: GroupDraft): void {
  if (emitted.property(found, 'SecurityGroupEgress') === undefined) group.egress.push(anywhere(found));
}

const PROTOCOLS: Readonly<Record<string, SecurityRule['protocol']>> = {
  '-1': '-1',
  tcp: 'tcp',
  udp: 'udp',
  icmp: 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
};

function readRule(emitted: Emitted, found: Found, rule: Written, list: 'ingress' | 'egress'): SecurityRule | undefined {
  const peerGroup = list === 'ingress' ? rule.SourceSecurityGroupId : rule.DestinationSecurityGroupId;
  const protocol = PROTOCOLS[String(rule.IpProtocol)];
  if (protocol === undefined) {
    emitted.fault(found, `the protocol ${JSON.stringify(rule.IpProtocol)} is not read`);
    return undefined;
  }
  const ports = protocol === 'tcp' || protocol === 'udp';
  const fromPort = ports ? Number(rule.FromPort) : 0;
  const toPort = ports ? Number(rule.ToPort) : 65535;
  if (Number.isNaN(fromPort) || Number.isNaN(toPort)) {
    emitted.fault(found, 'a rule without ports');
    return undefined;
  }
  const base = { protocol, fromPort, toPort, from: originOf(found) };
  if (peerGroup !== undefined) {
    const group = emitted.target(found, peerGroup, 'AWS::EC2::SecurityGroup');
    return group === undefined ? undefined : { ...base, peer: { kind: 'group', id: group.id } };
  }
  const range = readRange(emitted.references.text(rule.CidrIp, found.stack));
  if (range !== undefined) return { ...base, peer: { kind: 'range', range } };
  if (rule.CidrIpv6 === undefined) emitted.fault(found, 'a rule whose other side is neither a range nor a group');
  return undefined;
}
