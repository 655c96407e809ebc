/** Lays a World out: a namespace a router and host, wires between them, routes and filters in them. */
import type { NetworkInterface, Vpc } from '../../lib/reach/world';
import { addDataCentre, type DataCentreNamespaces } from './data-centre';
import type { Cable, Draft } from './draft';
import type { OwnNetwork } from './host-filters';
import { addHost, HOST_DEVICE } from './hosts';
import { layInternet } from './internet';
import { layTransits } from './lay-transits';
import { address, isIn } from './text';
import { addVpcRouting } from './vpc';
import type { FilteredPorts } from './vpc-filter';

/** Bytes, inside a VPC (AWS: "Jumbo frames"; ECS: MTU without jumbo frames), and at most across regions over a peering (AWS, since 2025-03). */
const VPC_MTU = { aws: 9001, aliyun: 1500 };
const PEERING_MTU = 8500;

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
    for (const each of vpc.interfaces.filter((i) => i.up)) layHost(draft, vpc, each, hostFilters.get(each.host));
  }
  for (const gateway of world.transits) draft.transits.set(gateway.id, draft.namespaces.add());
  for (const idc of new Set(world.routers.map((router) => router.idc)))
    layDataCentre(draft, addDataCentre(draft.namespaces, idc, world, hostFilters));
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

function layHost(draft: Draft, vpc: Vpc, each: NetworkInterface, own: OwnNetwork | undefined): void {
  const ports = draft.hostPorts.get(vpc.id)!;
  const device = `h${ports.size}`;
  ports.set(each.id, device);
  const containers = [...each.containers, ...each.prefixes];
  const host = addHost(draft.namespaces, { id: each.host, address: each.address, bits: 32, containers, own });
  draft.namespaces.wire(
    { namespace: draft.vpcs.get(vpc.id)!, device },
    { namespace: host.namespace, device: HOST_DEVICE, addresses: [address(each.address)] },
    VPC_MTU[vpc.provider ?? 'aws'],
  );
  draft.cables.set(`host ${each.host}`, [
    [draft.vpcs.get(vpc.id)!, device],
    [host.namespace, HOST_DEVICE],
  ]);
  draft.cables.set(`containers ${each.host}`, host.containers);
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
  for (const [name, host] of made.hosts) {
    draft.cables.set(`host ${name}`, made.ports.get(name) ?? []);
    draft.cables.set(`containers ${name}`, host.containers);
    for (const station of host.stations) draft.stations.set(station.id, station);
  }
  // Of a router's networks those that another router stands in, too, and no host.
  for (const idc of new Set(draft.world.routers.filter(({ id }) => made.routers.has(id)).map((router) => router.idc)))
    draft.cables.set(`core ${idc}`, coreOf(draft, idc));
}

function coreOf({ world, routers }: Draft, idc: string): Cable {
  const own = world.routers.filter((router) => router.idc === idc);
  const hosts = world.idcHosts.filter((host) => host.idc === idc);
  return own.flatMap((router) =>
    router.interfaces.flatMap(({ name, address: at, bits }) => {
      const range = { base: at - (at % 2 ** (32 - bits)), bits };
      const others = own.some((other) => other !== router && other.interfaces.some((each) => isIn(range, each.address)));
      return others && !hosts.some((host) => isIn(range, host.address)) ? [[routers.get(router.id)!, name] as const] : [];
    }),
  );
}

function layPeerings(draft: Draft): Map<string, PeeringPort[]> {
  const ports = new Map<string, PeeringPort[]>();
  draft.world.peerings.forEach((peering, n) => {
    const [a, b] = [peering.requester, peering.accepter].map((id) => draft.world.vpcs.find((vpc) => vpc.id === id));
    if (!a || !b || !peering.accepted) return;
    const device = `pcx${n}`;
    const ends = [a, b].map((vpc) => draft.vpcs.get(vpc.id)!) as [string, string];
    const inside = VPC_MTU[a.provider ?? 'aws'];
    const mtu = a.cloudRegion === b.cloudRegion ? inside : Math.min(inside, PEERING_MTU);
    draft.namespaces.wire({ namespace: ends[0], device }, { namespace: ends[1], device }, mtu);
    draft.cables.set(
      `peering ${peering.id}`,
      ends.map((namespace) => [namespace, device] as const),
    );
    ports.set(a.id, [...(ports.get(a.id) ?? []), { peering, device, farCidrs: b.cidrs }]);
    ports.set(b.id, [...(ports.get(b.id) ?? []), { peering, device, farCidrs: a.cidrs }]);
  });
  return ports;
}
