/** When hosts are down, from what a rehearsal was told of them. */
import type { Rehearsal } from './rehearse';

export interface Outage {
  /** Name of the host; hosts of an elastic fleet share one. */
  readonly name: string;
  readonly instanceId: string;
  /** Seconds since the deploy began. */
  readonly from: number;
  /** When it, or another of its name in its place, was well. @default - not until the end */
  readonly to?: number;
}

/** In order of their begin. */
export function outages({ hosts }: Pick<Rehearsal, 'hosts'>): Outage[] {
  const claimed = new Set<number>();
  return hosts.flatMap(({ instanceId, name, up, at }, index): Outage[] => {
    if (up) return [];
    const back = (mine: boolean) =>
      hosts.findIndex((later, i) => {
        const its = mine ? later.instanceId === instanceId : later.name === name && !seen(later.instanceId, i);
        return i > index && later.up && its && !claimed.has(i);
      });
    const own = back(true);
    const found = own === -1 ? back(false) : own;
    if (found === -1) return [{ name, instanceId, from: at }];
    claimed.add(found);
    return [{ name, instanceId, from: at, to: hosts[found]!.at }];
  });

  /** An instance that was well before is nobody's successor. */
  function seen(id: string, before: number): boolean {
    return hosts.slice(0, before).some((one) => one.instanceId === id);
  }
}
