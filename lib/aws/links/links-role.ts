/** The role that a region has for links with other accounts. */
import type { AwsRegionPlan, LinkPlan } from '../../plan/model';
import { linksRoleName, stackName } from '../../plan/names';
import { accountArn, arn, type Place, stackArn } from '../partition';
import type { TemplateResource } from '../template';

export interface LinksRole {
  /** Planned, because the other account names it. */
  readonly name: string;
  /** Accounts whose link stacks take it on. Sorted. */
  readonly trusts: readonly string[];
  /** Names of the stacks whose outputs they read; `*` stands for any characters. */
  readonly reads: readonly string[];
  /** Whether they ask for VPC peerings that are accepted here. */
  readonly accepts: boolean;
}

/** Undefined where every link of the region stays in its account. */
export function linksRoleOf(estate: string, region: AwsRegionPlan, links: readonly LinkPlan[]): LinksRole | undefined {
  const trusts = new Set<string>();
  let accepts = false;
  for (const link of links) {
    if (link.a.place !== region.name && link.b.place !== region.name) continue;
    const other = link.a.place === region.name ? link.b : link.a;
    if (other.aws === undefined || other.aws.account === region.aws.account) continue;
    trusts.add(other.aws.account);
    accepts ||= link.kind === 'peering' && link.b.place === region.name;
  }
  if (trusts.size === 0) return undefined;
  return {
    name: linksRoleName(estate, region.name),
    trusts: [...trusts].sort(),
    // By pattern: a link more with an account that is trusted already changes nothing here.
    reads: [stackName(region.name, 'network'), stackName(region.name, 'transit'), 'links-*'],
    accepts,
  };
}

/**
 * Reading outputs is what `Fn::GetStackOutput` does with it, accepting what AWS::EC2::VPCPeeringConnection does. Transit peerings are
 * accepted in the own account. Source: CloudFormation Template Reference, "Fn::GetStackOutput" (RoleArn) and
 * "AWS::EC2::VPCPeeringConnection" (PeerRoleArn).
 */
export function linksRole(role: LinksRole, place: Place, permissionsBoundary: string | undefined): TemplateResource {
  const allow = (Sid: string, Action: string, Resource: readonly string[]) => ({ Sid, Effect: 'Allow', Action, Resource });
  const statements = [allow('ReadOutputs', 'cloudformation:DescribeStacks', readArns(role, place))];
  if (role.accepts) statements.push(allow('AcceptPeerings', 'ec2:AcceptVpcPeeringConnection', acceptArns(place)));
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: role.trusts.map((account) => accountArn({ ...place, account }, 'iam', 'root')) },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      ...(permissionsBoundary === undefined ? {} : { PermissionsBoundary: permissionsBoundary }),
      Policies: [{ PolicyDocument: { Version: '2012-10-17', Statement: statements }, PolicyName: 'links' }],
      RoleName: role.name,
    },
  };
}

/** ARNs with a `*` in the role, and why each is no narrower. */
export function linksRolePatterns(role: LinksRole, place: Place): Record<string, string> {
  const read = "outputs of networks and links are ids and no secrets, and the last part of a stack's ARN is new each time";
  const accept = 'the ids of networks and connections are not known when the role is made, before either';
  return {
    ...Object.fromEntries(readArns(role, place).map((pattern) => [pattern, read])),
    ...(role.accepts ? Object.fromEntries(acceptArns(place).map((pattern) => [pattern, accept])) : {}),
  };
}

function readArns({ reads }: LinksRole, place: Place): string[] {
  return reads.map((name) => stackArn(place, name));
}

/** The connection belongs to who asked for it, in a region and account of its own; the VPC that it is accepted for is ours. */
function acceptArns(place: Place): string[] {
  return [arn(place, 'ec2', 'vpc/*'), arn({ ...place, region: '*', account: '*' }, 'ec2', 'vpc-peering-connection/*')];
}
