/** Packet filters of a stack's hosts: what they let in from now on, and what no longer. */
import type { DiffContext } from './context';
import { fleetOf, INSTANCES } from './host-names';
import type { Meaning, UserDataChange } from './meaning';
import { filterThatChanges } from './packet-filter-words';

/** @param userData fleets whose hosts boot with another text */
export function hostFilters({ all, change, hostOf }: DiffContext, userData: readonly UserDataChange[]): Meaning[] {
  return userData.flatMap((text) => {
    const hosts = [...all.after].flatMap(([id, { Type }]) => {
      const host = INSTANCES.has(Type) ? hostOf(id) : undefined;
      return host !== undefined && fleetOf(host) === text.fleet && all.before.has(id) ? [host] : [];
    });
    return filterThatChanges({ stack: change.path, hosts, explains: [] }, text);
  });
}
