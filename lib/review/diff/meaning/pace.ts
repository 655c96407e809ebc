/** How hosts of a stack follow each other: from its gates, or from which instance waits for which. */
import type { DiffContext, Resource, Side } from './context';
import { INSTANCES, memberNumber } from './host-names';
import { hostName } from './hosts';
import type { Meaning } from './meaning';

export const GATES: ReadonlySet<string> = new Set(['AWS::CloudFormation::WaitCondition', 'ALIYUN::ROS::WaitCondition']);

/** @param ids of instances that are touched */
export function paceWords({ all }: Pick<DiffContext, 'all'>, ids: readonly string[], side: Side = 'after'): string {
  const resources = all[side];
  const gated = [...resources.values()].some(
    ({ Type, DependsOn }) => GATES.has(Type) && DependsOn.some((id) => ids.includes(id)),
  );
  const most = atOnce(resources, ids);
  // Gates that nobody waits for hold nobody back.
  if (most === 1 && gated) return 'one at a time behind a gate';
  if (most === 1) return ids.length === 1 ? '' : 'one at a time';
  return most === ids.length ? 'all at once' : `up to ${most} at a time${gated ? ', each behind a gate' : ''}`;
}

/** So many may be down together: those that wait for none of each other. */
function atOnce(resources: ReadonlyMap<string, Resource>, ids: readonly string[]): number {
  const depths = new Map<string, number>();
  const waitsFor = (id: string): readonly string[] =>
    (resources.get(id)?.DependsOn ?? []).flatMap((other) => {
      const type = resources.get(other)?.Type ?? '';
      // A gate stands for the instance that it waits for.
      return INSTANCES.has(type) ? [other] : GATES.has(type) ? waitsFor(other) : [];
    });
  const depth = (id: string, seen: ReadonlySet<string>): number => {
    const known = depths.get(id);
    if (known !== undefined || seen.has(id)) return known ?? 0;
    const before = waitsFor(id);
    const found = before.length === 0 ? 0 : 1 + Math.max(...before.map((other) => depth(other, new Set([...seen, id]))));
    depths.set(id, found);
    return found;
  };
  const width = new Map<number, number>();
  for (const id of ids) width.set(depth(id, new Set()), (width.get(depth(id, new Set())) ?? 0) + 1);
  return Math.max(1, ...width.values());
}

/** Hosts that waited for each other, or for a gate, and do so no longer: the next change of all of them stops more of them together. */
export function pacesThatLoosen(context: DiffContext): Meaning[] {
  const { all, change } = context;
  if (change.kind !== 'changed') return [];
  const both = [...all.after].flatMap(([id, { Type }]) => (INSTANCES.has(Type) && all.before.has(id) ? [id] : []));
  const base = { severity: 'security', stack: change.path, details: [], explains: [] } as const;
  const found: Meaning[] = [];
  if (atOnce(all.after, both) > atOnce(all.before, both)) {
    const what = `are touched ${paceWords(context, both)} from now on (was: ${paceWords(context, both, 'before') || 'one at a time'})`;
    found.push({ ...base, kind: 'pace-loosens', what, hosts: both.map((id) => hostName(context, id)), ofHosts: true });
  }
  const ungated = both.filter((id) => isGated(all.before, id) && !isGated(all.after, id));
  if (ungated.length > 0) {
    const what = 'are no longer waited for: the next one is touched whether they are well or not (their gates go)';
    found.push({ ...base, kind: 'gate-goes', what, hosts: ungated.map((id) => hostName(context, id)), ofHosts: true });
  }
  return found;
}

function isGated(resources: ReadonlyMap<string, Resource>, instance: string): boolean {
  const number = memberNumber(instance);
  return [...resources].some(([id, { Type }]) => GATES.has(Type) && memberNumber(id) === number);
}
