import { activeResources } from './conditions';
import type { Dialect } from './dialect';
import { evaluateProperties, type Scope } from './evaluate';
import { dependencies, inOrder } from './graph';
import { changedKeys, isObject, type Json, type JsonObject, sameJson } from './json';
import { referencesIn } from './references';
import type { ResourceNames, Target } from './scope';
import type { Change, ChangeDetail, Output, Stack, StackResource } from './stack';
import type { TemplateResource } from './template';
import { hasUnknown, unknown, unknownName } from './unknown';

export type { Change };

/** What a change set would do. */
export interface ChangePlan {
  changes: Change[];
  /** Something else than resources changes: outputs or tags. */
  otherwise: boolean;
}

/** Works out what bringing a stack to a template would change, without touching anything. */
export function planChanges(stack: Stack, target: Target, dialect: Dialect): ChangePlan {
  const { template, tags } = target;
  const planned = new Map<string, Change | undefined>();
  const names: ResourceNames = {
    ref: (id) => {
      const old = stack.resources[id];
      const change = planned.get(id);
      return !old?.physicalId || (change && change.replacement !== 'False') ? unknown(id) : old.ref;
    },
    attribute: (id, name) => {
      const old = stack.resources[id];
      const change = planned.get(id);
      const touched =
        change &&
        (change.replacement !== 'False' ||
          dialect.namesItself(change.type) ||
          change.details.some((d) => d.name === name || d.name === name.split('.')[0]));
      return !old?.physicalId || touched || old.attributes[name] === undefined
        ? unknown(`${id}.${name}`)
        : (old.attributes[name] as Json);
    },
  };
  const scope = dialect.scope(stack, target, names, new Set());
  const active = activeResources(template, scope);
  const before = oldResources(stack, dialect);
  const graph = new Map(
    [...dependencies(template)].filter(([id]) => active.has(id)).map(([id, after]) => [id, after.filter((a) => active.has(a))]),
  );
  for (const id of inOrder(graph)) {
    const declared = template.Resources[id] as TemplateResource;
    const old = stack.resources[id];
    planned.set(
      id,
      !old?.physicalId || old.status === 'CREATE_FAILED' || /^DELETE_/.test(old.status)
        ? addition(id, declared, scope)
        : modification(old, declared, before[id], tags, dialect, scope),
    );
  }
  const removed = Object.values(stack.resources).filter((r) => !active.has(r.logicalId));
  const changes = [...[...planned.values()].filter((c): c is Change => c !== undefined), ...removed.map(removal)];
  changes.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
  return { changes, otherwise: !sameOutputs(dialect.outputs(template, scope), stack.outputs) || !sameJson(tags, stack.tags) };
}

const oldResources = (stack: Stack, dialect: Dialect): Record<string, TemplateResource | undefined> => {
  try {
    return stack.template === '' ? {} : dialect.parse(stack.template).Resources;
  } catch {
    return {};
  }
};

const sameOutputs = (a: Output[], b: Output[]): boolean =>
  a.length === b.length &&
  a.every((o) =>
    sameJson(
      o,
      b.find((p) => p.key === o.key),
    ),
  );

const context = (properties: JsonObject): string =>
  JSON.stringify({ Properties: properties }).replace(/\\u0001[^\\]*\\u0001/g, '{{changeSet:KNOWN_AFTER_APPLY}}');

function addition(id: string, declared: TemplateResource, scope: Scope): Change {
  const after = context(evaluateProperties(declared.Properties, scope));
  return { action: 'Add', logicalId: id, type: declared.Type, scope: [], details: [], after };
}

function removal(resource: StackResource): Change {
  const retained = resource.deletionPolicy.startsWith('Retain');
  return {
    action: 'Remove',
    logicalId: resource.logicalId,
    physicalId: resource.physicalId,
    type: resource.type,
    policyAction: retained ? 'Retain' : 'Delete',
    scope: [],
    details: [],
    before: context(resource.properties),
  };
}

function modification(
  old: StackResource,
  declared: TemplateResource,
  oldDeclared: TemplateResource | undefined,
  tags: Record<string, string>,
  dialect: Dialect,
  scope: Scope,
): Change | undefined {
  const after = evaluateProperties(declared.Properties, scope);
  const tagProperty = dialect.tagProperty(old.type);
  const details = changedKeys(old.properties, after).map((name): ChangeDetail => {
    const text = sameJson(oldDeclared?.Properties?.[name], declared.Properties?.[name]);
    const isUnknown = hasUnknown(after[name]);
    const effect = dialect.effect(old.type, name, old.properties[name], after[name]);
    return {
      attribute: 'Properties',
      name,
      recreation: effect === 'replace' ? (isUnknown && text ? 'Conditionally' : 'Always') : 'Never',
      evaluation: isUnknown ? 'Dynamic' : 'Static',
      ...sourceOf(declared.Properties?.[name], text, isUnknown ? unknownName(after[name]) : undefined),
      before: shown(old.properties[name]),
      after: isUnknown ? '{{changeSet:KNOWN_AFTER_APPLY}}' : shown(after[name]),
    };
  });
  const tagsChange = tagProperty !== undefined && !details.some((d) => d.name === tagProperty) && !sameJson(old.stackTags, tags);
  if (tagsChange) details.push({ attribute: 'Tags', recreation: 'Never', evaluation: 'Static', source: 'DirectModification' });
  const other: [string, unknown, unknown][] = [
    ['Metadata', old.metadata, declared.Metadata],
    ['DeletionPolicy', old.deletionPolicy, declared.DeletionPolicy ?? 'Delete'],
    ['UpdateReplacePolicy', old.updateReplacePolicy, declared.UpdateReplacePolicy ?? 'Delete'],
    ['CreationPolicy', oldDeclared?.CreationPolicy, declared.CreationPolicy],
    ['UpdatePolicy', oldDeclared?.UpdatePolicy, declared.UpdatePolicy],
  ];
  for (const [attribute, a, b] of other) {
    if (!sameJson(a ?? null, b ?? null))
      details.push({ attribute, recreation: 'Never', evaluation: 'Static', source: 'DirectModification' });
  }
  if (details.length === 0 && old.status !== 'UPDATE_FAILED') return undefined;
  const replacement = details.some((d) => d.recreation === 'Always' && d.evaluation === 'Static')
    ? 'True'
    : details.some((d) => d.recreation !== 'Never')
      ? 'Conditional'
      : 'False';
  return {
    action: 'Modify',
    logicalId: old.logicalId,
    physicalId: old.physicalId,
    type: old.type,
    replacement,
    policyAction:
      replacement === 'True' ? (old.updateReplacePolicy === 'Retain' ? 'ReplaceAndRetain' : 'ReplaceAndDelete') : undefined,
    scope: [...new Set(details.map((d) => d.attribute))],
    details,
    before: context(old.properties),
    after: context(after),
  };
}

const shown = (v: Json | undefined): string | undefined =>
  v === undefined ? undefined : typeof v === 'object' ? JSON.stringify(v) : String(v);

/** Where a change comes from: the template's text, or something it refers to. */
function sourceOf(
  value: Json | undefined,
  sameText: boolean,
  unknownFrom: string | undefined,
): { source: string; cause?: string } {
  if (!sameText && unknownFrom === undefined) return { source: 'DirectModification' };
  const reference = referencesIn(value)[0];
  const cause = unknownFrom ?? (reference ? [reference.name, reference.attribute].filter(Boolean).join('.') : undefined);
  if (cause?.includes('.')) return { source: 'ResourceAttribute', cause };
  if (cause !== undefined && unknownFrom !== undefined) return { source: 'ResourceReference', cause };
  return cause === undefined
    ? { source: 'DirectModification' }
    : { source: isObject(value) ? 'ParameterReference' : 'DirectModification', cause };
}
