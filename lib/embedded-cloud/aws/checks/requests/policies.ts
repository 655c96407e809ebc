import { isObject, type Json, type JsonObject } from '../../../../engine/json';
import {
  CONDITION_OPERATOR,
  DOCUMENT_KEYS,
  POLICY_ACTION,
  POLICY_RESOURCE,
  POLICY_SIZE,
  POLICY_VERSIONS,
  PRINCIPALS,
  STATEMENT_KEYS,
  STATEMENT_NAME,
  TRUST_ACTION,
} from '../../../../facts/aws/policy-grammar';
import { IAM_PATH } from '../../../../facts/aws/requests';
import { givenOf, maps, members, type PropertyCheck, type Said, text, twice, unless } from '../given';

/** Whom a document belongs to: it decides whether principals and resources are named in it. */
type Kind = 'identity' | 'trust' | 'resource' | 'repository';

const PRINCIPAL = ['Principal', 'NotPrincipal'];
const RESOURCE = ['Resource', 'NotResource'];

/** What the grammar refuses of a document, with its path. */
export function documentFaults(document: Json | undefined, kind: Kind, path: string): Said[] {
  const read = typeof document === 'string' ? parsed(document) : document;
  if (read === undefined || typeof read === 'string')
    return [read === undefined && document !== undefined && `${path}: Syntax errors in policy.`];
  if (!isObject(read)) return [`${path}: Syntax errors in policy.`];
  const statements = members(read.Statement);
  const names = maps(read.Statement).flatMap((s) => (typeof s.Sid === 'string' && s.Sid !== '' ? [s.Sid] : []));
  return [
    ...Object.keys(read).map((key) => !DOCUMENT_KEYS.includes(key) && `${path}: Syntax errors in policy: ${key}`),
    read.Version !== undefined &&
      !POLICY_VERSIONS.includes(read.Version) &&
      `${path}.Version: The policy must contain a valid version string`,
    statements.length === 0 && `${path}.Statement: Syntax errors in policy: it has no statement`,
    ...twice(names).map((name) => `${path}.Statement: Statement IDs (SID) in a single policy must be unique: ${name}`),
    ...statements.flatMap((s, i) =>
      isObject(s) ? statementFaults(s, kind, `${path}.Statement.${i}`) : [`${path}.Statement.${i}: Syntax errors in policy.`],
    ),
  ];
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function statementFaults(s: JsonObject, kind: Kind, path: string): Said[] {
  const one = (keys: readonly string[]) => givenOf(s, keys).length === 1;
  const none = (keys: readonly string[]) => givenOf(s, keys).length === 0;
  const named = kind === 'identity' ? none(PRINCIPAL) : one(PRINCIPAL);
  const on = kind === 'trust' ? none(RESOURCE) : kind === 'repository' ? givenOf(s, RESOURCE).length < 2 : one(RESOURCE);
  const ofIam = kind === 'identity' || kind === 'trust';
  return [
    ...Object.keys(s).map((key) => !STATEMENT_KEYS.includes(key) && `${path}: Syntax errors in policy: ${key}`),
    s.Effect !== 'Allow' && s.Effect !== 'Deny' && `${path}.Effect: Policy statement must contain an Effect of Allow or Deny`,
    ofIam && typeof s.Sid === 'string' && !STATEMENT_NAME.test(s.Sid) && `${path}.Sid: Statement IDs (SID) must be alpha-numeric`,
    ...['Action', 'NotAction', 'Resource', 'NotResource', ...PRINCIPAL].map(
      (key) => isEmpty(s[key]) && `${path}.${key}: Syntax errors in policy: it is empty`,
    ),
    !one(['Action', 'NotAction']) && `${path}: Policy statement must contain one of Action and NotAction`,
    !named &&
      `${path}: ${kind === 'identity' ? 'Policy document should not specify a principal' : 'it must contain one of Principal and NotPrincipal'}`,
    !on &&
      `${path}: ${kind === 'trust' ? 'Has prohibited field Resource' : 'Policy statement must contain one of Resource and NotResource'}`,
    ...each(s, ['Action', 'NotAction'], path, (a) =>
      !POLICY_ACTION.test(a)
        ? `Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: ${a}`
        : kind === 'trust' && !TRUST_ACTION.test(a) && 'AssumeRole policy may only specify STS AssumeRole actions.',
    ),
    ...each(s, RESOURCE, path, (r) => !POLICY_RESOURCE.test(r) && `Resource ${r} must be in ARN format or "*".`),
    ...PRINCIPAL.flatMap((key) => principalFaults(s[key], `${path}.${key}`)),
    ...conditionFaults(s.Condition, `${path}.Condition`),
  ];
}

/** A list or a map with nothing in it. */
const isEmpty = (value: Json | undefined): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Says something of every text of an element that holds one or a list of them. */
const each = (s: JsonObject, keys: readonly string[], path: string, say: (text: string) => Said): Said[] =>
  keys.flatMap((key) =>
    members(s[key]).map((value) => {
      const said = typeof value === 'string' ? say(value) : 'Syntax errors in policy: a text is wanted';
      return said && `${path}.${key}: ${said}`;
    }),
  );

function principalFaults(principal: Json | undefined, path: string): Said[] {
  if (principal === undefined || principal === '*') return [];
  if (!isObject(principal)) return [`${path}: Invalid principal in policy: ${String(principal)}`];
  return Object.entries(principal).flatMap(([kind, who]) => {
    const form = PRINCIPALS[kind];
    if (form === undefined) return [`${path}: Invalid principal in policy: ${kind}`];
    return members(who).map((w) => !form.test(String(w)) && `${path}.${kind}: Invalid principal in policy: ${String(w)}`);
  });
}

function conditionFaults(condition: Json | undefined, path: string): Said[] {
  if (condition === undefined) return [];
  if (!isObject(condition)) return [`${path}: Syntax errors in policy: a map of operators is wanted`];
  return Object.entries(condition).flatMap(([operator, keys]) => [
    !CONDITION_OPERATOR.test(operator) && `${path}: Invalid Condition type : ${operator}.`,
    !isObject(keys) && `${path}.${operator}: Syntax errors in policy: a map of keys is wanted`,
    ...Object.keys(isObject(keys) ? keys : {}).map(
      (key) =>
        !key.includes(':') &&
        `${path}.${operator}: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: ${key}`,
    ),
  ]);
}

const length = (value: Json | undefined): number => JSON.stringify(value ?? '').replaceAll(/\s/g, '').length;

const tooLong = (path: string, size: number, most: number): Said =>
  size > most && `${path}: Cannot exceed quota for PolicySize: ${most}`;

/** Types with documents, and what is refused of each. */
export const policyChecks: Readonly<Record<string, PropertyCheck>> = {
  'AWS::IAM::Role': (p) => [
    unless(IAM_PATH, text(p, 'Path'), (path) => `Path: ${path} must begin and end with /`),
    ...twice(maps(p.Policies).flatMap((x) => text(x, 'PolicyName') ?? [])).map((name) => `Policies: two of one name: ${name}`),
    ...documentFaults(p.AssumeRolePolicyDocument, 'trust', 'AssumeRolePolicyDocument'),
    ...maps(p.Policies).flatMap((x, i) => documentFaults(x.PolicyDocument, 'identity', `Policies.${i}.PolicyDocument`)),
    tooLong(
      'Policies',
      maps(p.Policies).reduce((sum, x) => sum + length(x.PolicyDocument), 0),
      POLICY_SIZE.inline,
    ),
  ],
  'AWS::IAM::Policy': (p) => documentFaults(p.PolicyDocument, 'identity', 'PolicyDocument'),
  'AWS::IAM::ManagedPolicy': (p) => [
    ...documentFaults(p.PolicyDocument, 'identity', 'PolicyDocument'),
    tooLong('PolicyDocument', length(p.PolicyDocument), POLICY_SIZE.managed),
  ],
  'AWS::S3::BucketPolicy': (p) => documentFaults(p.PolicyDocument, 'resource', 'PolicyDocument'),
  'AWS::SNS::TopicPolicy': (p) => documentFaults(p.PolicyDocument, 'resource', 'PolicyDocument'),
  'AWS::KMS::Key': (p) => documentFaults(p.KeyPolicy, 'resource', 'KeyPolicy'),
  'AWS::EC2::VPCEndpoint': (p) => documentFaults(p.PolicyDocument, 'resource', 'PolicyDocument'),
  'AWS::ECR::Repository': (p) => documentFaults(p.RepositoryPolicyText, 'repository', 'RepositoryPolicyText'),
};
