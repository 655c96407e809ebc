/** Stack policies: what an update may not do to resources that hold data. */
import type { MemberPlan, MembersFleetPlan } from '../plan/model';
import { memberId } from './names';

/** Types of a member that an update may neither replace nor delete. */
const PROTECTED = ['AWS::EC2::Instance', 'AWS::EC2::NetworkInterface', 'AWS::EC2::Volume'];

/** Types of the base stack that hold data or the key to it. */
const PROTECTED_BASE = ['AWS::KMS::Key', 'AWS::S3::Bucket'];

/** What of a fleet stands in one stack. */
type MembersStack = Pick<MembersFleetPlan, 'members' | 'retired' | 'volumes'>;

/**
 * Policy of a stack with members. The instance of a member that is marked absent may go: that is the first half of
 * `meissa replace`, and so may the volume that `--disk` names. So may all of a member whose number was written into `removed`; its volumes
 * are kept by their own DeletionPolicy.
 *
 * CloudFormation takes a stack policy by `SetStackPolicy` only, not by template, and the CDK CLI has no option for it. It is
 * written to `stack-policies/<stack>.json` beside the templates; `meissa deploy` sets it, or
 * `aws cloudformation set-stack-policy --stack-name <stack> --stack-policy-body file://stack-policies/<stack>.json`.
 */
export function membersStackPolicy({ members, retired = [], volumes }: MembersStack): object {
  const leaving = members.filter((m) => m.absent).flatMap((m) => [memberId.instance(m.number, m.generation), ...volumesLeft(m)]);
  const gone = retired.flatMap(({ number, generation }) => [
    memberId.instance(number, generation),
    memberId.interface(number),
    ...volumes.map(({ name }) => memberId.volume(number, name)),
  ]);
  return policy(
    PROTECTED,
    [...leaving, ...gone].map((id) => `LogicalResourceId/${id}`),
  );
}

/** Those that a volume which was made for the next instance stands in the place of: they leave the stack, and CloudFormation keeps them. */
function volumesLeft({ number, generation, volumeGenerations = {} }: MemberPlan): string[] {
  return Object.entries(volumeGenerations)
    .filter(([, made]) => made > generation)
    .flatMap(([volume, made]) => [
      memberId.volume(number, volume),
      ...Array.from({ length: made - 2 }, (_, at) => memberId.volume(number, volume, at + 2)),
    ]);
}

/** Policy of the base stack: bucket and key stay. */
export function baseStackPolicy(): object {
  return policy(PROTECTED_BASE, []);
}

function policy(types: readonly string[], except: readonly string[]): object {
  return {
    Statement: [
      { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Action: ['Update:Replace', 'Update:Delete'],
        Principal: '*',
        ...(except.length === 0 ? { Resource: '*' } : { NotResource: except }),
        Condition: { StringEquals: { ResourceType: types } },
      },
    ],
  };
}
