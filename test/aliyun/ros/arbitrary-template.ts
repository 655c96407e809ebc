/** Templates that are right by the schema, for property tests. */
import * as fc from 'fast-check';
import type { PropertySchema, RosResourceJson, RosSchema, RosTemplate } from '../../../lib/aliyun/ros';

/** Any resource of any type, with what the type requires and some of the rest. */
export function resourceOf(schema: RosSchema): fc.Arbitrary<RosResourceJson> {
  return fc
    .constantFrom(...Object.keys(schema.resourceTypes).sort())
    .chain((type) => mapOf(schema.resourceTypes[type]!.properties).map((Properties) => ({ Type: type, Properties })));
}

/** A few resources; later ones depend on earlier ones. */
export function templateOf(schema: RosSchema): fc.Arbitrary<RosTemplate> {
  return fc.array(resourceOf(schema), { minLength: 1, maxLength: 5 }).map((resources) => ({
    ROSTemplateFormatVersion: '2015-09-01',
    Resources: Object.fromEntries(
      resources.map((resource, i) => [`R${i}`, i === 0 ? resource : { ...resource, DependsOn: [`R${i - 1}`] }]),
    ),
  }));
}

function mapOf(properties: Readonly<Record<string, PropertySchema>>): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(properties);
  const required = entries.filter(([, { required }]) => required === true).map(([name]) => name);
  const optional = entries
    .filter(([, { required, pattern }]) => required !== true && pattern?.includes('(?!') !== true)
    .map(([name]) => name);
  return fc
    .subarray(optional, { maxLength: Math.min(3, optional.length) })
    .chain((some) =>
      fc.record(
        Object.fromEntries(
          [...required, ...some].map((name) => [
            name,
            fc.oneof({ weight: 4, arbitrary: literalOf(properties[name]!) }, intrinsic),
          ]),
        ),
      ),
    );
}

const intrinsic = fc.constantFrom({ Ref: 'ALIYUN::StackName' }, { 'Fn::Join': ['', ['a', { Ref: 'ALIYUN::Region' }]] });

function literalOf(schema: PropertySchema): fc.Arbitrary<unknown> {
  if (schema.allowed !== undefined) return fc.constantFrom(...schema.allowed);
  const length = {
    minLength: schema.minLength ?? 0,
    maxLength: Math.max(schema.minLength ?? 0, Math.min(schema.maxLength ?? 4, 4)),
  };
  const range = { min: schema.min ?? 0, max: schema.max ?? Math.max(1000, schema.min ?? 0) };
  // Nothing is made of a pattern that looks ahead; of these only optional properties have one.
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  switch (schema.type) {
    case 'string':
      return fc.string({ unit: fc.constantFrom(...'abc019-.'), ...length });
    case 'number':
    case 'integer':
      return fc.integer(range);
    case 'boolean':
      return fc.boolean();
    case 'list':
      return fc.array(schema.items === undefined ? fc.string() : literalOf(schema.items), length);
    case 'map':
      if (schema.properties !== undefined) return mapOf(schema.properties);
      return fc.dictionary(fc.constantFrom('a', 'b'), schema.values === undefined ? fc.string() : literalOf(schema.values));
    case 'any':
      return fc.oneof(fc.string(), fc.integer(), fc.boolean());
  }
}
