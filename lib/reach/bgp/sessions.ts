/** Which BGP sessions come up: both ends must name each other's address and AS number. */
import { coresOf, isCore } from '../cores';
import type { Without } from '../without';
import type { CloudLine, CloudVpn, Router, RouterNeighbor, World } from '../world';
import type { Rib } from './rib';

/** A session as one router sees it. */
export interface Session {
  readonly router: Router;
  readonly neighbor: RouterNeighbor;
  readonly peer:
    | { readonly kind: 'router'; readonly router: Router; readonly neighbor: RouterNeighbor }
    /** `ends`: one a transit gateway that the line's gateway is associated with; `line` is the first. */
    | { readonly kind: 'line'; readonly line: CloudLine; readonly ends: readonly CloudLine[] }
    | { readonly kind: 'vpn'; readonly vpn: CloudVpn };
  readonly internal: boolean;
}

/** A neighbour whose session can't come up, and why. */
export interface Silence {
  readonly router: Router;
  readonly neighbor: RouterNeighbor;
  readonly why: string;
}

export interface Sessions {
  readonly up: readonly Session[];
  readonly down: readonly Silence[];
}

export function findSessions(world: World, ribs: ReadonlyMap<string, Rib>, without: Without): Sessions {
  const up: Session[] = [];
  const down: Silence[] = [];
  for (const router of world.routers) {
    for (const neighbor of router.neighbors) {
      const found = sessionOf(world, ribs, without, router, neighbor);
      if (typeof found === 'string') down.push({ router, neighbor, why: found });
      else up.push({ router, neighbor, ...found });
    }
  }
  return { up, down };
}

type Peer = Pick<Session, 'peer' | 'internal'>;

function sessionOf(
  world: World,
  ribs: ReadonlyMap<string, Rib>,
  without: Without,
  router: Router,
  neighbor: RouterNeighbor,
): Peer | string {
  if (without.routers.has(router.id)) return `${router.id} is down`;
  if (without.bgp.has(router.id)) return `BGP of ${router.id} is down`;
  const own = ribs.get(router.id)!;
  if (own.connected(neighbor.address) === undefined) return 'no connected or static route leads to its address';
  const all = world.lines.filter((l) => l.cloudAddress === neighbor.address && own.own(l.idcAddress));
  if (all.length > 0) {
    const ends = all.filter(({ id }) => !without.links.has(id));
    const [line] = ends;
    if (line === undefined) return 'the line is down';
    const { vlan = line.vlan } = router.interfaces.find((i) => i.address === line.idcAddress) ?? {};
    if (vlan !== line.vlan) return `the router has the line on VLAN ${vlan}, the cloud on ${line.vlan}`;
    return matching(router, neighbor, line) ?? { peer: { kind: 'line', line, ends }, internal: false };
  }
  const vpn = world.vpns.find((v) => v.tunnels.some((t) => t.cloudAddress === neighbor.address && own.own(t.idcAddress)));
  if (vpn !== undefined) {
    if (without.links.has(vpn.id)) return 'the VPN is down';
    return matching(router, neighbor, vpn) ?? { peer: { kind: 'vpn', vpn }, internal: false };
  }
  return routerPeer(world, ribs, without, router, neighbor);
}

/** Why the two ends don't agree; undefined when they do. */
function matching(
  router: Router,
  neighbor: RouterNeighbor,
  cloud: { readonly asn: number; readonly idcAsn: number },
): string | undefined {
  if (neighbor.asn !== 0 && neighbor.asn !== cloud.asn)
    return `the router expects AS ${neighbor.asn}, the cloud is AS ${cloud.asn}`;
  if (router.asn !== cloud.idcAsn) return `the cloud expects AS ${cloud.idcAsn}, the router is AS ${router.asn}`;
  return undefined;
}

function routerPeer(
  world: World,
  ribs: ReadonlyMap<string, Rib>,
  without: Without,
  router: Router,
  neighbor: RouterNeighbor,
): Peer | string {
  const own = ribs.get(router.id)!;
  const peer = world.routers.find((r) => r.id !== router.id && r.interfaces.some((i) => i.address === neighbor.address));
  if (peer === undefined) return 'no router, line or tunnel has its address';
  if (without.routers.has(peer.id) || without.bgp.has(peer.id)) return `${peer.id} does not answer`;
  const over = own.connected(neighbor.address);
  if (without.cores.has(router.idc) && over !== undefined && isCore(coresOf(world), router.idc, over))
    return `${router.idc}/core is down`;
  const theirs = peer.neighbors.find((n) => own.own(n.address));
  if (theirs === undefined) return `${peer.id} does not know this router as its neighbour`;
  if (neighbor.asn !== 0 && neighbor.asn !== peer.asn)
    return `the router expects AS ${neighbor.asn}, ${peer.id} is AS ${peer.asn}`;
  if (theirs.asn !== 0 && theirs.asn !== router.asn) return `${peer.id} expects AS ${theirs.asn}, the router is AS ${router.asn}`;
  if (ribs.get(peer.id)!.connected(theirs.address) === undefined) return `${peer.id} has no route back to this router`;
  return { peer: { kind: 'router', router: peer, neighbor: theirs }, internal: peer.asn === router.asn };
}
