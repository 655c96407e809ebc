/** Hosts rack by rack. */
import type { IdcChange, Side } from './change';

/** The rack that a host stands in: as the sheet has it, or as its name does (`<idc>-<rack>-<number>`). */
export function rackOf({ name, rows }: IdcChange, host: string, side: Side): string {
  return rows[side].get(host)?.rack ?? host.slice(name.length + 1).replace(/-\d+$/, '');
}

/** In order of the hosts. */
export function byRack<H extends { readonly name: string }>(
  change: IdcChange,
  hosts: readonly H[],
  side: Side,
): [rack: string, hosts: H[]][] {
  const racks = new Map<string, H[]>();
  for (const host of hosts) {
    const rack = rackOf(change, host.name, side);
    const own = racks.get(rack);
    if (own === undefined) racks.set(rack, [host]);
    else own.push(host);
  }
  return [...racks];
}
