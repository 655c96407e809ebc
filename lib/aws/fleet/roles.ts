/** Roles of hosts: least privilege, from what their profiles need. */
import type { RoleNeeds } from '../../plan/model';
import { HEARTBEAT } from '../../plan/names';
import { arn, globalArn, type Place, scalingGroupArn, secretsArn, servicePrincipal, stackArn } from '../partition';
import type { TemplateResource } from '../template';

export function roleId(fleetId: string): string {
  return `Role${fleetId}`;
}

/**
 * A host's role. No name: a named role can't be replaced, and nobody needs to know it. Reading artifacts takes no KMS
 * permission (the bucket uses S3's own keys), and EBS asks KMS in the name of who attaches the volume, never the host's.
 */
export function hostRole(
  needs: RoleNeeds,
  place: Place,
  bucket: string,
  permissionsBoundary: string | undefined,
): TemplateResource {
  const statements = roleStatements(needs, place, bucket);
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: servicePrincipal('ec2') }, Action: 'sts:AssumeRole' }],
      },
      ...(permissionsBoundary === undefined ? {} : { PermissionsBoundary: permissionsBoundary }),
      ...(statements.length === 0
        ? {}
        : { Policies: [{ PolicyDocument: { Version: '2012-10-17', Statement: statements }, PolicyName: 'host' }] }),
    },
  };
}

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function roleStatements(needs: RoleNeeds, place: Place, bucket: string): Statement[] {
  const statements: Statement[] = [];
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]) => {
    if (Resource.length > 0) statements.push({ Sid, Effect: 'Allow', Action, Resource });
  };
  allow(
    'ReadArtifacts',
    ['s3:GetObject'],
    needs.artifactDigests.map((digest) => globalArn(place, 's3', `${bucket}/${digest}`)),
  );
  allow(
    'SignalOwnStacks',
    ['cloudformation:SignalResource'],
    needs.signalStacks.map((name) => stackArn(place, name)),
  );
  if (needs.formedMarker !== undefined) {
    const { name, write } = needs.formedMarker;
    allow('FormedMarker', ['ssm:GetParameter', ...(write ? ['ssm:PutParameter'] : [])], [arn(place, 'ssm', `parameter${name}`)]);
  }
  // Encrypted with the key that AWS manages for Parameter Store: its policy lets every principal of the account use it through SSM, so no
  // statement of KMS is needed. Source: AWS Systems Manager User Guide, "AWS KMS encryption for Parameter Store SecureString parameters".
  allow(
    'ReadSecrets',
    ['ssm:GetParameter'],
    (needs.secrets ?? []).map((prefix) => secretsArn(place, prefix)),
  );
  if (needs.drains !== undefined) {
    const actions = ['autoscaling:CompleteLifecycleAction', 'autoscaling:RecordLifecycleActionHeartbeat'];
    allow('DrainHost', actions, [scalingGroupArn(place, needs.drains)]);
  }
  // Its own report alone: of a request by a host's role the variable is the ARN of that instance. Source: AWS IAM User Guide, "IAM policy
  // elements: Variables and tags" (ec2:SourceInstanceARN).
  allow('OwnReport', ['s3:PutObject'], [globalArn(place, 's3', `${bucket}/${needs.reports}\${ec2:SourceInstanceARN}`)]);
  // CloudWatch knows no resource of it; a namespace it does. Source: Amazon CloudWatch User Guide, "Using condition keys to limit access to
  // CloudWatch namespaces".
  if (needs.heartbeat === true)
    statements.push({
      ...{ Sid: 'Heartbeat', Effect: 'Allow', Action: ['cloudwatch:PutMetricData'], Resource: ['*'] },
      Condition: { StringEquals: { 'cloudwatch:namespace': HEARTBEAT.namespace } },
    });
  return statements;
}
