import { parse } from 'yaml';
import { isObject } from '../../../engine/json';
import type { Template } from '../../../engine/template';
import { STACK_RESOURCES, TEMPLATE_BYTES } from '../../../facts/aliyun/limits';
import { AliyunError } from '../aliyun-error';
import { invalid, notHere } from './errors';

const sections = [
  'ROSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
  'Rules',
  'Transform',
  'Locals',
  'Workspace',
];
const attributes = ['Type', 'Properties', 'DependsOn', 'Condition', 'Metadata', 'DeletionPolicy', 'Description', 'Count'];
const unsupported = ['Rules', 'Transform', 'Locals', 'Workspace'];

/** Reads a template body, JSON or YAML, and checks its form. */
export function parseRosTemplate(body: string): Template {
  const bytes = Buffer.byteLength(body);
  if (bytes < 1 || bytes > TEMPLATE_BYTES)
    throw invalid(`The template body has ${bytes} bytes; its length must be 1 to ${TEMPLATE_BYTES} bytes.`);
  const raw = read(body);
  if (!isObject(raw)) throw invalid('The template is not a JSON object or YAML document.');
  const strange = Object.keys(raw).find((k) => !sections.includes(k));
  if (strange) throw new AliyunError('InvalidTemplateSection', `The template section is invalid: ${strange}.`);
  if (raw.ROSTemplateFormatVersion !== '2015-09-01') {
    throw new AliyunError(
      'InvalidTemplateVersion',
      `The template version is invalid: "ROSTemplateFormatVersion: ${String(raw.ROSTemplateFormatVersion)}". "ROSTemplateFormatVersion" should be: 2015-09-01.`,
    );
  }
  const absent = unsupported.find((s) => s in raw);
  if (absent) throw notHere(`The template section ${absent}`);
  for (const section of ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs']) {
    if (raw[section] !== undefined && !isObject(raw[section]))
      throw new AliyunError('InvalidTemplatePropertyType', `The specified value type of (${section}) is incorrect.`);
  }
  const section = (name: string) => (isObject(raw[name]) ? raw[name] : {});
  const template = {
    Description: typeof raw.Description === 'string' ? raw.Description : undefined,
    Parameters: section('Parameters'),
    Rules: {},
    Mappings: section('Mappings'),
    Conditions: section('Conditions'),
    Resources: section('Resources'),
    Outputs: section('Outputs'),
  } as unknown as Template;
  const count = Object.keys(template.Resources).length;
  if (count > STACK_RESOURCES)
    throw new AliyunError('StackResourceLimitExceeded', `Maximum resources per stack exceeded: ${count} of ${STACK_RESOURCES}.`);
  for (const [id, resource] of Object.entries(template.Resources)) checkResource(id, resource);
  for (const [key, output] of Object.entries(template.Outputs)) {
    if (!isObject(output) || output.Value === undefined) throw invalid(`Each Output must contain a Value key: ${key}.`);
  }
  return template;
}

function read(body: string): unknown {
  try {
    return body.trimStart().startsWith('{') ? JSON.parse(body) : parse(body, { maxAliasCount: 0, schema: 'core' });
  } catch (e) {
    throw invalid(`Error parsing template: ${String(e instanceof Error ? e.message : e).split('\n')[0]}`);
  }
}

function checkResource(id: string, resource: unknown): void {
  if (id.includes('/') || id.length > 255 || id === '') throw invalid(`The resource name (${id}) is invalid.`);
  if (!isObject(resource)) throw invalid(`Resources must contain Resource. Found a [${typeof resource}] instead`);
  if (typeof resource.Type !== 'string') throw invalid(`Each Resource must contain a Type key: ${id}.`);
  const strange = Object.keys(resource).find((k) => !attributes.includes(k));
  if (strange) throw invalid(`The resource ${id} has the unknown key "${strange}".`);
  if (resource.Count !== undefined) throw notHere(`Count (of the resource ${id})`);
  const policy = resource.DeletionPolicy;
  if (policy !== undefined && policy !== 'Delete' && policy !== 'Retain')
    throw invalid(`Invalid DeletionPolicy ${JSON.stringify(policy)} of the resource ${id}: Delete or Retain.`);
}
