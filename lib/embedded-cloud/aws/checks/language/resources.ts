import { isObject, type Json, type JsonObject } from '../../../../engine/json';
import type { Template, TemplateResource } from '../../../../engine/template';
import { CREATION_POLICY, SNAPSHOTS, UPDATE_POLICY } from '../../../../facts/aws/template-language';
import { eachFunction, formFaults, functionOf } from './forms';

/** The attributes of a resource beside its properties: each a fault in words, or nothing. */
function attributeFaults(id: string, r: TemplateResource, { Conditions }: Template): string[] {
  const map = (key: 'Properties' | 'Metadata') =>
    r[key] !== undefined && !isObject(r[key]) ? `Template format error: [/Resources/${id}/${key}] must be an object` : '';
  const snapshot = [r.DeletionPolicy, r.UpdateReplacePolicy].includes('Snapshot') && !SNAPSHOTS.has(r.Type);
  const named = r.DependsOn === undefined ? [] : [r.DependsOn].flat();
  return [
    map('Properties'),
    map('Metadata'),
    r.Condition !== undefined && typeof r.Condition !== 'string'
      ? `Template format error: Every Condition member must be a string. (/Resources/${id})`
      : '',
    named.some((n) => typeof n !== 'string')
      ? `Template format error: DependsOn must be a string or list of strings. (/Resources/${id})`
      : '',
    snapshot ? `Template error: resource type ${r.Type} does not support deletion policy Snapshot (${id})` : '',
    r.UpdateReplacePolicy === 'RetainExceptOnCreate'
      ? `Template error: Unrecognized UpdateReplacePolicy RetainExceptOnCreate for resource ${id}`
      : '',
    ...policyFaults(r.CreationPolicy, CREATION_POLICY, `/Resources/${id}/CreationPolicy`),
    ...policyFaults(r.UpdatePolicy, UPDATE_POLICY, `/Resources/${id}/UpdatePolicy`),
    ...conditionNames(id, r.Properties, Conditions),
  ].filter((said) => said !== '');
}

/** What a policy of creation or update holds; its times are asked when it is used. */
function policyFaults(
  policy: JsonObject | undefined,
  known: Readonly<Record<string, readonly string[]>>,
  path: string,
): string[] {
  if (policy === undefined || functionOf(policy) !== undefined) return [];
  if (!isObject(policy)) return [`Template format error: [${path}] must be an object`];
  return Object.entries(policy).flatMap(([part, values]) => {
    const keys =
      known[part] ??
      (part === 'UseOnlineResharding' || part === 'EnableVersionUpgrade' || part === 'StartFleet'
        ? Object.keys(isObject(values) ? values : {})
        : undefined);
    if (keys === undefined) return [`Template error: Invalid policy attribute: ${part} (${path})`];
    return Object.entries(isObject(values) ? values : {}).flatMap(([key, value]) => [
      ...(keys.includes(key) ? [] : [`Template error: Invalid policy attribute: ${part}.${key} (${path})`]),
      ...valueFault(key, value, `${path}/${part}/${key}`),
    ]);
  });
}

function valueFault(key: string, value: Json, path: string): string[] {
  if (typeof value === 'object') return [];
  if (/Percent$/.test(key) && Number(value) > 100) return [`Template error: ${key} is at most 100: ${String(value)} (${path})`];
  return /^(Count|M(in|ax)[A-Z])/.test(key) && !/^\d+$/.test(String(value))
    ? [`Template error: ${key} must be a number: ${String(value)} (${path})`]
    : [];
}

/** Conditions that `Fn::If` names and nobody has. */
function conditionNames(id: string, value: Json | undefined, conditions: Template['Conditions']): string[] {
  const faults: string[] = [];
  eachFunction(value, `/Resources/${id}/Properties`, (name, argument, path) => {
    const asked = name === 'Fn::If' && Array.isArray(argument) ? argument[0] : undefined;
    if (typeof asked === 'string' && !(asked in conditions))
      faults.push(`Template error: unresolved condition dependency ${asked} in Fn::If (${path})`);
  });
  return faults;
}

/** What is wrong with the form of resources, before their types are looked at. */
export const resourceFaults = (template: Template): string[] =>
  Object.entries(template.Resources).flatMap(([id, resource]) => [
    ...attributeFaults(id, resource, template),
    ...formFaults(resource.Properties, `/Resources/${id}/Properties`),
  ]);
