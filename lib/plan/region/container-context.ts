/** The container network as a host knows it. The same for a cloud's fleet and a rack. */
import { type Cidr, formatCidr } from '../../estate/addresses/cidr';
import { endAt } from '../../estate/model/links';
import type { Estate, Idc, Region } from '../../estate/model/model';
import { linksOf } from '../../estate/model/resolved-links';
import type { HostPort } from '../model';

/** The estate's pools, never single places: a tenth region must not restart the hosts of nine. */
export function planPools(estate: Estate): string[] {
  return [estate.addressing.hosts.pool, estate.addressing.containers.pool].map(formatCidr);
}

/** The least of the links that carry containers of this place, at most `own`. */
export function containerMtu(estate: Estate, place: Region | Idc, own: number): number {
  const carrying = linksOf(estate, place).filter((link) => endAt(link, place.name).containers.length > 0);
  return Math.min(own, ...carrying.map((link) => link.mtu));
}

/**
 * Ports of all profiles of a host, sorted. A host can't know who is in a group: what a group is let in for is open to the host block,
 * and what the cluster is let in for to the host blocks of data centres whose racks belong to it, and on those racks to that of the
 * cluster's region.
 *
 * @param voter whether ports that only voters have are among them
 * @param joined those other host blocks
 * @param collector host block of the region that the cluster's collection is carried into
 */
export function planHostPorts(
  estate: Estate,
  place: Region | Idc,
  profiles: readonly string[],
  voter: boolean,
  joined: readonly Cidr[] = [],
  collector?: Cidr,
): HostPort[] {
  const ports = new Map<string, HostPort>();
  for (const name of profiles) {
    for (const { protocol, port, toPort = port, on, from } of estate.profiles.get(name)?.ports ?? []) {
      if (on === 'voters' && !voter) continue;
      const key = `${protocol} ${port} ${toPort}`;
      if (from === 'collector') {
        if (collector === undefined) continue;
        const range = formatCidr(collector);
        ports.set(`${key} ${range}`, { protocol, fromPort: port, toPort, from: range });
        continue;
      }
      const open = from === 'estate' || (ports.has(key) && ports.get(key)?.from === '');
      ports.set(key, { protocol, fromPort: port, toPort, from: open ? '' : formatCidr(place.block) });
      if (from !== 'cluster' || open) continue;
      for (const range of joined)
        ports.set(`${key} ${formatCidr(range)}`, { protocol, fromPort: port, toPort, from: formatCidr(range) });
    }
  }
  return [...ports.values()].sort(
    (a, b) =>
      a.fromPort - b.fromPort ||
      a.toPort - b.toPort ||
      (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0) ||
      (a.from < b.from ? -1 : 1),
  );
}
