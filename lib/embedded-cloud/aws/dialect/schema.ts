import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Property, PropertyType, Resource, SpecDatabase } from '@aws-cdk/service-spec-types';
import { placeFile } from '../../../disk/write-files';

/** A property's type, made small: primitive letters, or one of the shapes. */
export type SpecType =
  | 's'
  | 'i'
  | 'n'
  | 'b'
  | 'j'
  | { list: SpecType }
  | { map: SpecType }
  | { object: string }
  | { any: SpecType[] };

/** A property of a resource type or of one of its nested types. */
export interface SpecProperty {
  type: SpecType;
  required?: true;
}

/** A resource type as the published specification has it. */
export interface SpecResource {
  properties: Record<string, SpecProperty>;
  attributes: string[];
  /** Its tag property, when it has one. */
  tags?: string;
  objects: Record<string, Record<string, SpecProperty>>;
}

/** What is kept of the specification: the types that the embedded cloud has, and the names of all others. */
export interface SpecExtract {
  version: string;
  names: string[];
  resources: Record<string, SpecResource>;
}

/**
 * The published specification, cut down to some types. The whole one takes over a second and 180 MB to load, so the
 * cut is kept beside the package (`node_modules/.cache`), named by the package's version and the types it holds.
 */
export function specExtract(types: readonly string[]): SpecExtract {
  const manifest = require.resolve('@aws-cdk/aws-service-spec/package.json');
  const version = String(JSON.parse(readFileSync(manifest, 'utf8')).version);
  const key = createHash('sha256')
    .update(`2 ${[...types].sort().join(' ')}`)
    .digest('hex')
    .slice(0, 12);
  const modules = dirname(dirname(dirname(manifest)));
  const file = join(modules, '.cache', 'meissa', `service-spec-${version}-${key}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SpecExtract;
  } catch {
    // Not cut yet (or by a process that died): cut it now.
  }
  const extract = cut(types, version);
  try {
    placeFile(file, JSON.stringify(extract));
  } catch {
    // A read-only installation: it works, only slower.
  }
  return extract;
}

function cut(types: readonly string[], version: string): SpecExtract {
  const { loadAwsServiceSpecSync } = require('@aws-cdk/aws-service-spec') as typeof import('@aws-cdk/aws-service-spec');
  const db = loadAwsServiceSpecSync();
  const all = db.all('resource');
  const wanted = new Set(types);
  return {
    version,
    names: all.map((r) => r.cloudFormationType),
    resources: Object.fromEntries(
      all.filter((r) => wanted.has(r.cloudFormationType)).map((r) => [r.cloudFormationType, resource(r, db)]),
    ),
  };
}

function resource(r: Resource, db: SpecDatabase): SpecResource {
  const objects: SpecResource['objects'] = {};
  return {
    properties: properties(r.properties, db, objects),
    attributes: Object.keys(r.attributes),
    tags: r.tagInformation?.tagPropertyName,
    objects,
  };
}

function properties(
  from: Record<string, Property>,
  db: SpecDatabase,
  objects: SpecResource['objects'],
): Record<string, SpecProperty> {
  return Object.fromEntries(
    Object.entries(from).map(([name, p]) => {
      const earlier = (p.previousTypes ?? []).map((t) => small(t, db, objects));
      const type = small(p.type, db, objects);
      const out: SpecProperty = { type: earlier.length > 0 ? { any: [type, ...earlier] } : type };
      if (p.required) out.required = true;
      return [name, out];
    }),
  );
}

function small(t: PropertyType, db: SpecDatabase, objects: SpecResource['objects']): SpecType {
  switch (t.type) {
    case 'integer':
      return 'i';
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    case 'json':
      return 'j';
    case 'array':
      return { list: small(t.element, db, objects) };
    case 'map':
      return { map: small(t.element, db, objects) };
    case 'union':
      return { any: t.types.map((u) => small(u, db, objects)) };
    case 'tag':
      objects['<tag>'] ??= { Key: { type: 's', required: true }, Value: { type: 's', required: true } };
      return { object: '<tag>' };
    case 'ref': {
      const definition = db.get('typeDefinition', t.reference);
      const id = `${definition.name}#${definition.$id}`;
      if (!(id in objects)) {
        objects[id] = {};
        Object.assign(objects[id] as object, properties(definition.properties, db, objects));
      }
      return { object: id };
    }
    default:
      return 's';
  }
}
