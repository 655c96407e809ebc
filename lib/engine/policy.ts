import { refused } from './engine-error';
import { isObject, type Json, type JsonObject } from './json';
import { wildcard } from './wildcard';

const listOf = (v: Json | undefined): Json[] => (v === undefined ? [] : Array.isArray(v) ? v : [v]);
const matches = (pattern: string, text: string): boolean => wildcard(pattern).test(text);

/** Largest stack policy, in both clouds ("SetStackPolicy": StackPolicyBody). */
const MOST_BYTES = 16_384;

/** Checks a stack policy's form. */
export function parsePolicy(body: string): JsonObject {
  if (Buffer.byteLength(body) > MOST_BYTES) throw refused(`Stack policy may not exceed ${MOST_BYTES} bytes in size.`);
  try {
    const policy = JSON.parse(body);
    if (isObject(policy) && listOf(policy.Statement).every(isObject)) return policy;
  } catch {
    // Said below.
  }
  throw refused('Error validating stack policy: Invalid stack policy');
}

/**
 * Why a stack policy stops an action on a resource. With a policy everything is denied that it doesn't allow, and a
 * `Deny` wins ("Prevent updates to stack resources").
 */
export function policyFault(
  policy: string | undefined,
  action: 'Update:Modify' | 'Update:Replace' | 'Update:Delete',
  logicalId: string,
  type: string,
): string | undefined {
  if (!policy) return undefined;
  const statements = listOf(parsePolicy(policy).Statement).filter(isObject);
  const hits = (s: JsonObject): boolean => {
    const acts = listOf(s.Action).map(String);
    const notActs = listOf(s.NotAction).map(String);
    const res = listOf(s.Resource).map(String);
    const notRes = listOf(s.NotResource).map(String);
    const types = typesOf(s);
    const id = `LogicalResourceId/${logicalId}`;
    return (
      (acts.length > 0 ? acts.some((a) => matches(a, action)) : !notActs.some((a) => matches(a, action))) &&
      (res.length > 0 ? res.some((r) => matches(r, id)) : !notRes.some((r) => matches(r, id))) &&
      (!types || types.some((t) => matches(t, type)))
    );
  };
  const denied = statements.findIndex((s) => s.Effect === 'Deny' && hits(s));
  if (denied >= 0)
    return `Action denied by stack policy: Statement [#${denied + 1}] denies [${action}] for resource [LogicalResourceId/${logicalId}]`;
  if (statements.some((s) => s.Effect === 'Allow' && hits(s))) return undefined;
  return `Action denied by stack policy: no statement allows [${action}] for resource [LogicalResourceId/${logicalId}]`;
}

function typesOf(statement: JsonObject): string[] | undefined {
  for (const operator of ['StringEquals', 'StringLike']) {
    const condition = isObject(statement.Condition) ? statement.Condition[operator] : undefined;
    if (isObject(condition) && condition.ResourceType !== undefined) return listOf(condition.ResourceType).map(String);
  }
  return undefined;
}
