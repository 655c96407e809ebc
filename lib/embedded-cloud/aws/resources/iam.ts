import type { Json, JsonObject } from '../../../engine/json';
import { NAMES } from '../../../facts/aws/names';
import { objs, str, strs } from '../../properties';
import { AwsError } from '../aws-error';
import { generatedName, nameSuffix } from '../ids';
import type { Role } from '../world/records';
import type { Context, Handler } from './handler';
import { must } from './values';

const iamArn = (c: Context, kind: string, path: string, name: string) =>
  `arn:${c.partition}:iam::${c.account.id}:${kind}${path}${name}`;

const roleOf = (c: Context, name: string | undefined): Role =>
  must(c.account.roles, name, 'NoSuchEntity', `The role with name ${name} cannot be found.`);

/** A document, which may be written as a text of JSON (checks/requests/policies refuses any other). */
const documentOf = (given: Json | undefined): JsonObject =>
  (typeof given === 'string' ? (JSON.parse(given) as JsonObject) : (given as JsonObject | undefined)) ?? {};

/** Own managed policies must exist; AWS's aren't known by name here. */
function checkManaged(c: Context, arns: string[]): string[] {
  for (const a of arns) {
    if (!/^arn:[^:]+:iam::(aws|\d{12}):policy\/.+$/.test(a)) throw new AwsError('InvalidInput', `ARN ${a} is not valid.`);
    if (!a.includes(':iam::aws:'))
      must(c.account.policies, a, 'NoSuchEntity', `Policy ${a} does not exist or is not attachable.`);
  }
  return arns;
}

/** AWS::IAM::Role */
export const role: Handler = {
  create(c, p) {
    const name = str(p, 'RoleName') ?? generatedName(c.stackName, c.logicalId, NAMES['AWS::IAM::Role RoleName'].most);
    if (c.account.roles[name]) throw new AwsError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
    const made: Role = {
      name,
      id: `AROA${nameSuffix(17)}`,
      arn: iamArn(c, 'role', str(p, 'Path') ?? '/', name),
      policies: Object.fromEntries(objs(p, 'Policies').map((x) => [String(x.PolicyName), documentOf(x.PolicyDocument)])),
      managed: checkManaged(c, strs(p, 'ManagedPolicyArns')),
      trust: documentOf(p.AssumeRolePolicyDocument),
    };
    c.account.roles[name] = made;
    return { physicalId: name, attributes: { Arn: made.arn, RoleId: made.id } };
  },
  update(c, name, p, before) {
    const found = roleOf(c, name);
    const gone = objs(before, 'Policies').map((x) => String(x.PolicyName));
    for (const g of gone) delete found.policies[g];
    for (const x of objs(p, 'Policies')) found.policies[String(x.PolicyName)] = documentOf(x.PolicyDocument);
    Object.assign(found, {
      managed: checkManaged(c, strs(p, 'ManagedPolicyArns')),
      trust: documentOf(p.AssumeRolePolicyDocument),
    });
    return undefined;
  },
  delete(c, name) {
    const user = Object.values(c.account.profiles).find((x) => x.roles.includes(name));
    if (user) throw new AwsError('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.', 409);
    delete c.account.roles[name];
  },
  read: (c, name, p) => c.account.roles[name] && p,
};

/** AWS::IAM::Policy: an inline policy of some roles. */
export const policy: Handler = {
  create(c, p) {
    const name = str(p, 'PolicyName') ?? '';
    if (strs(p, 'Roles').length + strs(p, 'Users').length + strs(p, 'Groups').length === 0) {
      throw new AwsError('ValidationError', 'At least one of [Groups,Roles,Users] must be non-empty.');
    }
    const document = documentOf(p.PolicyDocument);
    for (const r of strs(p, 'Roles')) roleOf(c, r).policies[name] = document;
    return { physicalId: generatedName(c.stackName.slice(0, 5), c.logicalId.slice(0, 4), 20), attributes: { Id: name } };
  },
  update(c, _id, p, before) {
    for (const r of strs(before, 'Roles')) delete c.account.roles[r]?.policies[String(before.PolicyName)];
    for (const r of strs(p, 'Roles')) roleOf(c, r).policies[String(p.PolicyName)] = documentOf(p.PolicyDocument);
    return undefined;
  },
  delete(c, _id, p) {
    for (const r of strs(p, 'Roles')) delete c.account.roles[r]?.policies[String(p.PolicyName)];
  },
  read: (c, _id, p) => (strs(p, 'Roles').every((r) => c.account.roles[r]?.policies[String(p.PolicyName)]) ? p : undefined),
};

/** Takes a managed policy from roles; one that is gone has none. */
export function takeFrom(all: Record<string, Role>, names: string[], policy: string): void {
  for (const r of names.flatMap((n) => all[n] ?? [])) r.managed = r.managed.filter((m) => m !== policy);
}

function keepManaged(c: Context, id: string, p: JsonObject, before: string[]): void {
  takeFrom(c.account.roles, before, id);
  for (const r of strs(p, 'Roles')) roleOf(c, r).managed.push(id);
  c.account.policies[id] = { id, type: 'AWS::IAM::ManagedPolicy', properties: p };
}

/** AWS::IAM::ManagedPolicy */
export const managedPolicy: Handler = {
  create(c, p) {
    const name =
      str(p, 'ManagedPolicyName') ??
      generatedName(c.stackName, c.logicalId, NAMES['AWS::IAM::ManagedPolicy ManagedPolicyName'].most);
    const id = iamArn(c, 'policy', str(p, 'Path') ?? '/', name);
    if (c.account.policies[id])
      throw new AwsError('EntityAlreadyExists', `A policy called ${name} already exists. Duplicate names are not allowed.`, 409);
    keepManaged(c, id, p, []);
    return { physicalId: id, attributes: { PolicyArn: id } };
  },
  update(c, id, p, before) {
    keepManaged(c, id, p, strs(before, 'Roles'));
    return undefined;
  },
  delete(c, id, p) {
    takeFrom(c.account.roles, strs(p, 'Roles'), id);
    delete c.account.policies[id];
  },
  read: (c, id, p) => c.account.policies[id] && p,
};

/** AWS::IAM::InstanceProfile */
export const instanceProfile: Handler = {
  create(c, p) {
    const name =
      str(p, 'InstanceProfileName') ??
      generatedName(c.stackName, c.logicalId, NAMES['AWS::IAM::InstanceProfile InstanceProfileName'].most);
    if (c.account.profiles[name]) throw new AwsError('EntityAlreadyExists', `Instance Profile ${name} already exists.`, 409);
    const roles = strs(p, 'Roles');
    if (roles.length > 1)
      throw new AwsError('LimitExceeded', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1', 409);
    for (const r of roles) roleOf(c, r);
    const own = iamArn(c, 'instance-profile', str(p, 'Path') ?? '/', name);
    c.account.profiles[name] = { name, arn: own, roles };
    return { physicalId: name, attributes: { Arn: own } };
  },
  update(c, name, p) {
    for (const r of strs(p, 'Roles')) roleOf(c, r);
    must(c.account.profiles, name, 'NoSuchEntity', `Instance Profile ${name} cannot be found.`).roles = strs(p, 'Roles');
    return undefined;
  },
  delete(c, name) {
    delete c.account.profiles[name];
  },
  read: (c, name, p) => c.account.profiles[name] && p,
};
