/** When hosts are down, from what a rehearsal was told of them. */
import type { Rehearsal } from './rehearse';

export interface Outage {
  readonly name: string;
  readonly instanceId: string;
  /** Seconds since the deploy began. */
  readonly from: number;
  /** When it, or another in its place, was well; this may be after the deploy's end. @default - it never is */
  readonly to?: number;
}

/** Hosts of an elastic fleet that went while others of its name were well. */
export interface Exchange {
  readonly name: string;
  readonly hosts: number;
  readonly from: number;
  readonly to: number;
}

export interface HostStops {
  /** In order of their begin. */
  readonly outages: readonly Outage[];
  readonly exchanges: readonly Exchange[];
}

export function hostStops({ hosts }: Pick<Rehearsal, 'hosts'>): HostStops {
  const outages: Outage[] = [];
  const exchanges = new Map<string, Exchange>();
  const well = new Map<string, string>();
  const claimed = new Set<number>();
  hosts.forEach(({ instanceId, name, up, at }, index) => {
    if (up) {
      well.set(instanceId, name);
      return;
    }
    well.delete(instanceId);
    const next = (fits: (later: Rehearsal['hosts'][number]) => boolean) =>
      hosts.findIndex((later, i) => i > index && later.up && !claimed.has(i) && fits(later));
    let back = next((later) => later.instanceId === instanceId);
    if (back === -1 && [...well.values()].includes(name)) {
      const { hosts: before = 0, from = at } = exchanges.get(name) ?? {};
      exchanges.set(name, { name, hosts: before + 1, from, to: at });
      return;
    }
    if (back === -1) back = next((later) => later.name === name);
    claimed.add(back);
    outages.push({ name, instanceId, from: at, ...(back === -1 ? {} : { to: hosts[back]!.at }) });
  });
  return { outages, exchanges: [...exchanges.values()] };
}
