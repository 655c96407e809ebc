/** Tags that a host reads of itself: without its own it doesn't find its volumes, its number or its gate. */
import { isObject, listOf } from '../model/json';
import type { DiffContext, Resource } from './context';
import { INSTANCES } from './host-names';
import type { Meaning } from './meaning';

/** What a host can't do without a tag whose key begins so. */
const WITHOUT: readonly (readonly [key: string, words: string])[] = [
  ['meissa:volume:', 'no longer know which disk is theirs: what lives on it waits for ever after the next start'],
  ['meissa:number', 'no longer know their number'],
  ['meissa:gate', 'no longer know their gate: the next deploy waits for it in vain'],
];

export function hostTagsGo({ change, resources, all, hostOf }: DiffContext): Meaning[] {
  return WITHOUT.flatMap(([key, words]) => {
    const lost = resources.filter(({ type, before, after }) => {
      if (!INSTANCES.has(type) || before === undefined || after === undefined) return false;
      const now = new Set(tagsOf(after).map(([name]) => name));
      // The tag of what goes itself goes with it.
      return tagsOf(before).some(
        ([name, of]) => name.startsWith(key) && !now.has(name) && (of === undefined || all.after.has(of)),
      );
    });
    const hosts = lost.flatMap(({ id }) => hostOf(id) ?? []);
    if (hosts.length === 0) return [];
    const details = [`- tag ${key}`];
    return [
      { kind: 'host-tag', severity: 'interrupted', stack: change.path, what: words, hosts, ofHosts: true, details, explains: [] },
    ];
  });
}

/** Keys, and the logical id that a value refers to. */
function tagsOf({ Properties }: Resource): (readonly [key: string, of: string | undefined])[] {
  return listOf(Properties.Tags).flatMap((tag) => {
    if (!isObject(tag)) return [];
    const of = isObject(tag.Value) && typeof tag.Value.Ref === 'string' ? tag.Value.Ref : undefined;
    return [[String(tag.Key), of] as const];
  });
}
