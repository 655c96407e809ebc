import type { JsonObject } from '../../../../engine/json';
import { QUOTAS } from '../../../../facts/aws/quotas';
import { canonical } from '../../../ipv4';
import { num, objs, str } from '../../../properties';
import type { Region } from '../../../store/world';
import { AwsError } from '../../aws-error';
import { ec2Id, generatedName } from '../../ids';
import type { SecurityGroup, SecurityRule } from '../../world/network';
import type { Handler } from '../handler';
import { must, tagsOf } from '../values';
import { vpcOf } from './lookup';

/** The group; EC2's refusal where there is none. */
export const groupOf = (region: Region, id: string | undefined): SecurityGroup =>
  must(region.groups, id, 'InvalidGroup.NotFound', `The security group '${id}' does not exist`);

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
  const said = str(p, 'CidrIp');
  const cidr = said === undefined ? undefined : canonical(said);
  if (said !== undefined && cidr === undefined) throw new AwsError('InvalidParameterValue', `CIDR block ${said} is malformed`);
  const peer = direction === 'ingress' ? str(p, 'SourceSecurityGroupId') : str(p, 'DestinationSecurityGroupId');
  if (peer !== undefined) groupOf(region, peer);
  if (protocol !== '-1' && !protocol.startsWith('icmp') && /^(tcp|udp|6|17)$/.test(protocol)) {
    if (from === undefined || to === undefined)
      throw new AwsError(
        'InvalidParameterValue',
        `Invalid value '${protocol}' for IP protocol. Must specify both from and to ports.`,
      );
    if (from > to || from < 0 || to > 65_535)
      throw new AwsError('InvalidParameterValue', `Invalid value '${from}-${to}' for portRange.`);
  }
  const rule: SecurityRule = {
    id: ec2Id('sgr'),
    direction,
    protocol,
    from,
    to,
    cidr,
    group: peer,
    description: str(p, 'Description'),
    ...(own ? { own } : {}),
  };
  const same = (r: SecurityRule) =>
    r.direction === direction && r.protocol === protocol && r.from === from && r.to === to && r.cidr === cidr && r.group === peer;
  if (group.rules.some(same)) {
    throw new AwsError(
      'InvalidPermission.Duplicate',
      `the specified rule "peer: ${peer ?? cidr}, ${protocol.toUpperCase()}, from port: ${from}, to port: ${to}, ALLOW" already exists`,
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
    const key = (r: SecurityRule) => [r.direction, r.protocol, r.from, r.to, r.cidr, r.group].join(' ');
    const inlined = new Set(own.rules.map(key));
    group.rules = was.filter((r) => !inlined.has(key(r)));
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
function ruleProperties({ direction, protocol, from, to, cidr, group, description }: SecurityRule): JsonObject {
  const peer = direction === 'ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId';
  const all = { IpProtocol: protocol, FromPort: from, ToPort: to, CidrIp: cidr, [peer]: group, Description: description };
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
