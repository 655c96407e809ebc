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
  'ALIYUN::RAM::Role': 'Policies',
  'ALIYUN::RAM::ManagedPolicy': 'PolicyDocument',
};

export function permissionsThatChange(context: DiffContext): Meaning[] {
  return context.resources.flatMap((resource): Meaning[] => {
    const { id, type, before, after } = resource;
    const property = POLICIES[type];
    if (property === undefined) return [];
    const base = { stack: context.change.path, severity: 'access', hosts: [] } as const;
    const [old, now] = [allowed(before, property), allowed(after, property)];
    const details = [
      ...[...now].filter((one) => !old.has(one)).map((one) => `+ ${one}`),
      ...[...old].filter((one) => !now.has(one)).map((one) => `- ${one}`),
    ];
    const whole = before === undefined || after === undefined;
    const explains = whole ? (type === 'AWS::KMS::Key' ? [] : [explained(id)]) : [explained(id, property)];
    const found: Meaning[] = [];
    if (details.length > 0) {
      const what = `${plainId(id)} ${direction(details, before, after)}`;
      found.push({ ...base, kind: kindOf(details), what, details, explains });
    } else if (explains.length > 0 && !whole) {
      // The same statements in another form.
      found.push({ ...base, severity: 'cosmetic', kind: 'permissions-same', what: '', details: [], explains });
    }
    if (!whole && resource.properties.includes('AssumeRolePolicyDocument')) {
      const who = [...principals(before!)].join(', ');
      const will = [...principals(after!)].join(', ');
      const what = `${plainId(id)} may be taken on by ${will} (was: ${who})`;
      found.push({ ...base, kind: 'trust-changes', what, details: [], explains: [explained(id, 'AssumeRolePolicyDocument')] });
    }
    return found;
  });
}

function kindOf(details: readonly string[]): string {
  const [widened, narrowed] = [details.some((line) => widens(line)), details.some((line) => !widens(line))];
  if (widened && narrowed) return 'permissions-change';
  return widened ? 'permissions-widened' : 'permissions-narrowed';
}

/** A denial that goes widens. */
function widens(line: string): boolean {
  return line.startsWith('+') !== line.includes(' may not ');
}

function direction(details: readonly string[], before: Resource | undefined, after: Resource | undefined): string {
  if (before === undefined) return 'is new, with permissions';
  if (after === undefined) return 'goes, with its permissions';
  const kind = kindOf(details);
  if (kind === 'permissions-change') return 'has other permissions';
  return kind === 'permissions-widened' ? 'may do more' : 'may do less';
}

/** One line an action and resource: `may s3:GetObject on arn:...`. */
function allowed(resource: Resource | undefined, property: string): Set<string> {
  const value = resource?.Properties[property];
  const documents = property === 'Policies' ? listOf(value).map((policy) => objectOf(policy).PolicyDocument) : [value];
  return new Set(documents.flatMap((document) => listOf(objectOf(document).Statement).flatMap((one) => lines(objectOf(one)))));
}

function lines(statement: JsonObject): string[] {
  const verb = statement.Effect === 'Deny' ? 'may not' : 'may';
  const whom = isObject(statement.Principal) ? `${principalNames(statement.Principal).join(', ')} ` : '';
  const condition = statement.Condition === undefined ? '' : ` if ${valueWords(statement.Condition)}`;
  return listOf(statement.Action).flatMap((action) =>
    listOf(statement.Resource ?? '*').map((on) => `${whom}${verb} ${valueWords(action)} on ${valueWords(on)}${condition}`),
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
