/** Lays a World out: a namespace a router and host, wires between them, routes and filters in them. */
import type { NetworkInterface, Vpc } from '../../lib/reach/world';
import { addDataCentre, type DataCentreNamespaces } from './data-centre';
import type { Draft } from './draft';
import type { OwnNetwork } from './host-filters';
import { addHost, HOST_DEVICE } from './hosts';
import { layInternet } from './internet';
import { layTransits } from './lay-transits';
import { address } from './text';
import { addVpcRouting, HOST_MTU } from './vpc';
import type { FilteredPorts } from './vpc-filter';

/** AWS: across regions a peering carries this; the proof's probes are small. */
const PEERING_MTU = 1500;

type PeeringPort = FilteredPorts['peerings'][number];

/** Everything of a World. */
export function lay(
  draft: Draft,
  hostFilters: ReadonlyMap<string, OwnNetwork> = new Map(),
  routerFilters: ReadonlyMap<string, string> = new Map(),
): void {
  const { world } = draft;
  for (const vpc of world.vpcs) {
    draft.vpcs.set(vpc.id, draft.namespaces.add());
    draft.hostPorts.set(vpc.id, new Map());
    for (const each of vpc.interfaces.filter((i) => i.up)) layHost(draft, vpc, each);
  }
  for (const gateway of world.transits) draft.transits.set(gateway.id, draft.namespaces.add());
  for (const idc of new Set(world.routers.map((router) => router.idc)))
    layDataCentre(draft, addDataCentre(draft.namespaces, idc, world));
  for (const [id, { namespace, kind }] of draft.stations) {
    const { rules, bridge } = (kind === 'host' ? hostFilters.get(id) : undefined) ?? { rules: '' };
    if (rules.trim() !== '') draft.namespaces.filter(namespace, rules);
    if (bridge === undefined) continue;
    draft.namespaces.ip(namespace, 'link add docker0 type bridge');
    draft.namespaces.ip(namespace, `address add ${bridge} dev docker0`);
    draft.namespaces.ip(namespace, 'link set docker0 up');
  }
  for (const [id, namespace] of draft.routers) {
    const rules = routerFilters.get(id);
    // Twice, as on a router that is changed.
    if (rules !== undefined) draft.namespaces.filter(namespace, rules + rules);
  }
  const peeringPorts = layPeerings(draft);
  const nats = layInternet(draft);
  const attachmentPorts = layTransits(draft);
  for (const vpc of world.vpcs) {
    addVpcRouting(
      draft.namespaces,
      draft.vpcs.get(vpc.id)!,
      vpc,
      {
        hosts: draft.hostPorts.get(vpc.id)!,
        peerings: peeringPorts.get(vpc.id) ?? [],
        nats: nats.get(vpc.id) ?? [],
        attachments: attachmentPorts.get(vpc.id) ?? new Map(),
      },
      world,
    );
  }
}

function layHost(draft: Draft, vpc: Vpc, each: NetworkInterface): void {
  const ports = draft.hostPorts.get(vpc.id)!;
  const device = `h${ports.size}`;
  ports.set(each.id, device);
  const containers = [...each.containers, ...each.prefixes];
  const host = addHost(draft.namespaces, { id: each.host, address: each.address, bits: 32, containers });
  draft.namespaces.wire(
    { namespace: draft.vpcs.get(vpc.id)!, device },
    { namespace: host.namespace, device: HOST_DEVICE, addresses: [address(each.address)] },
    HOST_MTU,
  );
  draft.cables.set(`host ${each.host}`, [
    [draft.vpcs.get(vpc.id)!, device],
    [host.namespace, HOST_DEVICE],
  ]);
  for (const station of host.stations) draft.stations.set(station.id, station);
}

function layDataCentre(draft: Draft, made: DataCentreNamespaces): void {
  for (const [id, namespace] of made.routers) {
    draft.routers.set(id, namespace);
    const router = draft.world.routers.find((each) => each.id === id)!;
    const vlans = router.interfaces.filter((each) => each.name.startsWith('vlan'));
    draft.cables.set(
      `router ${id}`,
      vlans.map((each) => [namespace, each.name] as const),
    );
  }
  for (const host of made.hosts.values()) for (const station of host.stations) draft.stations.set(station.id, station);
}

function layPeerings(draft: Draft): Map<string, PeeringPort[]> {
  const ports = new Map<string, PeeringPort[]>();
  draft.world.peerings.forEach((peering, n) => {
    const [a, b] = [peering.requester, peering.accepter].map((id) => draft.world.vpcs.find((vpc) => vpc.id === id));
    if (!a || !b || !peering.accepted) return;
    const device = `pcx${n}`;
    const ends = [a, b].map((vpc) => draft.vpcs.get(vpc.id)!) as [string, string];
    draft.namespaces.wire({ namespace: ends[0], device }, { namespace: ends[1], device }, PEERING_MTU);
    draft.cables.set(
      `peering ${peering.id}`,
      ends.map((namespace) => [namespace, device] as const),
    );
    ports.set(a.id, [...(ports.get(a.id) ?? []), { peering, device, farCidrs: b.cidrs }]);
    ports.set(b.id, [...(ports.get(b.id) ?? []), { peering, device, farCidrs: a.cidrs }]);
  });
  return ports;
}
