/** Hosts and their containers as namespaces: each host at a port, each container range behind a bridge of its host. */
import { sizeOfBits } from '../../lib/estate/addresses/cidr';
import type { Range } from '../../lib/reach/world';
import type { Station } from './agent';
import type { Cable } from './draft';
import type { OwnNetwork } from './host-filters';
import { type Namespaces, OTHER_END } from './namespaces';
import { address, text } from './text';

/** The device of every host, towards its VPC or rack. */
export const HOST_DEVICE = 'eth0';

export interface HostNamespaces {
  readonly namespace: string;
  readonly stations: readonly HostStation[];
  /** Its containers' namespaces, and their devices. */
  readonly containers: Cable;
}

export interface HostStation extends Station {
  readonly kind: 'host' | 'container' | 'internet';
  readonly value: number;
}

/**
 * A host with its own address, and a container in each of its ranges: a namespace of its own, behind a bridge that the host forwards
 * to. The containers' packets leave with their own address.
 *
 * @param gateway default gateway; absent: the other end of the wire, whatever it is
 * @param bits prefix length of the address: 32 where neighbours are reached through the router too
 */
export function addHost(
  namespaces: Namespaces,
  host: {
    readonly id: string;
    readonly address: number;
    readonly bits: number;
    readonly gateway?: number;
    readonly containers: readonly Range[];
    /** What it does to its own network. */
    readonly own?: Pick<OwnNetwork, 'mtu' | 'routes'> | undefined;
  },
): HostNamespaces {
  const namespace = namespaces.add();
  const stations: HostStation[] = [{ id: host.id, namespace, address: address(host.address), value: host.address, kind: 'host' }];
  namespaces.ip(namespace, `address add ${address(host.address)}/${host.bits} dev ${HOST_DEVICE}`);
  const gateway = `via ${host.gateway === undefined ? `${OTHER_END} dev ${HOST_DEVICE} onlink` : address(host.gateway)}`;
  namespaces.ip(namespace, `route add default ${gateway}`);
  for (const { to, mtu } of host.own?.routes ?? []) namespaces.ip(namespace, `route replace ${to} ${gateway} mtu ${mtu}`);
  const mtu = host.own?.mtu ?? CONTAINER_MTU;
  const containers: [string, string][] = [];
  host.containers.forEach((range, n) => {
    const container = namespaces.add();
    const [name, value] = containerOf(range);
    // Docker's own bridge has the first range, networks that units make the others.
    const bridge = n === 0 ? 'docker0' : `br-${n}`;
    namespaces.ip(namespace, `link add ${bridge} mtu ${mtu} type bridge`);
    namespaces.ip(namespace, `link set c${n} master ${bridge}`);
    namespaces.ip(namespace, `address add ${address(range.base + 1)}/${range.bits} dev ${bridge}`);
    namespaces.ip(namespace, `link set ${bridge} up`);
    namespaces.wire({ namespace, device: `c${n}` }, { namespace: container, device: HOST_DEVICE }, mtu);
    containers.push([container, HOST_DEVICE]);
    namespaces.ip(container, `address add ${address(value)}/${range.bits} dev ${HOST_DEVICE}`);
    namespaces.ip(container, `route add default via ${address(range.base + 1)}`);
    stations.push({ id: `${host.id} ${name}`, namespace: container, address: address(value), value, kind: 'container' });
  });
  return { namespace, stations, containers };
}

/** The container that stands for a range, by the range's words: the bridge has the first address, it the second. */
export function containerOf(range: Range): readonly [name: string, address: number] {
  return [text(range), range.base + Math.min(2, sizeOfBits(range.bits) - 1)];
}

/** Of a bridge that nothing else is said of. */
const CONTAINER_MTU = 9001;
