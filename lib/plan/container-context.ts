/** The container network as a host knows it. The same for a cloud's fleet and a rack. */
import { formatCidr } from '../estate/cidr';
import { endAt, givenContainers, linksOf, pathMtu } from '../estate/links';
import type { Estate, Idc, Region } from '../estate/model';
import type { FleetContext } from './model';

/** Largest packet inside a VPC, bytes of IP ("Network maximum transmission unit (MTU) for your EC2 instance"). */
export const AWS_MTU = 9001;

/** The estate's pools, never single places: a tenth region must not restart the hosts of nine. */
export function planPools(estate: Estate): string[] {
  return [estate.addressing.hosts.pool, estate.addressing.containers.pool].map(formatCidr);
}

/** The least of the links that carry containers of this place, at most `own`. */
export function containerMtu(estate: Estate, place: Region | Idc, own: number): number {
  const carrying = linksOf(estate, place).filter((link) => givenContainers(estate, endAt(link, place.name)).length > 0);
  return Math.min(own, ...carrying.map((link) => pathMtu(estate, link)));
}

type HostPorts = FleetContext['containers']['hostPorts'];

/** Ports of all profiles of a host, sorted. @param voter whether ports that only voters have are among them */
export function planHostPorts(estate: Estate, profiles: readonly string[], voter: boolean): HostPorts {
  const ports = new Map<string, HostPorts[number]>();
  for (const name of profiles) {
    for (const { protocol, port, toPort = port, on } of estate.profiles.get(name)?.ports ?? []) {
      if (on === 'voters' && !voter) continue;
      ports.set(`${protocol} ${port} ${toPort}`, { protocol, fromPort: port, toPort });
    }
  }
  return [...ports.values()].sort(
    (a, b) => a.fromPort - b.fromPort || a.toPort - b.toPort || (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0),
  );
}
