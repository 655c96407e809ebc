import type { JsonObject } from '../../../../engine/json';
import { QUOTAS } from '../../../../facts/aws/quotas';
import { PROTOCOLS } from '../../../../facts/aws/requests';
import { canonical } from '../../../ipv4';
import { num, objs, str } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { ruleFaults } from '../../checks/requests/security-groups';
import { ec2Id, generatedName } from '../../ids';
import type { SecurityGroup, SecurityRule } from '../../world/network';
import type { Handler } from '../handler';
import { must, tagsOf } from '../values';
import { vpcOf } from './lookup';

/** The group; EC2's refusal where there is none. */
export const groupOf = (region: Region, id: string | undefined): SecurityGroup =>
  must(region.groups, id, 'InvalidGroup.NotFound', `The security group '${id}' does not exist`);

/** What makes two rules the same to EC2: a protocol's name is its number, and all protocols are of all ports. */
function sameness({ direction, protocol, from, to, cidr, cidr6, group, prefixList }: SecurityRule): string {
  const number = PROTOCOLS[protocol.toLowerCase()] ?? protocol;
  return [direction, number, ...(number === PROTOCOLS.all ? [] : [from, to]), cidr, cidr6, group, prefixList].join(' ');
}

/**
 * Adds a rule with EC2's checks: of a template, or by hand.
 *
 * @param own whether a resource of its own stands for it
 */
export function addRule(
  region: Region,
  group: SecurityGroup,
  direction: SecurityRule['direction'],
  p: JsonObject,
  own = false,
): SecurityRule {
  const protocol = str(p, 'IpProtocol') ?? '-1';
  const [from, to] = [num(p, 'FromPort'), num(p, 'ToPort')];
  const [fault] = ruleFaults(p);
  if (fault !== undefined) throw new AwsError('InvalidParameterValue', fault);
  const peer = direction === 'ingress' ? str(p, 'SourceSecurityGroupId') : str(p, 'DestinationSecurityGroupId');
  if (peer !== undefined) groupOf(region, peer);
  const rule: SecurityRule = {
    id: ec2Id('sgr'),
    direction,
    protocol,
    from,
    to,
    cidr: canonical(str(p, 'CidrIp') ?? ''),
    cidr6: str(p, 'CidrIpv6'),
    group: peer,
    prefixList: str(p, direction === 'ingress' ? 'SourcePrefixListId' : 'DestinationPrefixListId'),
    description: str(p, 'Description'),
    ...(own ? { own } : {}),
  };
  if (group.rules.some((r) => sameness(r) === sameness(rule))) {
    throw new AwsError(
      'InvalidPermission.Duplicate',
      `the specified rule "peer: ${rule.group ?? rule.cidr ?? rule.cidr6 ?? rule.prefixList}, ${protocol.toUpperCase()}, from port: ${from}, to port: ${to}, ALLOW" already exists`,
    );
  }
  if (group.rules.filter((r) => r.direction === direction).length >= QUOTAS.rulesPerSecurityGroup.usual) {
    throw new AwsError('RulesPerSecurityGroupLimitExceeded', 'The maximum number of rules per security group has been reached.');
  }
  group.rules.push(rule);
  return rule;
}

const OPEN_EGRESS: JsonObject = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };

const inline = (region: Region, group: SecurityGroup, p: JsonObject): void => {
  for (const r of objs(p, 'SecurityGroupIngress')) addRule(region, group, 'ingress', r);
  const egress = p.SecurityGroupEgress === undefined ? [OPEN_EGRESS] : objs(p, 'SecurityGroupEgress');
  for (const r of egress) addRule(region, group, 'egress', r);
};

/** AWS::EC2::SecurityGroup */
export const securityGroup: Handler = {
  create(c, p) {
    const v = vpcOf(c.region, str(p, 'VpcId'));
    const name = str(p, 'GroupName') ?? generatedName(c.stackName, c.logicalId, 255);
    if (Object.values(c.region.groups).some((g) => g.vpc === v.id && g.name === name)) {
      throw new AwsError('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${v.id}'`);
    }
    const id = ec2Id('sg');
    const group: SecurityGroup = {
      id,
      name,
      description: str(p, 'GroupDescription') ?? '',
      vpc: v.id,
      rules: [],
      tags: tagsOf(c, p.Tags),
    };
    inline(c.region, group, p);
    c.region.groups[id] = group;
    return { physicalId: id, attributes: { GroupId: id, VpcId: v.id, Id: id } };
  },
  update(c, id, p, before) {
    const group = groupOf(c.region, id);
    const was = group.rules;
    const own = { ...group, rules: [] as SecurityRule[] };
    inline(c.region, own, before);
    // What the template gave inline goes; rules that other resources added stay.
    const inlined = new Set(own.rules.map(sameness));
    group.rules = was.filter((r) => !inlined.has(sameness(r)));
    try {
      inline(c.region, group, p);
    } catch (e) {
      group.rules = was;
      throw e;
    }
    group.tags = tagsOf(c, p.Tags);
    return undefined;
  },
  delete(c, id) {
    const used =
      Object.values(c.region.interfaces).some((i) => i.groups.includes(id)) ||
      Object.values(c.region.groups).some((g) => g.id !== id && g.rules.some((r) => r.group === id));
    if (used) throw new AwsError('DependencyViolation', `resource ${id} has a dependent object`);
    delete c.region.groups[id];
  },
  read(c, id, p) {
    const group = c.region.groups[id];
    if (!group) return undefined;
    const live = { ...p };
    for (const [property, direction] of [
      ['SecurityGroupIngress', 'ingress'],
      ['SecurityGroupEgress', 'egress'],
    ] as const) {
      // What a template doesn't set is not compared ("Detect unmanaged configuration changes"), and rules that are resources are no part of it.
      if (p[property] === undefined) continue;
      const standing = group.rules.filter((r) => r.direction === direction && !r.own).map(ruleProperties);
      if (!sameRules(standing, objs(p, property))) live[property] = standing;
    }
    return live;
  },
};

/** A rule as a template writes it. */
function ruleProperties({
  direction,
  protocol,
  from,
  to,
  cidr,
  cidr6,
  group,
  prefixList,
  description,
}: SecurityRule): JsonObject {
  const peer = direction === 'ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId';
  const list = direction === 'ingress' ? 'SourcePrefixListId' : 'DestinationPrefixListId';
  const ports = { IpProtocol: protocol, FromPort: from, ToPort: to };
  const all = { ...ports, CidrIp: cidr, CidrIpv6: cidr6, [peer]: group, [list]: prefixList, Description: description };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as JsonObject;
}

/** Whether two lists hold the same rules, in any order, numbers written as texts or not. */
function sameRules(a: readonly JsonObject[], b: readonly JsonObject[]): boolean {
  const texts = (rules: readonly JsonObject[]) =>
    rules
      .map((rule) =>
        JSON.stringify(
          Object.entries(rule)
            .map(([k, v]) => [k, String(v)])
            .sort(),
        ),
      )
      .sort()
      .join();
  return texts(a) === texts(b);
}

const ruleHandler = (direction: 'ingress' | 'egress'): Handler => ({
  create(c, p) {
    const rule = addRule(c.region, groupOf(c.region, str(p, 'GroupId')), direction, p, true);
    return { physicalId: rule.id, attributes: { Id: rule.id } };
  },
  update(c, id, p) {
    for (const g of Object.values(c.region.groups))
      for (const r of g.rules) if (r.id === id) r.description = str(p, 'Description');
    return undefined;
  },
  delete(c, id) {
    for (const g of Object.values(c.region.groups)) g.rules = g.rules.filter((r) => r.id !== id);
  },
  read(c, id, p) {
    const rule = Object.values(c.region.groups)
      .flatMap((g) => g.rules)
      .find((r) => r.id === id);
    return rule && { ...p, ...(rule.description === undefined ? {} : { Description: rule.description }) };
  },
});

/** AWS::EC2::SecurityGroupIngress */
export const securityGroupIngress = ruleHandler('ingress');
/** AWS::EC2::SecurityGroupEgress */
export const securityGroupEgress = ruleHandler('egress');
