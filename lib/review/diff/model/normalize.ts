/** What stands in a template and says nothing about the cloud: it would be noise in a diff. */
import { definedKeys, isObject, type Json, type JsonObject } from './json';

/** Written by the CDK CLI into what it deploys, depending on its options. */
const CDK_METADATA = /^aws:(?:cdk|asset):/;

/** Without CDK's own metadata, its analytics resource, and sections that are empty; keys in order, so that theirs says nothing. */
export function normalized(template: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(template).flatMap(([section, entries]): [string, Json][] => {
      if (entries === undefined) return [];
      if (!isObject(entries)) return [[section, inOrder(entries)]];
      const kept = section === 'Resources' ? withoutMetadata(entries) : entries;
      return Object.keys(kept).length === 0 ? [] : [[section, inOrder(kept)]];
    }),
  );
}

function withoutMetadata(resources: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(resources).flatMap(([id, resource]): [string, Json | undefined][] => {
      if (!isObject(resource)) return [[id, resource]];
      if (resource.Type === 'AWS::CDK::Metadata') return [];
      if (!isObject(resource.Metadata)) return [[id, resource]];
      const { Metadata: metadata, ...rest } = resource;
      const kept = Object.entries(metadata as JsonObject).filter(([key]) => !CDK_METADATA.test(key));
      return [[id, kept.length === 0 ? rest : { ...rest, Metadata: Object.fromEntries(kept) }]];
    }),
  );
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  return Object.fromEntries(definedKeys(value).map((key) => [key, inOrder(value[key]!)]));
}
