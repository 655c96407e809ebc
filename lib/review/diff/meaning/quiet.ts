/** Changes that interrupt nobody: tags, and the order in which an engine does things. */
import { isObject, listOf } from '../model/json';
import { type DiffContext, explained } from './context';
import type { Meaning } from './meaning';
import { changeWords } from './references';

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

/** The engine gives a stack's tags to what it makes. */
export function stackTagsThatChange({ change }: DiffContext): Meaning[] {
  if (change.tags.length === 0) return [];
  const words = change.tags.map(({ path, before, after }) => changeWords(String(path[0]), before, after));
  const what = `tags of the stack, and so of what is in it: ${words.join('; ')}`;
  return [{ kind: 'stack-tags', severity: 'cosmetic', stack: change.path, what, hosts: [], details: [], explains: [] }];
}

function tagsOf(value: unknown): Map<string, string> {
  return new Map(listOf(value).flatMap((tag) => (isObject(tag) ? [[String(tag.Key), JSON.stringify(tag.Value)]] : [])));
}

/** `DependsOn`. What follows what comes or goes (a gate, another generation of a member) is told there. */
export function orderThatChanges({ change, resources }: DiffContext): Meaning[] {
  const moved = resources.filter(
    ({ changes, before, after }) => before && after && changes.some(({ path }) => path[0] === 'DependsOn'),
  );
  if (moved.length === 0) return [];
  const explains = moved.map(({ id }) => explained(id, 'DependsOn'));
  const comeOrGone = new Set(resources.flatMap(({ id, before, after }) => (before && after ? [] : [id])));
  const others = moved.filter(
    ({ before, after }) => !differing(before!.DependsOn, after!.DependsOn).every((id) => comeOrGone.has(id)),
  );
  const what = others.length === 0 ? '' : `order of ${others.length} resource${others.length === 1 ? '' : 's'} in the deploy`;
  return [{ kind: 'order', severity: 'cosmetic', stack: change.path, what, hosts: [], details: [], explains }];
}

function differing(before: readonly string[], after: readonly string[]): string[] {
  return [...before.filter((id) => !after.includes(id)), ...after.filter((id) => !before.includes(id))];
}
