/** The network between a data centre's routers. */
import { holds, networkOf, rangeKey } from './range';
import type { Range, World } from './world';

/** By data centre: networks that several of its routers stand in, and no host. */
export function coresOf({ routers, idcHosts }: Pick<World, 'routers' | 'idcHosts'>): ReadonlyMap<string, readonly Range[]> {
  const cores = new Map<string, Range[]>();
  for (const idc of new Set(routers.map((router) => router.idc))) {
    const networks = new Map<number, { range: Range; routers: Set<string> }>();
    for (const { id, interfaces } of routers.filter((router) => router.idc === idc))
      for (const each of interfaces) {
        const range = networkOf(each);
        const found = networks.get(rangeKey(range)) ?? { range, routers: new Set<string>() };
        networks.set(rangeKey(range), found);
        found.routers.add(id);
      }
    const hosts = idcHosts.filter((host) => host.idc === idc);
    const found = [...networks.values()].filter(
      ({ range, routers: own }) => own.size > 1 && !hosts.some(({ address }) => holds(range, address)),
    );
    if (found.length > 0)
      cores.set(
        idc,
        found.map(({ range }) => range),
      );
  }
  return cores;
}

/** Whether an address is on the network between a data centre's routers. */
export function isCore(cores: ReadonlyMap<string, readonly Range[]>, idc: string, address: number): boolean {
  return cores.get(idc)?.some((range) => holds(range, address)) === true;
}
