/** Security groups of Aliyun, and what they let through without a rule. */
import { readRange } from '../../range';
import type { SecurityRule } from '../../world';
import type { Drafts, GroupDraft } from '../drafts';
import { anywhere, readRules, type Written } from '../groups';
import type { Found } from '../references';
import { type Emitted, originOf } from '../resources';

const GROUP = 'ALIYUN::ECS::SecurityGroup';

export function readAliyunGroups(emitted: Emitted, drafts: Drafts): void {
  readRules(emitted, drafts, { group: GROUP, groupProperty: 'SecurityGroupId', readRule, withoutRules });
}

/**
 * In a basic group (`normal`, the default) hosts reach each other whatever the rules say, unless the manifest says that this is switched
 * off after the stack, and what goes out needs no rule; in an enterprise one neither holds.
 *
 * Sources: ECS, "Network isolation within a basic security group", "ModifySecurityGroupPolicy" (InnerAccessPolicy: Accept goes before
 * all rules), "Security group rules" (default rules).
 */
function withoutRules(emitted: Emitted, found: Found, group: GroupDraft): void {
  if (emitted.text(found, 'SecurityGroupType') === 'enterprise') return;
  if (found.stack.isolatedGroups?.has(found.logicalId) !== true)
    group.ingress.push({ ...anywhere(found), peer: { kind: 'group', id: group.id } });
  const open = group.egress.some(({ protocol, peer }) => protocol === '-1' && peer.kind === 'range' && peer.range.bits === 0);
  if (!open) group.egress.push(anywhere(found));
}

const PROTOCOLS: Readonly<Record<string, SecurityRule['protocol']>> = { all: '-1', tcp: 'tcp', udp: 'udp', icmp: 'icmp' };

/**
 * Several groups of a host, and all rules of them, are asked together. A rule that refuses would go before those of the same or a
 * lower priority; no emitter writes one, so it is a fault, and its group is read without it.
 *
 * Source: ECS, "AuthorizeSecurityGroup" (NicType, Policy, Priority, PortRange).
 */
function readRule(emitted: Emitted, found: Found, rule: Written, list: 'ingress' | 'egress'): SecurityRule | undefined {
  const no = (message: string): undefined => {
    emitted.fault(found, message);
    return undefined;
  };
  const protocol = PROTOCOLS[String(rule.IpProtocol).toLowerCase()];
  if (protocol === undefined) return no(`the protocol ${JSON.stringify(rule.IpProtocol)} is not read`);
  if ((rule.NicType ?? 'internet') !== 'intranet')
    return no('a rule of the internet network card says nothing in a VPC: NicType is intranet there');
  if ((rule.Policy ?? 'accept') !== 'accept') return no('a rule that refuses is not read: only rules that accept are');
  const priority = Number(rule.Priority ?? 1);
  if (!(priority >= 1 && priority <= 100)) return no(`the priority ${JSON.stringify(rule.Priority)} is none from 1 to 100`);
  const ports = /^(-?\d+)\/(-?\d+)$/.exec(String(rule.PortRange));
  if (ports === null) return no('a rule without ports');
  const all = protocol === '-1' || protocol === 'icmp' || ports[1] === '-1';
  const base = {
    protocol,
    fromPort: all ? 0 : Number(ports[1]),
    toPort: all ? 65535 : Number(ports[2]),
    from: originOf(found),
  };
  const [groupId, cidr] = list === 'ingress' ? [rule.SourceGroupId, rule.SourceCidrIp] : [rule.DestGroupId, rule.DestCidrIp];
  if (groupId !== undefined) {
    const group = emitted.target(found, groupId, GROUP);
    return group === undefined ? undefined : { ...base, peer: { kind: 'group', id: group.id } };
  }
  const range = readRange(emitted.references.text(cidr, found.stack));
  return range === undefined
    ? no('a rule whose other side is neither a range nor a group')
    : { ...base, peer: { kind: 'range', range } };
}
