/** The order in which whoever deploys by hand deploys: what is in one wave may go side by side. */
import type { EstatePlan } from './model';

export interface DeployWave {
  /** What `cdk deploy` selects: `us-east-1/*`, `links/eu-west-1--us-east-1/*`. Each is in order in itself. */
  readonly patterns: readonly string[];
  /** Construct paths of stacks outside this plan that must stand before. Empty for the whole estate. */
  readonly needs: readonly string[];
  readonly why: string;
}

/** One wave of regions, then links, each after what its stacks depend on. */
export function deployOrder(plan: EstatePlan): DeployWave[] {
  const regions = plan.regions.map((region) => region.name);
  const links = new Map<string, Set<string>>();
  for (const link of plan.links) {
    const unit = `links/${link.path}`;
    const before = links.get(unit) ?? new Set();
    for (const path of link.stacks.flatMap((stack) => stack.dependsOn)) if (unitOf(path) !== unit) before.add(path);
    if (link.stacks.length > 0) links.set(unit, before);
  }
  const waves: DeployWave[] = [];
  if (regions.length > 0) {
    const why = 'a region depends on no other region and on no link';
    waves.push({ patterns: regions.map((name) => `${name}/*`), needs: [], why });
  }
  const planned = new Set([...regions, ...links.keys()]);
  const done = new Set(regions);
  while ([...links.keys()].some((unit) => !done.has(unit))) {
    const open = [...links].filter(([unit]) => !done.has(unit));
    const alone = open.filter(([, before]) => [...before].map(unitOf).every((other) => done.has(other) || !planned.has(other)));
    // Two pairs may use gateways of each other; their stacks are in order, and whoever deploys them together finds it.
    const ready = alone.length > 0 ? alone : open;
    for (const [unit] of ready) done.add(unit);
    const needs = ready.flatMap(([, before]) => [...before].filter((path) => !planned.has(unitOf(path))));
    waves.push({
      patterns: ready.map(([unit]) => `${unit}/*`).sort(),
      needs: [...new Set(needs)].sort(),
      why: ready.every(([, before]) => [...before].every((path) => !path.startsWith('links/')))
        ? 'a link joins networks and transit gateways that stand'
        : 'they lead over links, or use gateways, that stand',
    });
  }
  return waves;
}

/** `us-east-1/network` -> `us-east-1`; `links/a--b/request` -> `links/a--b`. */
function unitOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
