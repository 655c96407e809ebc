/** Roles that get more than a host needs: managed policies, wildcards, no boundary any more. */
import { isObject, type Json, listOf, objectOf } from '../../model/json';
import { type DiffContext, explained } from '../context';
import type { Meaning } from '../meaning';
import { statementsOf } from '../permissions';
import { plainId, valueWords } from '../references';
import { newly, type SecurityRule, type Standing, standing, weakness } from './weakness';

const ROLES: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'ALIYUN::RAM::Role']);
const ATTACHMENTS: ReadonlySet<string> = new Set(['ALIYUN::RAM::AttachPolicyToRole']);
const POLICIES: ReadonlySet<string> = new Set([
  ...ROLES,
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'ALIYUN::RAM::ManagedPolicy',
]);

/** What is in a managed policy stands in no template: each that is attached is said. */
export const managedPoliciesAreFew: SecurityRule = (context) => [
  ...standing(context, ROLES).flatMap((resource) => {
    const had = new Set(resource.before === undefined ? [] : attached(resource.before.Properties));
    const property = resource.type === 'AWS::IAM::Role' ? 'ManagedPolicyArns' : 'PolicyAttachments';
    return attached(resource.after.Properties)
      .filter((name) => !had.has(name))
      .map((name) => weakness(context, resource, property, 'policy-attached', attachWords(name)));
  }),
  ...standing(context, ATTACHMENTS).map((resource) => {
    const { PolicyName: name, RoleName: role } = resource.after.Properties;
    return {
      ...said(context, resource, 'policy-attached', `role ${valueWords(role, context)} ${attachWords(valueWords(name))}`),
      explains: [explained(resource.id)],
    };
  }),
];

function attached({ ManagedPolicyArns: arns, PolicyAttachments: attachments }: Standing['after']['Properties']): string[] {
  const names: readonly Json[] = [...listOf(arns), ...Object.values(objectOf(attachments)).flatMap(listOf)];
  return names.map((name) => valueWords(name));
}

function attachWords(policy: string): string {
  const all = /(?:^|\/)AdministratorAccess$/.test(policy);
  const much = /(?:^|\/)(?:PowerUserAccess|IAMFullAccess|AliyunRAMFullAccess|.*FullAccess)$/.test(policy);
  return `gets the managed policy ${policy}${all ? ': it may do everything in the account' : much ? ': it may do everything with a service' : ''}`;
}

/** Everything, or everything of a service everywhere. */
export const rightsNameWhatTheyAllow: SecurityRule = (context) =>
  standing(context, POLICIES).flatMap((resource) => {
    const had = new Set(resource.before === undefined ? [] : wildcards(resource.before, context));
    const come = wildcards(resource.after, context).filter((words) => !had.has(words));
    return come.map((words) => said(context, resource, 'rights-by-wildcard', `${plainId(resource.id)} may do ${words}`));
  });

function wildcards(resource: Standing['after'], context: DiffContext): string[] {
  return statementsOf(resource).flatMap((statement) => {
    if (statement.Effect === 'Deny') return [];
    const on = listOf(statement.Resource ?? (statement.NotResource === undefined ? '*' : undefined));
    const everywhere = statement.NotResource !== undefined || on.includes('*');
    const where =
      statement.NotResource !== undefined
        ? `all but ${valueWords(statement.NotResource, context)}`
        : everywhere
          ? 'everything'
          : valueWords(on, context);
    if (statement.NotAction !== undefined) return [`all but ${valueWords(statement.NotAction)} on ${where}`];
    return listOf(statement.Action)
      .map(String)
      .filter((action) => action === '*' || action === '*:*' || (everywhere && /^[\w-]+:\*$/.test(action)))
      .map((action) => `${action} on ${where}`);
  });
}

/** "Permissions boundaries for IAM entities". */
export const boundariesStay: SecurityRule = (context) =>
  standing(context, ROLES).flatMap((resource) => {
    const bounded = resource.before?.Properties.PermissionsBoundary !== undefined;
    if (!bounded || resource.after.Properties.PermissionsBoundary !== undefined) return [];
    return [
      weakness(
        context,
        resource,
        'PermissionsBoundary',
        'boundary-gone',
        'loses its boundary: what its policies allow is no longer cut',
      ),
    ];
  });

/** Policies of buckets, keys and topics that let anybody in. A condition may well keep all but few out: those are told with the permissions. */
const RESOURCE_POLICIES: ReadonlySet<string> = new Set([
  'AWS::S3::BucketPolicy',
  'AWS::KMS::Key',
  'AWS::SNS::TopicPolicy',
  'ALIYUN::OSS::Bucket',
]);

export const policiesNameWhoMay: SecurityRule = (context) =>
  standing(context, RESOURCE_POLICIES).flatMap((resource) => {
    if (!newly(resource, letsAnybodyIn)) return [];
    const words = `${plainId(resource.id)} is open to everybody on the internet: its policy allows every principal, without a condition`;
    return [said(context, resource, 'policy-public', words)];
  });

function letsAnybodyIn(resource: Standing['after']): boolean {
  return statementsOf(resource).some(({ Effect: effect, Principal: principal, Condition: condition, NotPrincipal: but }) => {
    const all = isObject(principal)
      ? Object.values(principal).some((names) => listOf(names).includes('*'))
      : listOf(principal).includes('*');
    return effect !== 'Deny' && condition === undefined && (all || but !== undefined);
  });
}

/** The statements themselves are told with the permissions. */
function said({ change }: DiffContext, _: Standing, kind: Meaning['kind'], what: string): Meaning {
  return { kind, severity: 'security', stack: change.path, what, hosts: [], details: [], explains: [] };
}
