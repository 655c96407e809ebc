/** Security groups of a region: one a fleet, and their rules as resources of their own, because groups refer to each other. */
import type { SecurityGroupPlan, SecurityRulePlan } from '../../plan/model';
import { networkOutput } from '../names';
import { exported, getAtt, ruleDescription, type TemplateOutput, type TemplateResource, tagList, type Value } from '../template';

export function securityGroupId(id: string, generation: number): string {
  return `SecurityGroup${id}G${generation}`;
}

/**
 * A group. Its description never changes, since a change replaces the group, and it has no name, for a named one can't be
 * replaced. Outbound is open, inbound is what the rules say.
 */
export function securityGroup(group: SecurityGroupPlan, vpcId: Value): TemplateResource {
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: ruleDescription(group.description),
      SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', Description: 'outbound is open', IpProtocol: '-1' }],
      Tags: tagList({ Name: groupWords(group, '-') }),
      VpcId: vpcId,
    },
  };
}

function groupWords({ cluster, fleet }: SecurityGroupPlan, between: string): string {
  return cluster === undefined ? 'containers' : `${cluster}${between}${fleet}`;
}

export function ingressRule(group: SecurityGroupPlan, rule: SecurityRulePlan, generation: number): TemplateResource {
  return ingress(getAtt(securityGroupId(group.id, generation), 'GroupId'), rule, generation);
}

/**
 * Lets in what a link brings to the region's group for containers; stands with the link's routes.
 *
 * @param groupId the group, by a hand-named output
 */
export function admittedRules(
  groupId: Value,
  rules: readonly SecurityRulePlan[],
  generation: number,
): Record<string, TemplateResource> {
  return Object.fromEntries(rules.map((rule) => [`Ingress${rule.id}G${generation}`, ingress(groupId, rule, generation)]));
}

function ingress(groupId: Value, rule: SecurityRulePlan, generation: number): TemplateResource {
  const { from, protocol } = rule;
  // EC2 ignores ports where all protocols are let in; a template that says some would say more than holds.
  const [fromPort, toPort] = protocol === 'all' ? [{}, {}] : [{ FromPort: rule.fromPort }, { ToPort: rule.toPort }];
  return {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      ...(from.kind === 'cidr' ? { CidrIp: from.cidr } : {}),
      Description: ruleDescription(rule.why),
      ...fromPort,
      GroupId: groupId,
      IpProtocol: protocol === 'all' ? '-1' : protocol,
      ...(from.kind === 'group' ? { SourceSecurityGroupId: getAtt(securityGroupId(from.id, generation), 'GroupId') } : {}),
      ...toPort,
    },
  };
}

export function addSecurityGroups(
  resources: Record<string, TemplateResource>,
  outputs: Record<string, TemplateOutput>,
  groups: readonly SecurityGroupPlan[],
  { vpcId, generation, stackName }: { vpcId: Value; generation: number; stackName: string },
): void {
  for (const group of groups) {
    const id = securityGroupId(group.id, generation);
    resources[id] = securityGroup(group, vpcId);
    const name = networkOutput.securityGroup(group.id, generation);
    outputs[name] = exported(stackName, name, getAtt(id, 'GroupId'), `security group of ${groupWords(group, '/')}`);
  }
  for (const group of groups) {
    for (const rule of group.ingress) {
      resources[`Ingress${group.id}${rule.id}G${generation}`] = ingressRule(group, rule, generation);
    }
  }
}
