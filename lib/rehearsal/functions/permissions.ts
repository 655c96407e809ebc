import { isObject, type Json, type JsonObject } from '../json';
import type { Account } from '../world/world';

const list = (v: Json | undefined): Json[] => (v === undefined ? [] : Array.isArray(v) ? v : [v]);

const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split(/([*?])/)
      .map((p) => (p === '*' ? '.*' : p === '?' ? '.' : p.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
    'i',
  ).test(text);

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
