/** Walks the properties of resources beside the schema of their types. */
import type { PropertySchema, RosSchema } from '../schema';
import type { RosTemplate } from '../template';
import { functionOf, isMap } from './check';

/** A literal, and what is known of it. */
export interface Site {
  readonly schema: PropertySchema;
  readonly value: unknown;
  readonly path: string;
  /** Type of the resource. */
  readonly type: string;
}

export function collectSites(template: RosTemplate, schema: RosSchema): Site[] {
  const sites: Site[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    const known = Object.hasOwn(schema.resourceTypes, resource.Type) ? schema.resourceTypes[resource.Type] : undefined;
    if (known === undefined) continue;
    const whole: PropertySchema = { type: 'map', properties: known.properties };
    collect(whole, resource.Properties ?? {}, `Resources.${id}.Properties`, resource.Type, sites);
  }
  return sites;
}

function collect(schema: PropertySchema, value: unknown, path: string, type: string, sites: Site[]): void {
  const called = functionOf(value);
  if (called !== undefined) {
    const argument = (value as Record<string, unknown>)[called];
    // Of a choice both ends must fit; what another function gives is known to ROS alone.
    if (called === 'Fn::If' && Array.isArray(argument)) {
      for (const i of [1, 2]) collect(schema, argument[i], `${path}.Fn::If.${i}`, type, sites);
    }
    return;
  }
  sites.push({ schema, value, path, type });
  if (Array.isArray(value) && schema.items !== undefined) {
    for (let i = 0; i < value.length; i++) collect(schema.items, value[i], `${path}.${i}`, type, sites);
  }
  if (!isMap(value)) return;
  for (const key of Object.keys(value)) {
    const inner =
      schema.properties !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : schema.values;
    if (inner !== undefined) collect(inner, value[key], `${path}.${key}`, type, sites);
  }
}
