/** Changes that interrupt nobody: tags, and the order in which an engine does things. */
import { isObject, listOf } from '../model/json';
import { type DiffContext, explained } from './context';
import type { Meaning } from './meaning';

/** One line for all tags of a stack: which keys, on how many resources. */
export function tagsThatChange({ change, resources, hostOf }: DiffContext): Meaning[] {
  const tagged = resources.filter(({ properties }) => properties.includes('Tags'));
  if (tagged.length === 0) return [];
  const keys = new Set(
    tagged.flatMap(({ before, after }) => {
      const [old, now] = [tagsOf(before?.Properties.Tags), tagsOf(after?.Properties.Tags)];
      return [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
    }),
  );
  // The tag that names a host's gate follows the gate, which is told with the host.
  keys.delete('meissa:gate');
  const explains = tagged.map(({ id }) => explained(id, 'Tags'));
  const base = { kind: 'tags', severity: 'cosmetic', stack: change.path, details: [], explains } as const;
  if (keys.size === 0) return [{ ...base, what: '', hosts: [] }];
  const hosts = [...new Set(tagged.flatMap(({ id }) => hostOf(id) ?? []))];
  const what = `tags of ${tagged.length} resource${tagged.length === 1 ? '' : 's'}: ${[...keys].sort().join(', ')}`;
  return [{ ...base, what, hosts }];
}

function tagsOf(value: unknown): Map<string, string> {
  return new Map(listOf(value).flatMap((tag) => (isObject(tag) ? [[String(tag.Key), JSON.stringify(tag.Value)]] : [])));
}

/** `DependsOn`, and what follows the logical ids of gates. */
export function orderThatChanges({ change, resources }: DiffContext): Meaning[] {
  const moved = resources.filter(
    ({ changes, before, after }) => before && after && changes.some(({ path }) => path[0] === 'DependsOn'),
  );
  if (moved.length === 0) return [];
  const explains = moved.map(({ id }) => explained(id, 'DependsOn'));
  const gates = resources.some(
    ({ type, before, after }) => /WaitCondition$/.test(type) && (before === undefined || after === undefined),
  );
  const what = gates ? '' : `order of ${moved.length} resource${moved.length === 1 ? '' : 's'} in the deploy`;
  return [{ kind: 'order', severity: 'cosmetic', stack: change.path, what, hosts: [], details: [], explains }];
}
