import type { JsonObject } from '../../../engine/json';
import { ROLE_NAME } from '../../../facts/aliyun/names';
import { nameSuffix } from '../../aws/ids';
import { takeFrom } from '../../aws/resources/iam';
import type { Role } from '../../aws/world/records';
import { bool, obj, objs, str, strs } from '../../properties';
import { AliyunError } from '../aliyun-error';
import type { Context, Handler } from './handler';
import { found } from './values';

const roleOf = (c: Context, name: string | undefined): Role => found(c.account.aliyun.roles, name, 'EntityNotExist.Role', 'role');

/** A policy document: at least what RAM itself checks of its form ("Policy structure and syntax"). */
function checkDocument(document: JsonObject | undefined): JsonObject {
  const statements = document && (Array.isArray(document.Statement) ? document.Statement : [document.Statement]);
  if (document?.Version !== '1' || statements?.[0] === undefined)
    throw new AliyunError('MalformedPolicyDocument', 'The policy document needs Version "1" and Statement.');
  for (const s of statements as JsonObject[]) {
    if (s.Effect !== 'Allow' && s.Effect !== 'Deny')
      throw new AliyunError('MalformedPolicyDocument', 'A statement of a policy needs Effect Allow or Deny.');
    if (s.Action === undefined && s.NotAction === undefined)
      throw new AliyunError('MalformedPolicyDocument', 'A statement of a policy needs Action.');
  }
  return document;
}

/** Ids in the account's own policies: `<name>` of type Custom, or `System <name>`, which aren't known by name here. */
function policyKey(c: Context, type: string | undefined, name: string | undefined): string {
  if (type === 'System') return `System ${name}`;
  if (type !== 'Custom') throw new AliyunError('InvalidParameter.PolicyType', `PolicyType ${type} is not System or Custom.`);
  return found(c.account.aliyun.policies, name, 'EntityNotExist.Policy', 'policy').id;
}

/** What a role says in the template of what it may do. */
function own(c: Context, p: JsonObject): { policies: Record<string, JsonObject>; managed: string[] } {
  const attachments = obj(p, 'PolicyAttachments') ?? {};
  return {
    policies: Object.fromEntries(objs(p, 'Policies').map((x) => [String(x.PolicyName), checkDocument(obj(x, 'PolicyDocument'))])),
    managed: [
      ...strs(attachments, 'System').map((n) => policyKey(c, 'System', n)),
      ...strs(attachments, 'Custom').map((n) => policyKey(c, 'Custom', n)),
    ],
  };
}

const attributesOf = (r: Role) => ({ Arn: r.arn, RoleId: r.id, RoleName: r.name });

/** ALIYUN::RAM::Role */
export const role: Handler = {
  create(c, p) {
    const name = str(p, 'RoleName') ?? '';
    if (name.length > ROLE_NAME || !/^[\w.-]+$/.test(name))
      throw new AliyunError('InvalidParameter.RoleName', `The role name ${name} is not valid.`);
    const standing = c.account.aliyun.roles[name];
    if (standing && !bool(p, 'IgnoreExisting'))
      throw new AliyunError('EntityAlreadyExists.Role', `The role already exists: ${name}.`, 409);
    const trust = checkDocument(obj(p, 'AssumeRolePolicyDocument'));
    const made: Role = standing ?? {
      name,
      id: `3${nameSuffix(17).replace(/[A-Z]/g, (x) => String(x.charCodeAt(0) % 10))}`,
      arn: `acs:ram::${c.account.id}:role/${name.toLowerCase()}`,
      trust,
      ...own(c, p),
    };
    c.account.aliyun.roles[name] = made;
    return { physicalId: name, attributes: attributesOf(made) };
  },
  update(c, name, p, before) {
    const r = roleOf(c, name);
    const [old, next] = [own(c, before), own(c, p)];
    // What was attached from elsewhere stays.
    const added = r.managed.filter((m) => !old.managed.includes(m));
    const policies = Object.entries(r.policies).filter(([k]) => !(k in old.policies));
    r.managed = [...new Set([...next.managed, ...added])];
    r.policies = { ...Object.fromEntries(policies), ...next.policies };
    r.trust = checkDocument(obj(p, 'AssumeRolePolicyDocument'));
    return { attributes: attributesOf(r) };
  },
  delete(c, name, p) {
    const r = c.account.aliyun.roles[name];
    const left = r?.managed.filter((m) => !own(c, { ...p, Policies: [] }).managed.includes(m)) ?? [];
    if (left.length > 0 && !bool(p, 'DeletionForce'))
      throw new AliyunError('DeleteConflict.Role.Policy', `The role ${name} has policies attached: ${left.join(', ')}.`, 409);
    const user = Object.values(c.account.regions)
      .flatMap((x) => Object.values(x.aliyun.instances))
      .find((i) => i.role === name);
    if (user) throw new AliyunError('DeleteConflict.Role.Instance', `The role ${name} is used by the instance ${user.id}.`, 409);
    delete c.account.aliyun.roles[name];
  },
  read: (c, name, p) => c.account.aliyun.roles[name] && p,
};

const documentOf = (p: JsonObject): JsonObject => checkDocument(obj(p, 'PolicyDocument') ?? obj(p, 'PolicyDocumentUnchecked'));

/** Attaches a policy to the roles that it names, and takes it from those it named before. */
function attachTo(c: Context, name: string, roles: string[], before: string[]): void {
  for (const r of roles) roleOf(c, r);
  takeFrom(c.account.aliyun.roles, before, name);
  for (const r of roles) roleOf(c, r).managed.push(name);
}

/** ALIYUN::RAM::ManagedPolicy */
export const managedPolicy: Handler = {
  create(c, p) {
    const name = str(p, 'PolicyName') ?? '';
    if (!/^[A-Za-z0-9-]{1,128}$/.test(name))
      throw new AliyunError('InvalidParameter.PolicyName', `The policy name ${name} is not valid: letters, digits and hyphens.`);
    if (c.account.aliyun.policies[name] && !bool(p, 'IgnoreExisting'))
      throw new AliyunError('EntityAlreadyExists.Policy', `The policy already exists: ${name}.`, 409);
    c.account.aliyun.policies[name] = { id: name, type: 'ALIYUN::RAM::ManagedPolicy', properties: documentOf(p) };
    attachTo(c, name, strs(p, 'Roles'), []);
    return { physicalId: name, attributes: { PolicyName: name } };
  },
  update(c, name, p, before) {
    found(c.account.aliyun.policies, name, 'EntityNotExist.Policy', 'policy').properties = documentOf(p);
    attachTo(c, name, strs(p, 'Roles'), strs(before, 'Roles'));
    return undefined;
  },
  delete(c, name, p) {
    attachTo(c, name, [], strs(p, 'Roles'));
    const user = Object.values(c.account.aliyun.roles).find((r) => r.managed.includes(name));
    if (user)
      throw new AliyunError('DeleteConflict.Policy.Role', `The policy ${name} is attached to the role ${user.name}.`, 409);
    delete c.account.aliyun.policies[name];
  },
  read: (c, name, p) => c.account.aliyun.policies[name] && p,
};

/** ALIYUN::RAM::AttachPolicyToRole */
export const attachPolicyToRole: Handler = {
  create(c, p) {
    const r = roleOf(c, str(p, 'RoleName'));
    const key = policyKey(c, str(p, 'PolicyType'), str(p, 'PolicyName'));
    if (r.managed.includes(key))
      throw new AliyunError(
        'EntityAlreadyExists.Role.Policy',
        `The policy ${key} is attached to the role ${r.name} already.`,
        409,
      );
    r.managed.push(key);
    return { physicalId: `${r.name}:${key}` };
  },
  delete(c, id) {
    const [name = '', key = ''] = id.split(':');
    takeFrom(c.account.aliyun.roles, [name], key);
  },
  read(c, id, p) {
    const [name = '', key = ''] = id.split(':');
    return c.account.aliyun.roles[name]?.managed.includes(key) ? p : undefined;
  },
};
