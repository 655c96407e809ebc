import { isObject, type Json, type JsonObject } from '../../engine/json';
import { wildcard } from '../../engine/wildcard';
import { type Account, accountOf, type World } from '../store/world';
import { AwsError } from './aws-error';
import type { Role } from './world/records';

const list = (v: Json | undefined): Json[] => (v === undefined ? [] : Array.isArray(v) ? v : [v]);

const matches = (pattern: string, text: string): boolean => wildcard(pattern, true, 'i').test(text);

/** Whether a statement speaks of an action on a resource; its conditions are taken to hold. */
const covers = (s: JsonObject, action: string, resource: string): boolean =>
  list(s.Action).some((a) => matches(String(a), action)) && list(s.Resource).some((r) => matches(String(r), resource));

/**
 * Whether a role may do something: some statement allows it, and none denies it.
 *
 * @param resource ARN; `*` for an action that has no resources of its own, which only a statement on `*` allows
 */
export function mayDo(account: Account, roleArn: string, action: string, resource: string): boolean {
  const role = Object.values(account.roles).find((r) => r.arn === roleArn);
  if (!role) return false;
  const managed = role.managed.flatMap((arn) => list(account.policies[arn]?.properties.PolicyDocument));
  const documents = [...Object.values(role.policies), ...managed].filter(isObject);
  const statements = documents.flatMap((d) => list(d.Statement)).filter(isObject);
  const said = statements.filter((s) => covers(s, action, resource));
  return said.some((s) => s.Effect === 'Allow') && !said.some((s) => s.Effect === 'Deny');
}

/** Whether a role's trust names an account, whole or one of its own. */
const trusts = (role: Role, account: string): boolean =>
  list(role.trust.Statement)
    .filter(isObject)
    .filter((s) => s.Effect === 'Allow' && isObject(s.Principal))
    .flatMap((s) => list((s.Principal as JsonObject).AWS))
    .some((p) => p === '*' || p === account || new RegExp(`^arn:[^:]+:iam::${account}:`).test(String(p)));

/**
 * What CloudFormation does with a role of another account: takes it on, and does one thing with it.
 *
 * @param from the account whose stack names the role
 * @throws AwsError when the role isn't there, doesn't trust that account, or doesn't allow the action
 */
export function actAs(world: World, from: string, roleArn: string, action: string, resource: string): void {
  const refused = (what: string, on: string) =>
    new AwsError(
      'AccessDenied',
      `User: arn:${world.partition}:iam::${from}:root is not authorized to perform: ${what} on resource: ${on}`,
      403,
    );
  const account = accountOf(world, /:iam::(\d{12}):/.exec(roleArn)?.[1] ?? '');
  const role = Object.values(account.roles).find((r) => r.arn === roleArn);
  if (!role || !trusts(role, from)) throw refused('sts:AssumeRole', roleArn);
  if (!mayDo(account, roleArn, action, resource)) throw refused(action, resource);
}
