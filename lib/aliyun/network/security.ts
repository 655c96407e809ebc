/** Security groups of a region: one a fleet, and their rules as resources of their own, because groups refer to each other. */
import type { SecurityGroupPlan, SecurityRulePlan } from '../../plan/model';
import { networkOutput } from '../../plan/output-names';
import { securityGroupId } from '../names';
import { output, type StackParts } from '../parts';
import { type Intrinsic, type RosResourceJson, ref, resource } from '../ros';
import { tagList } from '../tags';

/** Every rule has the first priority: all of them let in, and what no rule lets in is refused ("Security group rules"). */
const PRIORITY = 1;

/** Groups and rules into the network stack. */
export function addSecurityGroups(parts: StackParts, groups: readonly SecurityGroupPlan[], vpcId: Intrinsic): void {
  const { resources, outputs, generation, stackName } = parts;
  for (const group of groups) {
    const id = securityGroupId(group.id, generation);
    const words = group.cluster === undefined ? 'containers' : `${group.cluster}-${group.fleet}`;
    resources[id] = resource('ALIYUN::ECS::SecurityGroup', {
      Description: group.description,
      SecurityGroupEgress: [
        {
          DestCidrIp: '0.0.0.0/0',
          Description: 'outbound is open',
          IpProtocol: 'all',
          NicType: 'intranet',
          Policy: 'accept',
          PortRange: '-1/-1',
          Priority: PRIORITY,
        },
      ],
      SecurityGroupName: `${stackName}-${words}`,
      Tags: tagList({ Name: words }),
      VpcId: vpcId,
    });
    outputs[networkOutput.securityGroup(group.id, generation)] = output(ref(id), `security group of ${words}`);
  }
  for (const group of groups) {
    for (const rule of group.ingress) {
      resources[`Ingress${group.id}${rule.id}G${generation}`] = ingress(ref(securityGroupId(group.id, generation)), rule, (id) =>
        ref(securityGroupId(id, generation)),
      );
    }
  }
}

/**
 * Lets in what a link brings to the region's group for containers; stands with the link's routes.
 *
 * @param groupId the group, an output of the network stack
 */
export function admittedRules(
  groupId: Intrinsic,
  rules: readonly SecurityRulePlan[],
  generation: number,
): Record<string, RosResourceJson> {
  const foreign = (id: string): never => {
    throw new RangeError(`a link's rule lets in the group ${id}: links let in by address only`);
  };
  return Object.fromEntries(rules.map((rule) => [`Ingress${rule.id}G${generation}`, ingress(groupId, rule, foreign)]));
}

/** In a VPC rules are those of the internal network card. Source: ECS, "AuthorizeSecurityGroup" (NicType: intranet in a VPC; PortRange: -1/-1 for all). */
function ingress(groupId: Intrinsic, rule: SecurityRulePlan, group: (id: string) => Intrinsic): RosResourceJson {
  const { from, protocol } = rule;
  return resource('ALIYUN::ECS::SecurityGroupIngress', {
    Description: rule.why.slice(0, DESCRIPTION),
    IpProtocol: protocol,
    NicType: 'intranet',
    Policy: 'accept',
    PortRange: protocol === 'all' ? '-1/-1' : `${rule.fromPort}/${rule.toPort}`,
    Priority: PRIORITY,
    SecurityGroupId: groupId,
    ...(from.kind === 'cidr' ? { SourceCidrIp: from.cidr } : { SourceGroupId: group(from.id) }),
  });
}

/** Characters of a rule's description ("AuthorizeSecurityGroup": Description). */
const DESCRIPTION = 512;
