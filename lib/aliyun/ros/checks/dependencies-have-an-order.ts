import type { Check, LintContext, Problem } from './check';
import type { Reference } from './references';

/** No resource waits for itself, over however many others; no condition either. */
export const dependenciesHaveAnOrder: Check = (context) => [
  ...circles(context, 'Resources', ['ref', 'getAtt', 'dependsOn']),
  ...circles(context, 'Conditions', ['condition']),
];

function circles(
  { template, references }: LintContext,
  section: 'Resources' | 'Conditions',
  kinds: readonly Reference['kind'][],
): Problem[] {
  const edges = new Map<string, string[]>(Object.keys(template[section] ?? {}).map((id) => [id, []]));
  for (const { kind, name, from, section: where } of references) {
    if (where === section && kinds.includes(kind) && edges.has(name)) edges.get(from)?.push(name);
  }
  return findCircles(edges).map((circle) => ({
    code: 'ROS_CIRCLE',
    severity: 'error',
    path: `${section}.${circle[0]}`,
    message: `${[...circle, circle[0]].join(' -> ')}: each waits for the next`,
    why: 'ROS refuses a template whose parts can not be put in order',
    fix: 'take one of these references or DependsOn out',
  }));
}

/** Depth first without recursion, because chains are as long as fleets. A node is told of in one circle at most. */
function findCircles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const told = new Set<string>();
  for (const start of edges.keys()) {
    if (done.has(start)) continue;
    const path: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
    const depth = new Map([[start, 0]]);
    while (path.length > 0) {
      const at = path.at(-1)!;
      const to = edges.get(at.id)![at.next++];
      if (to === undefined) {
        done.add(at.id);
        depth.delete(at.id);
        path.pop();
      } else if (depth.has(to)) {
        const circle = path.slice(depth.get(to)!).map(({ id }) => id);
        if (!circle.some((id) => told.has(id))) circles.push(circle);
        for (const id of circle) told.add(id);
      } else if (!done.has(to)) {
        depth.set(to, path.length);
        path.push({ id: to, next: 0 });
      }
    }
  }
  return circles;
}
