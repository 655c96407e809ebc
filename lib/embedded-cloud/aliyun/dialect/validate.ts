import { dependencies, inOrder } from '../../../engine/graph';
import { isObject, type Json } from '../../../engine/json';
import { type Reference, referencesIn } from '../../../engine/references';
import type { Template } from '../../../engine/template';
import { AliyunError } from '../aliyun-error';
import { checkDeclared } from './declared';
import { asRos, invalid, notHere } from './errors';
import { isRosFunction } from './functions';
import { type RosSchema, rosFaults } from './schema';

const pseudo = [
  'ALIYUN::StackId',
  'ALIYUN::StackName',
  'ALIYUN::Region',
  'ALIYUN::AccountId',
  'ALIYUN::TenantId',
  'ALIYUN::NoValue',
];

/** What ROS refuses before it touches anything: unknown types, names and attributes, unknown and missing properties, cycles. */
export function validateRosTemplate(template: Template, schema: RosSchema, handled: (type: string) => boolean): void {
  checkDeclared(template);
  for (const part of [template.Conditions, template.Resources, template.Outputs]) checkFunctions(part as unknown as Json);
  for (const [id, resource] of Object.entries(template.Resources)) {
    const type = schema.resourceTypes[resource.Type];
    if (!type && !handled(resource.Type) && !schema.others.includes(resource.Type))
      throw new AliyunError('ResourceTypeNotFound', `The Resource Type (${resource.Type}) could not be found.`, 404);
    if (!handled(resource.Type)) throw notHere(`The resource type ${resource.Type}`);
    if (resource.Condition !== undefined && !(resource.Condition in template.Conditions))
      throw new AliyunError('InvalidTemplateReference', lost(resource.Condition, `${id}.Condition`));
    for (const named of resource.DependsOn === undefined ? [] : [resource.DependsOn].flat()) {
      if (!(named in template.Resources)) throw new AliyunError('InvalidTemplateReference', lost(named, `${id}.DependsOn`));
      if (named === id) throw new AliyunError('CircularDependency', `Circular Dependency Found: [${id}].`);
    }
    checkNames(template, `${id}.Properties`, resource.Properties, schema);
    const [fault] = type === undefined ? [] : rosFaults(resource.Properties ?? {}, type);
    if (fault !== undefined) throw invalid(`Property error: ${id}.${fault}`);
  }
  checkNames(template, 'Outputs', template.Outputs as unknown as Json, schema);
  asRos(() => inOrder(dependencies(template)));
}

const lost = (name: string, where: string): string => `The specified reference "${name}" (in ${where}) is incorrect.`;

function checkNames(template: Template, where: string, value: Json | undefined, schema: RosSchema): void {
  for (const use of referencesIn(value)) {
    if (!isKnown(use, template)) throw new AliyunError('InvalidTemplateReference', lost(use.name, where));
    if (use.attribute === undefined) continue;
    const attributes = schema.resourceTypes[template.Resources[use.name]?.Type ?? '']?.attributes;
    if (attributes && !attributes.includes(use.attribute.split('.')[0] ?? ''))
      throw new AliyunError('InvalidTemplateAttribute', `The Referenced Attribute (${use.name} ${use.attribute}) is incorrect.`);
  }
}

const isKnown = (use: Reference, template: Template): boolean =>
  use.name in template.Resources ||
  (use.attribute === undefined && (use.name in template.Parameters || pseudo.includes(use.name)));

/** A function that ROS doesn't have is refused before anything is made; one that only isn't here where it is evaluated. */
function checkFunctions(value: Json): void {
  if (Array.isArray(value)) value.forEach(checkFunctions);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      if (key.startsWith('Fn::') && !isRosFunction(key)) throw invalid(`The template function is invalid: ${key}.`);
      checkFunctions(inner);
    }
}
