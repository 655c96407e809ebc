/** Security groups and their rules, inside the group or as resources of their own. */
import { readRange } from '../range';
import type { SecurityRule } from '../world';
import { addGroup, type Drafts } from './drafts';
import type { Found } from './references';
import { type Emitted, originOf } from './resources';
import { vpcOf } from './vpcs';

export function readGroups(emitted: Emitted, drafts: Drafts): void {
  for (const found of emitted.all('AWS::EC2::SecurityGroup')) {
    const vpc = vpcOf(emitted, drafts, found);
    if (vpc !== undefined) addGroup(drafts, found, vpc);
  }
  for (const found of emitted.all('AWS::EC2::SecurityGroup')) readInline(emitted, drafts, found);
  for (const [type, list, peer] of [
    ['AWS::EC2::SecurityGroupIngress', 'ingress', 'SourceSecurityGroupId'],
    ['AWS::EC2::SecurityGroupEgress', 'egress', 'DestinationSecurityGroupId'],
  ] as const) {
    for (const found of emitted.all(type)) {
      const target = emitted.target(found, emitted.property(found, 'GroupId'), 'AWS::EC2::SecurityGroup');
      const rule = readRule(emitted, found, found.resource.Properties ?? {}, peer);
      if (target !== undefined && rule !== undefined) drafts.groups.get(target.id)?.[list].push(rule);
    }
  }
}

/** Without any egress in the group's own text the cloud lets everything out. Source: CloudFormation, `AWS::EC2::SecurityGroup`. */
function readInline(emitted: Emitted, drafts: Drafts, found: Found): void {
  const group = drafts.groups.get(found.id);
  if (group === undefined) return;
  const rules = (name: string, peer: string) =>
    ((emitted.property(found, name) as Record<string, unknown>[] | undefined) ?? [])
      .map((rule) => readRule(emitted, found, rule, peer))
      .filter((rule) => rule !== undefined);
  group.ingress.push(...rules('SecurityGroupIngress', 'SourceSecurityGroupId'));
  group.egress.push(...rules('SecurityGroupEgress', 'DestinationSecurityGroupId'));
  if (emitted.property(found, 'SecurityGroupEgress') === undefined)
    group.egress.push({
      protocol: '-1',
      fromPort: 0,
      toPort: 65535,
      peer: { kind: 'range', range: { base: 0, bits: 0 } },
      from: originOf(found),
    });
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

function readRule(
  emitted: Emitted,
  found: Found,
  rule: Readonly<Record<string, unknown>>,
  peerProperty: string,
): SecurityRule | undefined {
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
  if (rule[peerProperty] !== undefined) {
    const group = emitted.target(found, rule[peerProperty], 'AWS::EC2::SecurityGroup');
    return group === undefined ? undefined : { ...base, peer: { kind: 'group', id: group.id } };
  }
  const range = readRange(emitted.references.text(rule.CidrIp, found.stack));
  if (range !== undefined) return { ...base, peer: { kind: 'range', range } };
  if (rule.CidrIpv6 === undefined) emitted.fault(found, 'a rule whose other side is neither a range nor a group');
  return undefined;
}
