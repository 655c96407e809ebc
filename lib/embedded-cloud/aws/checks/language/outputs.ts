import { isObject, type Json, type JsonObject } from '../../../../engine/json';
import { referencesIn } from '../../../../engine/references';
import type { Template } from '../../../../engine/template';
import { DESCRIPTION_BYTES } from '../../../../facts/aws/template-language';
import { eachFunction, formFaults } from './forms';

const KEYS = ['Condition', 'Description', 'Export', 'Value'];

/** What names an export may know before anything is made: it may use no resource of its own stack. */
function nameFaults(name: Json | undefined, { Resources }: Template, path: string): string[] {
  if (name === undefined || Array.isArray(name))
    return [`Template format error: Every Export must have a Name that is a string. (${path})`];
  const used = referencesIn(name)
    .map((r) => r.name)
    .filter((n) => n in Resources);
  return used.map(
    (n) =>
      `Template format error: Output ${path} is malformed. The Name field of every Export member must not depend on any resources, imported values, or Fn::GetAZs. (${n})`,
  );
}

function outputFaults(id: string, o: JsonObject, template: Template): string[] {
  const path = `/Outputs/${id}`;
  const exported = o.Export;
  return [
    ...(/^[A-Za-z0-9]{1,255}$/.test(id) ? [] : [`Template format error: Output name ${id} is non alphanumeric.`]),
    ...Object.keys(o).flatMap((key) =>
      KEYS.includes(key) ? [] : [`Template format error: Invalid output property '${key}' (${path})`],
    ),
    ...(o.Description !== undefined && (typeof o.Description !== 'string' || Buffer.byteLength(o.Description) > DESCRIPTION_BYTES)
      ? [`Template format error: Every Description member must be a string of at most ${DESCRIPTION_BYTES} bytes. (${path})`]
      : []),
    ...(Array.isArray(o.Value)
      ? [`Template format error: The Value field of every Outputs member must evaluate to a String. (${path})`]
      : []),
    ...(o.Condition !== undefined && !(typeof o.Condition === 'string' && o.Condition in template.Conditions)
      ? [
          `Template format error: Unresolved condition dependency ${JSON.stringify(o.Condition)} in the Outputs block of the template`,
        ]
      : []),
    ...(exported === undefined
      ? []
      : isObject(exported)
        ? nameFaults(exported.Name, template, path)
        : [`Template format error: Export must be a map with a Name. (${path})`]),
    ...formFaults(o.Value, `${path}/Value`),
  ];
}

/** What is wrong with the form of outputs. */
export const outputsFaults = (template: Template): string[] =>
  Object.entries(template.Outputs).flatMap(([id, o]) => outputFaults(id, o, template));

/** Imports that only a resource could name. */
export function importFaults({ Resources }: Template): string[] {
  const faults: string[] = [];
  for (const [id, r] of Object.entries(Resources))
    eachFunction(r.Properties, `/Resources/${id}/Properties`, (name, argument, path) => {
      if (name === 'Fn::ImportValue' && referencesIn(argument).some((u) => u.name in Resources))
        faults.push(
          `Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs (${path})`,
        );
    });
  return faults;
}
