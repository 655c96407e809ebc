import { conditionsOf } from './conditions';
import type { Dialect } from './dialect';
import { refused } from './engine-error';
import type { Scope } from './evaluate';
import type { Json } from './json';
import type { Stack } from './stack';
import type { Template } from './template';

/** What a template is evaluated for. */
export interface Target {
  template: Template;
  body: string;
  parameters: Record<string, string>;
  resolved: Record<string, string>;
  tags: Record<string, string>;
  /** Whether what can't be changed in place may be replaced; default true. */
  replacements?: boolean;
}

/** How a scope answers for the stack's own resources. */
export interface ResourceNames {
  ref(logicalId: string): Json;
  attribute(logicalId: string, name: string): Json;
}

/** Where a target's template gets its values from: the stack's own names, and what its language has beside them. */
export function scopeFor(
  { template }: Target,
  names: ResourceNames,
  own: Pick<Scope, 'language' | 'region' | 'parameters' | 'pseudo'>,
): Scope {
  const ask = conditionsOf(template.Conditions, () => scope);
  const scope: Scope = { ...own, ...names, mappings: template.Mappings, condition: ask };
  return scope;
}

/** Names of a stack's resources as they stand now. */
export function stackNames(stack: Pick<Stack, 'id' | 'resources'>, dialect: Dialect): ResourceNames {
  const find = (logicalId: string) => {
    const resource = stack.resources[logicalId];
    if (!resource?.physicalId) {
      throw refused(
        `Template format error: Unresolved resource dependencies [${logicalId}] in the Resources block of the template`,
      );
    }
    return resource;
  };
  return {
    ref: (logicalId) => find(logicalId).ref,
    attribute: (logicalId, name) => {
      const resource = find(logicalId);
      const value = resource.attributes[name];
      if (value === undefined) throw dialect.noAttribute(stack, resource, name);
      return value;
    },
  };
}
