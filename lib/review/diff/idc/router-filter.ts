/** What a router's packet filter lets in, lets through and drops from now on. */
import type { Meaning } from '../meaning/meaning';
import { filterChange } from '../meaning/packet-filter-words';
import { FILTER, fileOf, type RouterChange } from './router';

export function filterOfRouter(router: RouterChange): Meaning[] {
  const { before, after, place } = router;
  if (before === undefined || after === undefined) return [];
  const change = filterChange(before.files.get(FILTER), after.files.get(FILTER));
  if (change === undefined) return [];
  const { severity, words } = change;
  const what = `~ packet filter: ${words.length === 1 ? words[0] : `${words.length} changes`}`;
  const details = words.length === 1 ? [] : words;
  return [{ kind: 'router-filter', severity, stack: place, what, hosts: [], details, explains: [fileOf(router, FILTER)] }];
}
