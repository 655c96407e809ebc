import { parse } from 'yaml';
import { isObject } from '../../../engine/json';
import type { Template } from '../../../engine/template';
import { DESCRIPTION_BYTES } from '../../../facts/aws/template-language';
import { validationError } from '../aws-error';
import { isCustom } from '../resources/custom';
import { shortForms } from './short-forms';

const sections = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
  'Hooks',
];
const attributes = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'CreationPolicy',
  'UpdatePolicy',
];

/** Sections that are maps of names. */
const MAPS = ['Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions', 'Outputs'];

/** "AWS CloudFormation quotas": how many entries a section may have. */
const limits: Record<string, number> = { Resources: 500, Outputs: 200, Mappings: 200, Parameters: 200 };

/** Body sent inline, bytes ("AWS CloudFormation quotas"). */
export const INLINE_LIMIT = 51_200;
/** Body read from S3, bytes ("AWS CloudFormation quotas"). */
export const URL_LIMIT = 1_000_000;

/** Reads a template body, JSON or YAML, and checks its form as CloudFormation does before anything else. */
export function parseTemplate(body: string): Template {
  const raw = read(body);
  if (!isObject(raw)) throw validationError('Template format error: unsupported structure.');
  if (raw.Transform !== undefined) throw validationError('Transforms are not in the embedded cloud');
  const unknown = Object.keys(raw).filter((k) => !sections.includes(k));
  if (unknown.length > 0) throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  if (!isObject(raw.Resources) || Object.keys(raw.Resources).length === 0) {
    throw validationError('Template format error: At least one Resources member must be defined.');
  }
  for (const section of MAPS) {
    if (raw[section] !== undefined && !isObject(raw[section]))
      throw validationError(`Template format error: [/${section}] must be an object`);
  }
  if (raw.AWSTemplateFormatVersion !== undefined && raw.AWSTemplateFormatVersion !== '2010-09-09')
    throw validationError(`Template format error: unsupported value for AWSTemplateFormatVersion.`);
  if (
    raw.Description !== undefined &&
    (typeof raw.Description !== 'string' || Buffer.byteLength(raw.Description) > DESCRIPTION_BYTES)
  )
    throw validationError(`Template format error: Description must be a string of at most ${DESCRIPTION_BYTES} bytes.`);
  for (const [section, limit] of Object.entries(limits)) {
    const count = isObject(raw[section]) ? Object.keys(raw[section]).length : 0;
    if (count > limit) {
      throw validationError(
        `Template format error: Number of ${section.toLowerCase()}, ${count}, is greater than maximum allowed, ${limit}`,
      );
    }
  }
  const template = {
    Description: typeof raw.Description === 'string' ? raw.Description : undefined,
    ...(Object.fromEntries(
      ['Parameters', 'Rules', 'Mappings', 'Conditions', 'Resources', 'Outputs'].map((s) => [s, isObject(raw[s]) ? raw[s] : {}]),
    ) as unknown as Omit<Template, 'Description'>),
  };
  for (const [id, resource] of Object.entries(template.Resources)) checkResource(id, resource);
  for (const [key, output] of Object.entries(template.Outputs)) {
    if (!isObject(output) || output.Value === undefined) {
      throw validationError(`Template format error: Output ${key} is malformed. The Value attribute is required.`);
    }
  }
  return template;
}

function read(body: string): unknown {
  try {
    if (body.trimStart().startsWith('{')) return JSON.parse(body);
    return parse(body, {
      version: '1.1',
      maxAliasCount: 0,
      customTags: (tags) => [...tags.filter((t) => t !== 'timestamp' && !isTimestamp(t)), ...shortForms],
    });
  } catch (e) {
    throw validationError(
      `Template format error: ${body.trimStart().startsWith('{') ? 'JSON' : 'YAML'} not well-formed. (${firstLine(e)})`,
    );
  }
}

const isTimestamp = (tag: unknown): boolean => isTagged(tag) && tag.tag === 'tag:yaml.org,2002:timestamp';
const isTagged = (tag: unknown): tag is { tag: string } => typeof tag === 'object' && tag !== null && 'tag' in tag;
const firstLine = (e: unknown): string => String(e instanceof Error ? e.message : e).split('\n')[0] ?? '';

function checkResource(id: string, resource: unknown): void {
  if (!/^[A-Za-z0-9]{1,255}$/.test(id)) {
    throw validationError(`Template format error: Resource name ${id} is non alphanumeric.`);
  }
  if (!isObject(resource) || typeof resource.Type !== 'string') {
    throw validationError(`Template format error: Every Resources object must contain a Type member.`);
  }
  const unknown = Object.keys(resource).find(
    (k) => !attributes.includes(k) && !(k === 'Version' && isCustom(String(resource.Type))),
  );
  if (unknown) throw validationError(`Invalid template resource property '${unknown}'`);
  for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    const value = resource[policy];
    if (value !== undefined && !['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate'].includes(String(value))) {
      throw validationError(
        typeof value === 'string'
          ? `Template error: Unrecognized ${policy} ${value} for resource ${id}`
          : `Template format error: Every ${policy} member must be a string. (${id})`,
      );
    }
  }
}
