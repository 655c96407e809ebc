import { dependencies, inOrder } from '../../../engine/graph';
import type { Json } from '../../../engine/json';
import { type Reference, referencesIn } from '../../../engine/references';
import type { Template } from '../../../engine/template';
import { AwsError, validationError } from '../aws-error';
import { languageFaults } from '../checks/language';
import { refuse } from '../checks/refuse';
import { handlerOf } from '../resources';
import { isCustom } from '../resources/custom';
import type { SpecExtract } from './schema';

/** Types without a schema of their own. */
const SCHEMALESS = new Set(['AWS::CDK::Metadata']);

/** What CloudFormation refuses before it touches anything: unknown types, names and attributes, cycles. */
export function validateTemplate(template: Template, spec: SpecExtract): void {
  const types = [...new Set(Object.values(template.Resources).map((r) => r.Type))];
  const unrecognized = types.filter((t) => !handlerOf(t) && !spec.names.includes(t) && !SCHEMALESS.has(t));
  if (unrecognized.length > 0)
    throw validationError(`Template format error: Unrecognized resource types: [${unrecognized.join(', ')}]`);
  const absent = types.filter((t) => !handlerOf(t));
  if (absent.length > 0) throw validationError(`Not in the embedded cloud: [${absent.join(', ')}]`);
  refuse(languageFaults(template));
  checkNames(template, 'Resources', template.Resources as unknown as Json, spec);
  checkNames(template, 'Outputs', template.Outputs as unknown as Json, spec);
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (resource.Condition !== undefined && !(resource.Condition in template.Conditions)) {
      throw validationError(
        `Template format error: Unresolved condition dependency ${resource.Condition} in the Resources block of the template`,
      );
    }
    const named = resource.DependsOn === undefined ? [] : [resource.DependsOn].flat();
    const lost = named.filter((n) => !(n in template.Resources));
    if (lost.length > 0) throw unresolved(lost, 'Resources');
    if (named.includes(id)) throw validationError(`Circular dependency between resources: [${id}]`);
  }
  inOrder(dependencies(template));
}

const unresolved = (names: string[], section: string): AwsError =>
  validationError(
    `Template format error: Unresolved resource dependencies [${[...new Set(names)].join(', ')}] in the ${section} block of the template`,
  );

function checkNames(template: Template, section: string, value: Json, spec: SpecExtract): void {
  const uses = referencesIn(value);
  const lost = uses.filter((u) => !isKnown(u, template)).map((u) => u.name);
  if (lost.length > 0) throw unresolved(lost, section);
  for (const use of uses) {
    if (use.attribute === undefined) continue;
    const type = template.Resources[use.name]?.Type ?? '';
    const known = isCustom(type) ? undefined : spec.resources[type]?.attributes;
    if (known && !known.includes(use.attribute)) {
      throw validationError(
        `Template error: resource ${use.name} does not support attribute type ${use.attribute} in Fn::GetAtt`,
      );
    }
  }
}

const isKnown = (use: Reference, template: Template): boolean =>
  use.name in template.Resources ||
  (use.attribute === undefined && (use.name in template.Parameters || use.name.startsWith('AWS::')));

const iamTypes = [
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::User',
  'AWS::IAM::Group',
];
const nameKeys = ['RoleName', 'ManagedPolicyName', 'InstanceProfileName', 'UserName', 'GroupName'];

/** IAM resources must be acknowledged, named ones by the stronger capability ("Acknowledging IAM resources"). */
export function checkCapabilities(template: Template, given: string[]): void {
  const iam = Object.values(template.Resources).filter((r) => iamTypes.includes(r.Type));
  if (iam.length === 0 || given.includes('CAPABILITY_NAMED_IAM')) return;
  const named = iam.some((r) => nameKeys.some((k) => r.Properties?.[k] !== undefined));
  if (!named && given.includes('CAPABILITY_IAM')) return;
  throw new AwsError(
    'InsufficientCapabilitiesException',
    `Requires capabilities : [${named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'}]`,
  );
}
