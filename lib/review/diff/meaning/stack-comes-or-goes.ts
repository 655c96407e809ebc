/** A stack that is new, or that goes with all that is in it. */
import type { DiffContext } from './context';
import type { Meaning } from './meaning';

export function stackComesOrGoes({ change, resources }: DiffContext): Meaning[] {
  if (change.kind !== 'added' && change.kind !== 'removed') return [];
  const goes = change.kind === 'removed';
  const counts = new Map<string, number>();
  for (const { type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  const details = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, n]) => `${n} ${type}`);
  const n = resources.length;
  return [
    {
      kind: goes ? 'stack-goes' : 'stack-comes',
      severity: goes ? 'replaced' : 'addition',
      stack: change.path,
      what: `stack ${change.path} ${goes ? 'goes' : 'is new'}: ${n} resource${n === 1 ? '' : 's'}`,
      hosts: [],
      details,
      explains: change.entries.map(({ section, id }) => `${section}/${id}`),
    },
  ];
}
