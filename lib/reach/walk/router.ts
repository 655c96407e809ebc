/** Packets at a data centre's routers and hosts. */
import { formatIpv4, sameCidr } from '../../estate/addresses/cidr';
import type { RibRoute } from '../bgp/rib';
import type { BgpRoute } from '../bgp/routes';
import { isCore } from '../cores';
import { hostOfRack } from '../host/host';
import { routeTo, sendingSizes, takingSizes } from '../host/packet-sizes';
import { segmentsThrough } from '../host/segments';
import { EVERYTHING, isNothing, portRanges } from '../host/traffic';
import { formatRange, holds, networkOf, rangeKey } from '../range';
import { portWords } from '../rules';
import type { CloudLine, IdcEndpoint, Origin, Range, Router, RouterInterface } from '../world';
import { deadEnd, leaveHost, sendsWords } from './host';
import type { Outcome, Sizes } from './outcome';
import { type AtRouter, passRouter } from './router-filter';
import { forward } from './transit';
import { drop, type Packet, reach, type Walk } from './walk';

/** A packet that a host of a data centre sends: to a neighbour on its own network, else to its gateway. */
export function leaveIdcHost(walk: Walk, host: IdcEndpoint): Outcome {
  if (walk.without.hosts.has(host.host))
    return drop(walk, 'HOST_DOWN', host.host, 'the host is down', { stack: host.file, logicalId: 'Address' });
  const before = walk.packet.source;
  const kept = leaveHost(walk, hostOfRack(host));
  if (kept !== undefined) return kept;
  const { index, packet, trace, without } = walk;
  const from = { stack: host.file, logicalId: 'Gateway' };
  const bridge = before === host.address ? undefined : host.network?.mtu;
  if (holds(networkOf(host), packet.destination)) {
    const words = `${formatIpv4(packet.destination)} is on its own network`;
    trace?.pass(host.host, words, from, sendingSizes(host.mtu, undefined, bridge));
    return atNeighbor(walk, packet.destination);
  }
  const route = routeTo([...(host.network?.routes ?? []), ...(host.routes ?? [])], packet.destination);
  const gateway = route?.gateway ?? host.gateway;
  const sharing = index.sharing.get(gateway) ?? [];
  const router = sharing.find(({ id }) => !without.routers.has(id)) ?? sharing[0] ?? index.routerAt.get(gateway);
  if (router === undefined || without.routers.has(router.id))
    return drop(
      walk,
      'ROUTER_DOWN',
      host.host,
      router === undefined
        ? `no router has the address of its gateway ${formatIpv4(gateway)}`
        : `its gateway ${router.id} is down`,
      from,
    );
  trace?.pass(
    host.host,
    `${sendsWords(before, packet)} to its gateway ${router.id}`,
    from,
    sendingSizes(host.mtu, route, bridge),
  );
  return enterRouter(walk, router, packet, gateway);
}

/** The router that sends a packet on. */
interface Sender {
  readonly router: Router;
  /** Interface that it got the packet by, where that matters: the packet is for itself. */
  readonly from?: string;
  /** Its static route. @default - the address itself is on the network */
  readonly by?: { readonly destination: Range; readonly line: number };
}

/** On a network of a data centre: the host or router that has the address. @param sender @default - a host does */
function atNeighbor(walk: Walk, address: number, sender?: Sender): Outcome {
  const { index, packet, without } = walk;
  const { idc, id, file } = sender?.router ?? {};
  if (idc !== undefined && without.cores.has(idc) && isCore(index.cores, idc, address))
    return drop(walk, 'LINK_DOWN', id!, `${idc}/core, the network between the routers, is down`, {
      stack: file!,
      logicalId: 'interface',
    });
  const host = index.idcHostAt.get(address);
  if (host !== undefined && without.hosts.has(host.host))
    return deadEnd(
      walk,
      host.host,
      sender?.by?.destination,
      sender?.by === undefined
        ? { stack: host.file, logicalId: 'Address' }
        : { stack: sender.router.file, logicalId: `line ${sender.by.line}` },
      'lost, and the router says so after it has asked for the host in vain',
    );
  if (host !== undefined) return arriveIdc(walk, host);
  const router = index.routerAt.get(address) ?? index.sharing.get(address)?.[0];
  if (router !== undefined && address !== packet.destination) return enterRouter(walk, router, packet, address);
  if (router !== undefined)
    return drop(
      walk,
      'ROUTER_ITSELF',
      router.id,
      `${formatIpv4(address)} is the router itself${letIn(walk, router, address, sender?.from)}`,
      {
        stack: router.file,
        logicalId: 'interface',
      },
    );
  return drop(walk, 'NO_OWNER', formatIpv4(address), 'no host has this address');
}

/** A host takes its own address, and forwards to its containers. */
function arriveIdc(walk: Walk, host: IdcEndpoint): Outcome {
  const { packet, trace } = walk;
  const from = { stack: host.file, logicalId: 'Address' };
  const own = packet.destination === host.address;
  if (!own && (host.containers === undefined || !holds(host.containers, packet.destination)))
    return drop(walk, 'NOT_ITS_CONTAINER', host.host, `${formatIpv4(packet.destination)} is none of its containers`, from);
  const words = own ? 'has the address' : 'forwards it to its container';
  trace?.pass(host.host, words, from, takingSizes(own ? undefined : host.network?.mtu));
  return reach(walk, { kind: 'idc-host', host });
}

type Best = { readonly rib: RibRoute } | { readonly bgp: BgpRoute } | { readonly unsettled: Range };

/** Of routes that BGP brought, from another AS and from the own one. Source: FRR user guide, "Administrative Distance Metrics". */
const BGP_DISTANCE = { external: 20, internal: 200 } as const;

/** Longest prefix; at the same length the least distance: connected, static unless it says more, BGP. */
function lookup({ bgp }: Walk, router: Router, address: number): Best | undefined {
  const rib = bgp.ribs.get(router.id)!.routes.find(address);
  const table = bgp.best.get(router.id);
  const changing = bgp.unsettled.get(router.id);
  const least = rib?.destination.bits ?? 0;
  const distance = rib === undefined || rib.kind === 'connected' ? 0 : rib.distance;
  for (let bits = 32; bits >= least; bits--) {
    const key = rangeKey(networkOf({ address, bits }));
    const unsettled = changing?.get(key);
    const found = table?.get(key);
    // Of the same range that one stands which is nearer.
    if (rib?.destination.bits === bits && distance <= BGP_DISTANCE[found?.session?.internal === true ? 'internal' : 'external'])
      break;
    if (unsettled !== undefined) return { unsettled };
    if (found?.nextHop !== undefined) return { bgp: found };
  }
  return rib === undefined ? undefined : { rib };
}

/** What the router's packet filter lets in to itself, in words; empty where it has none. */
function letIn({ packet }: Walk, router: Router, address: number, by: string | undefined): string {
  const from = by ?? towards(router, address)?.name;
  if (router.network === undefined || from === undefined) return '';
  const { passes } = passRouter({ router, from, ...packet }, packet.reply === true);
  return `, which lets in ${portWords(portRanges(passes)).join(', ') || 'nothing of that'}`;
}

/** @param entry address of the router's interface that the packet comes to */
export function enterRouter(walk: Walk, router: Router, packet: Packet, entry: number): Outcome {
  const { trace, without, bgp } = walk;
  const from = towards(router, entry)?.name;
  const at = (line?: number): Origin => ({ stack: router.file, logicalId: line === undefined ? 'bgp' : `line ${line}` });
  if (without.routers.has(router.id)) return drop(walk, 'ROUTER_DOWN', router.id, 'the router is down', at());
  if (walk.hopsLeft-- <= 0) return drop(walk, 'LOOP', router.id, 'the packet goes round in a circle', at());
  const best = lookup(walk, router, packet.destination);
  if (best === undefined)
    return drop(walk, 'NO_ROUTE', router.id, `no route to ${formatIpv4(packet.destination)}${silentWords(walk, router)}`, at());
  if ('unsettled' in best)
    return drop(walk, 'UNSETTLED', router.id, `its BGP route to ${formatRange(best.unsettled)} does not settle`, at());
  if ('rib' in best) {
    const { rib } = best;
    // A null route behind everything that BGP might bring says no more than that it brought nothing.
    if (rib.kind === 'null' && rib.distance > BGP_DISTANCE.internal)
      return drop(
        walk,
        'NO_ROUTE',
        router.id,
        `no route to ${formatIpv4(packet.destination)} but the null route ${formatRange(rib.destination)}${silentWords(walk, router)}`,
        at(rib.line),
      );
    if (rib.kind === 'null')
      return drop(
        walk,
        'BLACKHOLE',
        router.id,
        `null route ${formatRange(rib.destination)}${silentWords(walk, router)}`,
        at(rib.line),
      );
    if (rib.kind === 'connected') {
      const onto = towards(router, packet.destination);
      trace?.pass(
        router.id,
        `${formatRange(rib.destination)} is connected on ${rib.interface}`,
        at(),
        sizesAt(walk, router, from, onto),
      );
      const own = walk.index.routerAt.get(packet.destination) === router;
      return (
        (own ? undefined : filtered(walk, router, from, onto?.name)) ??
        atNeighbor(walk, packet.destination, { router, ...(own && from !== undefined ? { from } : {}) })
      );
    }
    const onto = towards(router, rib.via);
    const words = `static route ${formatRange(rib.destination)} via ${formatIpv4(rib.via)}`;
    trace?.pass(router.id, words, at(rib.line), sizesAt(walk, router, from, onto));
    const next = bgp.ribs.get(router.id)!.connected(rib.via) ?? rib.via;
    return filtered(walk, router, from, onto?.name) ?? atNeighbor(walk, next, { router, by: rib });
  }
  return alongBgp(walk, router, best.bgp, from, at);
}

/** Asks the router's packet filter. @returns how it ends, where nothing of it passes */
function filtered(walk: Walk, router: Router, from: string | undefined, to: string | undefined): Outcome | undefined {
  if (router.network === undefined || to === undefined) return undefined;
  const { source, destination, reply = false } = walk.packet;
  const passing: AtRouter = { router, to, source, destination, ...(from === undefined ? {} : { from }) };
  const { passes, dropped } = passRouter(passing, reply);
  if (passes === EVERYTHING) return undefined;
  if (!isNothing(passes)) {
    walk.filtered = [...(walk.filtered ?? []), passing];
    return undefined;
  }
  const { rule, chain } = dropped.at(-1)!;
  return drop(
    walk,
    'HOST_FILTER',
    router.id,
    `its packet filter lets nothing of that through from ${from ?? 'an interface that is not known'} to ${to}: "${rule?.text ?? 'policy drop'}" of ${chain}`,
    { stack: router.network.where, logicalId: rule?.at ?? 'nft' },
  );
}

/** What the interface that a packet leaves by takes, and to what its filter lowers segments of TCP. */
function sizesAt({ packet }: Walk, { network }: Router, from: string | undefined, onto: RouterInterface | undefined): Sizes {
  const { source, destination } = packet;
  const segment = network === undefined ? undefined : segmentsThrough(network, { source, destination, from, to: onto?.name });
  return {
    limits: onto?.mtu === undefined ? [] : [{ mtu: onto.mtu, told: true }],
    ...(segment === undefined ? {} : { segment }),
  };
}

/** The interface whose network an address is in. */
function towards({ interfaces }: Router, address: number): RouterInterface | undefined {
  return interfaces.find((i) => holds(networkOf(i), address));
}

function alongBgp(walk: Walk, router: Router, best: BgpRoute, from: string | undefined, at: (line?: number) => Origin): Outcome {
  const { index, trace, bgp } = walk;
  const neighbor = bgp.ribs.get(router.id)!.connected(best.nextHop!) ?? best.nextHop!;
  // The next hop may be another router's neighbour: then the cloud's end that faces us is the one on our own wire.
  const cloud = [
    // Of the transit gateways behind a line it is the one that the range is told of.
    ...index.world.lines
      .filter(({ cloudAddress }) => cloudAddress === neighbor)
      .sort((one, other) => Number(tells(other, best)) - Number(tells(one, best)))
      .map((l) => ({ kind: 'line' as const, id: l.id, at: l.cloudAddress, transit: l.transit })),
    ...index.world.vpns.flatMap((v) =>
      v.tunnels.map((t) => ({ kind: 'vpn' as const, id: v.id, at: t.cloudAddress, transit: v.transit })),
    ),
  ].find((end) => end.at === neighbor);
  const onto = towards(router, neighbor);
  trace?.pass(
    router.id,
    `BGP route ${formatRange(best.prefix)} via ${formatIpv4(best.nextHop!)}, local preference ${best.localPreference}, AS path ${best.path.join(' ') || 'empty'}`,
    at(best.session?.neighbor.line),
    sizesAt(walk, router, from, onto),
  );
  const kept = filtered(walk, router, from, onto?.name);
  if (kept !== undefined) return kept;
  if (cloud === undefined) return atNeighbor(walk, neighbor, { router });
  const gateway = index.gateways.get(cloud.transit);
  const attachment = gateway?.gateway.attachments.find(
    (a) => (a.to.kind === 'line' && a.to.line === cloud.id) || (a.to.kind === 'vpn' && a.to.vpn === cloud.id),
  );
  if (gateway === undefined || attachment === undefined)
    return drop(walk, 'NOT_ATTACHED', router.id, 'the cloud’s end is attached to no transit gateway', at());
  if (walk.without.links.has(cloud.id)) return drop(walk, 'LINK_DOWN', router.id, 'that link is down', at());
  return forward(walk, gateway, attachment);
}

function tells({ allowedPrefixes }: CloudLine, { prefix }: BgpRoute): boolean {
  return allowedPrefixes.some((allowed) => sameCidr(allowed, prefix));
}

/** Neighbours whose sessions are down, which explain a route that is missing. */
function silentWords({ bgp, trace }: Walk, router: Router): string {
  if (trace === undefined) return '';
  const silent = bgp.sessions.down
    .filter((s) => s.router.id === router.id)
    .map((s) => `${formatIpv4(s.neighbor.address)}: ${s.why}`);
  const full = bgp.overflowing
    .filter((s) => s.router.id === router.id)
    .map((s) => `${formatIpv4(s.neighbor.address)}: more prefixes than its maximum`);
  const all = [...silent, ...full];
  return all.length === 0 ? '' : ` (sessions down: ${all.join('; ')})`;
}
