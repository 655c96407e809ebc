/** Packets at a data centre's routers and hosts. */
import { formatIpv4, sizeOfBits } from '../../estate/addresses/cidr';
import type { RibRoute } from '../bgp/rib';
import type { BgpRoute } from '../bgp/routes';
import { isCore } from '../cores';
import { hostOfRack } from '../host/host';
import { routeTo, sendingSizes, takingSizes } from '../host/packet-sizes';
import { formatRange, holds, networkOf, rangeKey } from '../range';
import type { IdcEndpoint, Origin, Range, Router } from '../world';
import { deadEnd, leaveHost, sendsWords } from './host';
import type { Outcome } from './outcome';
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
  const router = index.routerAt.get(gateway);
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
  return enterRouter(walk, router, packet);
}

/**
 * On a network of a data centre: the host or router that has the address.
 *
 * @param sender the router that sends it there @default - a host does
 * @param by its static route @default - the address itself is on the network
 */
function atNeighbor(
  walk: Walk,
  address: number,
  sender?: Router,
  by?: { readonly destination: Range; readonly line: number },
): Outcome {
  const { index, packet, without } = walk;
  if (sender !== undefined && without.cores.has(sender.idc) && isCore(index.cores, sender.idc, address))
    return drop(walk, 'LINK_DOWN', sender.id, `${sender.idc}/core, the network between the routers, is down`, {
      stack: sender.file,
      logicalId: 'interface',
    });
  const host = index.idcHostAt.get(address);
  if (host !== undefined && without.hosts.has(host.host))
    return deadEnd(
      walk,
      host.host,
      by?.destination,
      by === undefined ? { stack: host.file, logicalId: 'Address' } : { stack: sender!.file, logicalId: `line ${by.line}` },
    );
  if (host !== undefined) return arriveIdc(walk, host);
  const router = index.routerAt.get(address);
  if (router !== undefined && address !== packet.destination) return enterRouter(walk, router, packet);
  if (router !== undefined)
    return drop(walk, 'ROUTER_ITSELF', router.id, `${formatIpv4(address)} is the router itself`, {
      stack: router.file,
      logicalId: 'interface',
    });
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

/** Longest prefix; at the same length connected before static before BGP. Source: FRR user guide, "Administrative Distance Metrics". */
function lookup({ bgp }: Walk, router: Router, address: number): Best | undefined {
  const rib = bgp.ribs.get(router.id)!.routes.find(address);
  const table = bgp.best.get(router.id);
  const changing = bgp.unsettled.get(router.id);
  const least = rib?.destination.bits ?? -1;
  for (let bits = 32; bits > least; bits--) {
    const key = rangeKey({ base: address - (address % sizeOfBits(bits)), bits });
    const unsettled = changing?.get(key);
    if (unsettled !== undefined) return { unsettled };
    const found = table?.get(key);
    if (found?.nextHop !== undefined) return { bgp: found };
  }
  return rib === undefined ? undefined : { rib };
}

export function enterRouter(walk: Walk, router: Router, packet: Packet): Outcome {
  const { trace, without, bgp } = walk;
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
    if (rib.kind === 'null')
      return drop(
        walk,
        'BLACKHOLE',
        router.id,
        `null route ${formatRange(rib.destination)}${silentWords(walk, router)}`,
        at(rib.line),
      );
    if (rib.kind === 'connected') {
      trace?.pass(
        router.id,
        `${formatRange(rib.destination)} is connected on ${rib.interface}`,
        at(),
        mtuTowards(router, packet.destination),
      );
      return atNeighbor(walk, packet.destination, router);
    }
    trace?.pass(
      router.id,
      `static route ${formatRange(rib.destination)} via ${formatIpv4(rib.via)}`,
      at(rib.line),
      mtuTowards(router, rib.via),
    );
    return atNeighbor(walk, bgp.ribs.get(router.id)!.connected(rib.via) ?? rib.via, router, rib);
  }
  return alongBgp(walk, router, best.bgp, at);
}

/** Of the interface whose network an address is in. */
function mtuTowards({ interfaces }: Router, address: number): number | undefined {
  return interfaces.find((i) => holds({ base: i.address - (i.address % sizeOfBits(i.bits)), bits: i.bits }, address))?.mtu;
}

function alongBgp(walk: Walk, router: Router, best: BgpRoute, at: (line?: number) => Origin): Outcome {
  const { index, trace, bgp } = walk;
  const neighbor = bgp.ribs.get(router.id)!.connected(best.nextHop!) ?? best.nextHop!;
  // The next hop may be another router's neighbour: then the cloud's end that faces us is the one on our own wire.
  const cloud = [
    ...index.world.lines.map((l) => ({ kind: 'line' as const, id: l.id, at: l.cloudAddress, transit: l.transit })),
    ...index.world.vpns.flatMap((v) =>
      v.tunnels.map((t) => ({ kind: 'vpn' as const, id: v.id, at: t.cloudAddress, transit: v.transit })),
    ),
  ].find((end) => end.at === neighbor);
  trace?.pass(
    router.id,
    `BGP route ${formatRange(best.prefix)} via ${formatIpv4(best.nextHop!)}, local preference ${best.localPreference}, AS path ${best.path.join(' ') || 'empty'}`,
    at(best.session?.neighbor.line),
    mtuTowards(router, neighbor),
  );
  if (cloud === undefined) return atNeighbor(walk, neighbor, router);
  const gateway = index.gateways.get(cloud.transit);
  const attachment = gateway?.gateway.attachments.find(
    (a) => (a.to.kind === 'line' && a.to.line === cloud.id) || (a.to.kind === 'vpn' && a.to.vpn === cloud.id),
  );
  if (gateway === undefined || attachment === undefined)
    return drop(walk, 'NOT_ATTACHED', router.id, 'the cloud’s end is attached to no transit gateway', at());
  if (walk.without.links.has(cloud.id)) return drop(walk, 'LINK_DOWN', router.id, 'that link is down', at());
  return forward(walk, gateway, attachment);
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
