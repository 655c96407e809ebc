import { refused } from './engine-error';
import type { Json } from './json';
import { referencesIn } from './references';
import type { Template } from './template';

/** Which resources each resource must come after: what it refers to and what `DependsOn` names. */
export function dependencies(template: Template): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const [id, resource] of Object.entries(template.Resources)) {
    const named =
      resource.DependsOn === undefined ? [] : Array.isArray(resource.DependsOn) ? resource.DependsOn : [resource.DependsOn];
    const used = [resource.Properties, resource.CreationPolicy, resource.UpdatePolicy]
      .flatMap((part) => referencesIn(part as Json | undefined))
      .map((r) => r.name)
      .filter((name) => name in template.Resources);
    graph.set(
      id,
      [...new Set([...named, ...used])].filter((name) => name !== id || used.includes(id)),
    );
  }
  return graph;
}

/** The resources in an order in which each comes after what it depends on; a cycle is refused. */
export function inOrder(graph: Map<string, string[]>): string[] {
  const waiting = new Map([...graph].map(([id, after]) => [id, new Set(after.filter((a) => graph.has(a)))]));
  const followers = new Map<string, string[]>();
  for (const [id, after] of waiting) {
    for (const a of after) {
      const list = followers.get(a);
      if (list) list.push(id);
      else followers.set(a, [id]);
    }
  }
  const order = [...waiting].filter(([, after]) => after.size === 0).map(([id]) => id);
  for (let i = 0; i < order.length; i++) {
    for (const follower of followers.get(order[i] as string) ?? []) {
      const after = waiting.get(follower) as Set<string>;
      after.delete(order[i] as string);
      if (after.size === 0) order.push(follower);
    }
  }
  if (order.length < graph.size) {
    const stuck = [...graph.keys()].filter((id) => !order.includes(id));
    throw refused(`Circular dependency between resources: [${stuck.join(', ')}]`);
  }
  return order;
}
