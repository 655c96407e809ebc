import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type Json, type JsonObject } from '../../../engine/json';

/** A property of a ROS resource type, with what is nested in it. */
export interface RosProperty {
  type: 'string' | 'number' | 'integer' | 'boolean' | 'list' | 'map' | 'any';
  required?: boolean;
  items?: RosProperty;
  /** Of a map with known names. */
  properties?: Record<string, RosProperty>;
  /** Of a map with free names. */
  values?: RosProperty;
  allowed?: Json[];
  min?: number;
  max?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

/** A ROS resource type. */
export interface RosType {
  properties: Record<string, RosProperty>;
  attributes: string[];
}

/** The schema of resource types. */
export interface RosSchema {
  resourceTypes: Record<string, RosType>;
  /** Names of the types that ROS has beside these. */
  others: string[];
}

let known: RosSchema | undefined;

/** The schema of the types that the toolkit emits: `schemas/ros-resources.json`, found from the sources as from the bundle. */
export function rosSchema(): RosSchema {
  if (known) return known;
  let folder = __dirname;
  for (;;) {
    try {
      known = JSON.parse(readFileSync(join(folder, 'schemas', 'ros-resources.json'), 'utf8')) as RosSchema;
      return known;
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e;
    }
    const above = join(folder, '..');
    if (above === folder) throw new Error('schemas/ros-resources.json is not beside this program; install the package again');
    folder = above;
  }
}

/**
 * What is wrong with a resource's properties, in the words of ROS's check. Where a function stands, as in a template, its value is not known
 * yet: nothing is said of it.
 */
export function rosFaults(properties: JsonObject, type: RosType): string[] {
  const faults: string[] = [];
  checkMap(properties, type.properties, 'Properties', faults);
  return faults;
}

function checkMap(value: JsonObject, declared: Record<string, RosProperty>, path: string, faults: string[]): void {
  if (isFunction(value)) return;
  for (const name of Object.keys(value)) if (!declared[name]) faults.push(`${path}: Unknown Property ${name}`);
  for (const [name, property] of Object.entries(declared)) {
    const inner = value[name];
    if (inner === undefined || inner === null) {
      if (property.required) faults.push(`${path}: Property ${name} not assigned`);
    } else check(inner, property, `${path}.${name}`, faults);
  }
}

const isFunction = (value: Json): boolean =>
  isObject(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));

function check(value: Json, property: RosProperty, path: string, faults: string[]): void {
  const { type } = property;
  if (type === 'any' || isFunction(value)) return;
  if (type === 'list') {
    if (!Array.isArray(value)) faults.push(`${path}: ${JSON.stringify(value)} is not a list`);
    else {
      length(value.length, property, path, faults);
      if (property.items) for (const [i, v] of value.entries()) check(v, property.items, `${path}[${i}]`, faults);
    }
    return;
  }
  if (type === 'map') {
    if (!isObject(value)) faults.push(`${path}: ${JSON.stringify(value)} is not a map`);
    else if (property.properties) checkMap(value, property.properties, path, faults);
    else if (property.values) for (const [k, v] of Object.entries(value)) check(v, property.values, `${path}.${k}`, faults);
    return;
  }
  if (typeof value === 'object') {
    faults.push(`${path}: Value must be a ${type}`);
    return;
  }
  scalar(value as string | number | boolean, property, path, faults);
}

function scalar(value: string | number | boolean, property: RosProperty, path: string, faults: string[]): void {
  const text = String(value);
  if (property.type === 'boolean' && !/^(true|false)$/i.test(text)) faults.push(`${path}: "${text}" is not a boolean`);
  if (property.type === 'integer' && !/^-?\d+$/.test(text)) faults.push(`${path}: Value '${text}' is not an integer`);
  if (property.type === 'number' && (text === '' || !Number.isFinite(Number(text))))
    faults.push(`${path}: Value '${text}' is not a number`);
  if (property.allowed && !property.allowed.map(String).includes(text))
    faults.push(`${path}: "${text}" is not an allowed value ${JSON.stringify(property.allowed)}`);
  if (property.min !== undefined && Number(text) < property.min) faults.push(range(path, text, property));
  else if (property.max !== undefined && Number(text) > property.max) faults.push(range(path, text, property));
  if (property.type === 'string') length(text.length, property, path, faults);
  if (property.pattern && !compiled(property.pattern).test(text))
    faults.push(`${path}: "${text}" does not match pattern "${property.pattern}"`);
}

const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern) ?? new RegExp(pattern);
  patterns.set(pattern, known);
  return known;
}

const range = (path: string, text: string, p: RosProperty): string =>
  `${path}: ${text} is out of range (min: ${p.min ?? 'None'}, max: ${p.max ?? 'None'})`;

function length(n: number, p: RosProperty, path: string, faults: string[]): void {
  if ((p.minLength !== undefined && n < p.minLength) || (p.maxLength !== undefined && n > p.maxLength))
    faults.push(`${path}: length (${n}) is out of range (min: ${p.minLength ?? 'None'}, max: ${p.maxLength ?? 'None'})`);
}
