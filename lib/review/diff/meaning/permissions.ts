/** Permissions of roles: statements that are allowed from now on, or no longer. */
import { isObject, type Json, type JsonObject, listOf, objectOf } from '../model/json';
import { type DiffContext, explained, type Resource } from './context';
import type { Meaning } from './meaning';
import { plainId, valueWords } from './references';

/** Properties that say what a role may do, by type: lists of named policies, or one document. */
const POLICIES: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'Policies',
  'AWS::IAM::Policy': 'PolicyDocument',
  'AWS::IAM::ManagedPolicy': 'PolicyDocument',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'ALIYUN::OSS::Bucket': 'Policy',
  'ALIYUN::RAM::Role': 'Policies',
  'ALIYUN::RAM::ManagedPolicy': 'PolicyDocument',
};

export function permissionsThatChange(context: DiffContext): Meaning[] {
  // Of a stack that goes it is said that it goes.
  if (context.change.kind === 'removed') return [];
  return context.resources.flatMap((resource): Meaning[] => {
    const { id, type, before, after } = resource;
    const property = POLICIES[type];
    if (property === undefined) return [];
    const base = { stack: context.change.path, severity: 'access', hosts: [] } as const;
    const [old, now] = [allowed(before), allowed(after)];
    const details = [...grouped('+', now, old), ...grouped('-', old, now)];
    const whole = before === undefined || after === undefined;
    if (whole && type === 'ALIYUN::OSS::Bucket') return [];
    const explains = whole ? (type === 'AWS::KMS::Key' ? [] : [explained(id)]) : [explained(id, property)];
    const found: Meaning[] = [];
    if (details.length > 0) {
      const what = `${plainId(id)} ${direction(details, before, after)}`;
      const kind = kindOf(details);
      // Who stands and may do more is less safe; what comes with a new fleet is what it needs.
      const severity = kind === 'permissions-widened' && before !== undefined ? 'security' : 'access';
      found.push({ ...base, severity, kind, what, details, explains });
    } else if (explains.length > 0 && !whole) {
      // The same statements in another form.
      found.push({ ...base, severity: 'cosmetic', kind: 'permissions-same', what: '', details: [], explains });
    }
    if (!whole && resource.properties.includes('AssumeRolePolicyDocument')) {
      const [who, will] = [principals(before!), principals(after!)];
      const what = `${plainId(id)} may be taken on by ${[...will].join(', ')} (was: ${[...who].join(', ')})`;
      const severity = [...will].some((name) => !who.has(name)) ? 'security' : 'access';
      found.push({
        ...base,
        severity,
        kind: 'trust-changes',
        what,
        details: [],
        explains: [explained(id, 'AssumeRolePolicyDocument')],
      });
    }
    return found;
  });
}

function kindOf(details: readonly string[]): Meaning['kind'] {
  const [widened, narrowed] = [details.some((line) => widens(line)), details.some((line) => !widens(line))];
  if (widened && narrowed) return 'permissions-change';
  return widened ? 'permissions-widened' : 'permissions-narrowed';
}

/** A denial that goes widens. */
function widens(line: string): boolean {
  return line.startsWith('+') !== /^. (?:.* )?may not /.test(line);
}

function direction(details: readonly string[], before: Resource | undefined, after: Resource | undefined): string {
  if (before === undefined) return 'is new, with permissions';
  if (after === undefined) return 'goes, with its permissions';
  const kind = kindOf(details);
  if (kind === 'permissions-change') return 'has other permissions';
  return kind === 'permissions-widened' ? 'may do more' : 'may do less';
}

/** What one statement comes to for one action and resource. */
interface Permission {
  readonly action: string;
  /** All of it, unshortened. */
  readonly key: string;
  /** `may`, `on arn:... if ...`: all but the action. */
  readonly head: string;
  readonly tail: string;
}

/** Those of one side that the other one lacks: actions on the same thing stand in one line. */
function grouped(mark: '+' | '-', own: ReadonlyMap<string, Permission>, other: ReadonlyMap<string, Permission>): string[] {
  const lines = new Map<string, Permission[]>();
  for (const [key, permission] of own) {
    if (other.has(key)) continue;
    const line = `${permission.head} ${permission.tail}`;
    lines.set(line, [...(lines.get(line) ?? []), permission]);
  }
  return [...lines.values()].map((same) => {
    const { head, tail } = same[0]!;
    return `${mark} ${head} ${same.map(({ action }) => action).join(', ')} ${tail}`;
  });
}

/** Statements of the policies that a resource has, whatever its type calls them. */
export function statementsOf({ Type, Properties }: Resource): JsonObject[] {
  const property = POLICIES[Type];
  if (property === undefined) return [];
  const value = Properties[property];
  const documents = property === 'Policies' ? listOf(value).map((policy) => objectOf(policy).PolicyDocument) : [value];
  return documents.flatMap((document) => listOf(objectOf(document).Statement).map(objectOf));
}

function allowed(resource: Resource | undefined): Map<string, Permission> {
  const statements = resource === undefined ? [] : statementsOf(resource);
  return new Map(statements.flatMap(permissionsOf).map((one): [string, Permission] => [one.key, one]));
}

/** One a principal, action and resource: a principal more is one line more, not another statement. */
function permissionsOf(statement: JsonObject): Permission[] {
  const { Effect: effect, Condition: condition, NotAction: notAction, NotResource: notResource } = statement;
  const verb = effect === 'Deny' ? 'may not' : 'may';
  const when = condition === undefined ? '' : ` if ${valueWords(condition)}`;
  const but = (negated: Json | undefined) => (negated === undefined ? '' : 'all but ');
  return whoOf(statement).flatMap(({ key: who, words }) =>
    listOf(statement.Action ?? notAction).flatMap((action) =>
      listOf(statement.Resource ?? notResource ?? '*').map((on) => ({
        key: JSON.stringify([effect, who, condition, notAction === undefined, notResource === undefined, action, on]),
        action: `${but(notAction)}${valueWords(action)}`,
        head: `${words}${verb}`,
        tail: `on ${but(notResource)}${valueWords(on)}${when}`,
      })),
    ),
  );
}

/** Who a statement is about; of a role's own policy it is the role, and nobody is named. */
function whoOf({ Principal: principal, NotPrincipal: but }: JsonObject): { key: string; words: string }[] {
  if (but !== undefined) return [{ key: JSON.stringify(['all but', but]), words: `all but ${principalNames(but).join(', ')} ` }];
  if (principal === undefined) return [{ key: '', words: '' }];
  const pairs = isObject(principal) ? Object.entries(principal) : [['', principal] as const];
  return pairs.flatMap(([kind, names]) =>
    listOf(names).map((name) => ({ key: JSON.stringify([kind, name]), words: `${valueWords(name)} ` })),
  );
}

function principals(resource: Resource): Set<string> {
  const statements = listOf(objectOf(resource.Properties.AssumeRolePolicyDocument).Statement);
  return new Set(statements.flatMap((one) => principalNames(objectOf(one).Principal)));
}

function principalNames(value: Json | undefined): string[] {
  if (!isObject(value)) return value === undefined ? [] : [valueWords(value)];
  return Object.values(value).flatMap((names) => listOf(names).map((name) => valueWords(name)));
}
