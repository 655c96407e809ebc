import { isObject, type Json, type JsonObject } from '../../../engine/json';
import type { SpecProperty, SpecResource, SpecType } from './schema';

/** What is wrong with a resource's properties, in the words of CloudFormation's own schema check. */
export function propertyFaults(properties: JsonObject, resource: SpecResource): string[] {
  const faults: string[] = [];
  checkObject(properties, resource.properties, resource, '#', faults);
  return faults;
}

function checkObject(
  value: JsonObject,
  declared: Record<string, SpecProperty>,
  resource: SpecResource,
  path: string,
  faults: string[],
): void {
  for (const [name, property] of Object.entries(declared)) {
    if (property.required && value[name] === undefined) faults.push(`${path}: required key [${name}] not found`);
  }
  for (const [name, inner] of Object.entries(value)) {
    const property = declared[name];
    if (!property) faults.push(`${path}: extraneous key [${name}] is not permitted`);
    else checkValue(inner, property.type, resource, `${path}/${name}`, faults);
  }
}

const found = (v: Json): string =>
  Array.isArray(v)
    ? 'JSONArray'
    : isObject(v)
      ? 'JSONObject'
      : typeof v === 'string'
        ? 'String'
        : typeof v === 'boolean'
          ? 'Boolean'
          : 'Number';

function checkValue(value: Json, type: SpecType, resource: SpecResource, path: string, faults: string[]): void {
  const wrong = (expected: string) => faults.push(`${path}: expected type: ${expected}, found: ${found(value)}`);
  if (typeof type === 'string') {
    const expected = primitive(type, value);
    if (expected) wrong(expected);
  } else if ('list' in type) {
    if (!Array.isArray(value)) wrong('JSONArray');
    else for (const [i, v] of value.entries()) checkValue(v, type.list, resource, `${path}/${i}`, faults);
  } else if ('map' in type) {
    if (!isObject(value)) wrong('JSONObject');
    else for (const [k, v] of Object.entries(value)) checkValue(v, type.map, resource, `${path}/${k}`, faults);
  } else if ('object' in type) {
    if (!isObject(value)) wrong('JSONObject');
    else checkObject(value, resource.objects[type.object] ?? {}, resource, path, faults);
  } else {
    // One of several: the value is right when one of them takes it; the first one's faults explain it otherwise.
    const tries = type.any.map((t) => {
      const own: string[] = [];
      checkValue(value, t, resource, path, own);
      return own;
    });
    if (tries.every((t) => t.length > 0)) faults.push(...(tries[0] ?? []));
  }
}

/** CloudFormation converts between texts, numbers and booleans where the text allows it. */
function primitive(type: 's' | 'i' | 'n' | 'b' | 'j', value: Json): string | undefined {
  if (type === 'j') return typeof value === 'object' || typeof value === 'string' ? undefined : 'JSONObject';
  if (typeof value === 'object') return { s: 'String', i: 'Integer', n: 'Number', b: 'Boolean' }[type];
  if (type === 'i') return /^-?\d+$/.test(String(value)) ? undefined : 'Integer';
  if (type === 'n') return Number.isFinite(Number(value)) && value !== '' && typeof value !== 'boolean' ? undefined : 'Number';
  if (type === 'b') return /^(true|false)$/i.test(String(value)) ? undefined : 'Boolean';
  return undefined;
}
