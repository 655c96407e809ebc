/**
 * Which routes BGP settles on: every speaker tells its best routes through its policies until nothing changes.
 *
 * Source: FRR user guide, "BGP" (route selection, `ebgp-requires-policy`, `maximum-prefix`, `network import-check`);
 * VPC guide to transit gateways, "Route evaluation"; Direct Connect user guide, "Allowed prefixes interactions".
 */
import { sameCidr } from '../../estate/addresses/cidr';
import { VPN_ROUTES } from '../../facts/aws/limits';
import { QUOTAS } from '../../facts/aws/quotas';
import { formatRange, holdsRange, rangeKey } from '../range';
import type { Without } from '../without';
import type { CloudLine, Range, Router, World, WorldFault } from '../world';
import { permitting } from './policy';
import { Rib } from './rib';
import { findSessions, type Session, type Sessions } from './sessions';

export interface BgpRoute {
  readonly prefix: Range;
  readonly path: readonly number[];
  readonly localPreference: number;
  /** Absent: originated by the router itself. */
  readonly session?: Session;
  /** Address that packets are sent to. */
  readonly nextHop?: number;
}

/** A route that a cloud's end has learned from a router. */
export interface CloudRoute {
  readonly prefix: Range;
  readonly path: readonly number[];
  readonly router: Router;
}

export interface BgpState {
  readonly ribs: ReadonlyMap<string, Rib>;
  readonly sessions: Sessions;
  /** Best routes by router and prefix. */
  readonly best: ReadonlyMap<string, ReadonlyMap<number, BgpRoute>>;
  /** What each line or VPN has learned, best first by prefix. */
  readonly learned: ReadonlyMap<string, readonly CloudRoute[]>;
  /** Sessions that went down because more prefixes came than `maximum-prefix` allows. */
  readonly overflowing: readonly Session[];
  /** Ranges that a router, line or VPN still changed its routes to when the rounds ended, by its id: nothing is known of them. */
  readonly unsettled: Unsettled;
  /** Routes that don't settle, and next hops that were followed no further. */
  readonly faults: readonly WorldFault[];
}

type Unsettled = ReadonlyMap<string, ReadonlyMap<number, Range>>;

const DEFAULT_PREFERENCE = 100;
/** Each round tells routes one router further, and no path of an estate is as long. */
const MOST_ROUNDS = 64;

/** Last rounds in which changes are noted: a circle of policies comes round in fewer. */
const WATCHED_ROUNDS = 32;

export function settleBgp(world: World, without: Without): BgpState {
  const ribs = new Map(world.routers.map((router) => [router.id, new Rib(router)]));
  const sessions = findSessions(world, ribs, without);
  const overflowing = new Set<Session>();
  let best = new Map<string, Map<number, BgpRoute>>();
  let learned = new Map<string, CloudRoute[]>();
  const unsettled = new Map<string, Map<number, Range>>();
  let before = new Map<string, ToldOf>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const full = overflowing.size;
    const alive = sessions.up.filter((s) => !overflowing.has(s) && ![...overflowing].some((o) => isOtherEnd(o, s)));
    best = new Map(world.routers.map((router) => [router.id, choose(world, router, ribs, alive, best, learned, overflowing)]));
    learned = learn(
      alive.filter((s) => !overflowing.has(s)),
      best,
      overflowing,
    );
    const now = knownBy(best, learned);
    const changed = changes(before, now);
    before = now;
    if (changed.length === 0 && overflowing.size === full) {
      unsettled.clear();
      break;
    }
    if (round < MOST_ROUNDS - WATCHED_ROUNDS) continue;
    for (const { speaker, prefix } of changed) {
      if (!unsettled.has(speaker)) unsettled.set(speaker, new Map());
      unsettled.get(speaker)!.set(rangeKey(prefix), prefix);
    }
  }
  const faults = [...ribs.values()]
    .flatMap((rib) => rib.faults)
    .concat(world.routers.flatMap((r) => unsettledFault(r, unsettled)));
  return { ribs, sessions, best, learned, overflowing: [...overflowing], unsettled, faults };
}

function unsettledFault({ id, file }: Router, unsettled: Unsettled): WorldFault[] {
  const ranges = [...(unsettled.get(id)?.values() ?? [])].sort((a, b) => rangeKey(a) - rangeKey(b)).map(formatRange);
  if (ranges.length === 0) return [];
  const message = `its routes to ${ranges.join(', ')} do not settle: they still change after ${MOST_ROUNDS} rounds, so nothing is known of them`;
  return [{ where: file, what: 'bgp', message }];
}

function isOtherEnd(a: Session, b: Session): boolean {
  return (
    b.peer.kind === 'router' && b.peer.router.id === a.router.id && a.peer.kind === 'router' && a.peer.router.id === b.router.id
  );
}

/** What a speaker knows of each prefix, in one text. */
type ToldOf = ReadonlyMap<number, { readonly prefix: Range; readonly text: string }>;

/** By id of the router, line or VPN. */
function knownBy(best: BgpState['best'], learned: BgpState['learned']): Map<string, ToldOf> {
  const known = new Map<string, Map<number, { prefix: Range; text: string }>>();
  const add = (speaker: string, prefix: Range, text: string): void => {
    const own = known.get(speaker) ?? new Map<number, { prefix: Range; text: string }>();
    const key = rangeKey(prefix);
    own.set(key, { prefix, text: `${own.get(key)?.text ?? ''} ${text}` });
    known.set(speaker, own);
  };
  for (const [id, table] of best)
    for (const r of table.values()) add(id, r.prefix, `${r.path.join('.')} ${r.nextHop} ${r.localPreference}`);
  for (const [id, routes] of learned) for (const r of routes) add(id, r.prefix, r.path.join('.'));
  return known;
}

function changes(before: ReadonlyMap<string, ToldOf>, now: ReadonlyMap<string, ToldOf>) {
  const differing = (one: ReadonlyMap<string, ToldOf>, other: ReadonlyMap<string, ToldOf>) =>
    [...one].flatMap(([speaker, told]) =>
      [...told].flatMap(([key, { prefix, text }]) => (other.get(speaker)?.get(key)?.text === text ? [] : [{ speaker, prefix }])),
    );
  return [...differing(before, now), ...differing(now, before)];
}

/** A router's best route to each prefix, from what it originates and what its neighbours told last. */
function choose(
  world: World,
  router: Router,
  ribs: ReadonlyMap<string, Rib>,
  sessions: readonly Session[],
  best: ReadonlyMap<string, ReadonlyMap<number, BgpRoute>>,
  learned: ReadonlyMap<string, readonly CloudRoute[]>,
  overflowing: Set<Session>,
): Map<number, BgpRoute> {
  const candidates: BgpRoute[] = [];
  const rib = ribs.get(router.id)!;
  for (const prefix of router.originates) {
    const known = rib.routes.exact(prefix) !== undefined;
    if (known || !router.importCheck) candidates.push({ prefix, path: [], localPreference: DEFAULT_PREFERENCE });
  }
  for (const session of sessions.filter((s) => s.router.id === router.id)) {
    const told = tell(world, session, best, learned);
    const taken = told.map((route) => take(session, rib, route)).filter((route) => route !== undefined);
    const counted = session.neighbor.maxPrefixesForce === true ? told.length : taken.length;
    if (session.neighbor.maxPrefixes !== undefined && counted > session.neighbor.maxPrefixes) overflowing.add(session);
    else candidates.push(...taken);
  }
  const table = new Map<number, BgpRoute>();
  const consider = (route: BgpRoute) => {
    const key = rangeKey(route.prefix);
    const before = table.get(key);
    if (before === undefined || better(route, before)) table.set(key, route);
  };
  for (const route of candidates) consider(route);
  for (const prefix of router.aggregates) {
    const inside = candidates.some((c) => c.prefix.bits > prefix.bits && holdsRange(prefix, c.prefix));
    if (inside) consider({ prefix, path: [], localPreference: DEFAULT_PREFERENCE });
  }
  return table;
}

/** Local preference, own routes, shorter path, eBGP before iBGP, then the lower address. */
function better(a: BgpRoute, b: BgpRoute): boolean {
  if (a.localPreference !== b.localPreference) return a.localPreference > b.localPreference;
  if ((a.session === undefined) !== (b.session === undefined)) return a.session === undefined;
  if (a.path.length !== b.path.length) return a.path.length < b.path.length;
  if (a.session?.internal !== b.session?.internal) return a.session?.internal === false;
  return (a.session?.neighbor.address ?? 0) < (b.session?.neighbor.address ?? 0);
}

interface Told {
  readonly prefix: Range;
  readonly path: readonly number[];
  readonly nextHop: number;
  /** Only inside an AS. */
  readonly localPreference?: number;
}

/** What the other end of a session tells. */
function tell(
  world: World,
  { router, neighbor, peer, internal }: Session,
  best: ReadonlyMap<string, ReadonlyMap<number, BgpRoute>>,
  learned: ReadonlyMap<string, readonly CloudRoute[]>,
): Told[] {
  if (peer.kind === 'line') {
    // The allowed prefixes are exactly what a Direct Connect gateway tells of a transit gateway.
    const attached = ({ id }: CloudLine): boolean =>
      world.transits.some((t) => t.attachments.some((a) => a.to.kind === 'line' && a.to.line === id));
    return peer.ends
      .filter(attached)
      .flatMap(({ allowedPrefixes, asn }) =>
        allowedPrefixes.map((prefix) => ({ prefix, path: [asn], nextHop: neighbor.address })),
      );
  }
  if (peer.kind === 'vpn' && peer.vpn.allowedPrefixes !== undefined)
    return peer.vpn.allowedPrefixes.map((prefix) => ({ prefix, path: [peer.vpn.asn], nextHop: neighbor.address }));
  if (peer.kind === 'vpn')
    return transitTells(world, peer.vpn.id, learned).map(({ prefix, path }) => ({
      prefix,
      path: [peer.vpn.asn, ...path],
      nextHop: neighbor.address,
    }));
  const told: Told[] = [];
  for (const route of best.get(peer.router.id)?.values() ?? []) {
    // A route from inside an AS is not told on inside it.
    if (internal && route.session?.internal === true) continue;
    if (route.session?.peer.kind === 'router' && route.session.peer.router.id === router.id) continue;
    const clause = outward(peer.router, peer.neighbor, internal, route.prefix);
    if (clause === undefined) continue;
    const path = internal ? route.path : [...Array<number>(1 + clause.prepends).fill(peer.router.asn), ...route.path];
    const own = internal && !peer.neighbor.nextHopSelf && route.nextHop !== undefined;
    told.push({
      prefix: route.prefix,
      path,
      nextHop: own ? route.nextHop! : neighbor.address,
      ...(internal ? { localPreference: clause.localPreference ?? route.localPreference } : {}),
    });
  }
  return told;
}

/** What stands in the transit table of a VPN's attachment: static routes that lead somewhere, and what was learned by propagation. */
function transitTells(
  world: World,
  vpn: string,
  learned: ReadonlyMap<string, readonly CloudRoute[]>,
): { prefix: Range; path: readonly number[] }[] {
  for (const gateway of world.transits) {
    const own = gateway.attachments.find((a) => a.to.kind === 'vpn' && a.to.vpn === vpn);
    const table = own === undefined ? undefined : gateway.tables.find((t) => t.id === own.table);
    if (own === undefined || table === undefined) continue;
    const statics = table.routes
      .filter((r) => r.attachment !== undefined && r.attachment !== own.id)
      .map((r) => ({ prefix: r.destination, path: [] as number[] }));
    const others = gateway.attachments.filter((a) => a.id !== own.id && table.propagated.includes(a.id));
    const propagated = others.flatMap(({ to }) => {
      if (to.kind === 'vpc')
        return (world.vpcs.find((v) => v.id === to.vpc)?.cidrs ?? []).map((prefix) => ({ prefix, path: [] as number[] }));
      return (learned.get(to.kind === 'line' ? to.line : to.kind === 'vpn' ? to.vpn : '') ?? []).map(({ prefix, path }) => ({
        prefix,
        path,
      }));
    });
    return [...statics, ...propagated.filter((p) => !statics.some((s) => sameCidr(s.prefix, p.prefix)))];
  }
  return [];
}

const OPEN = { permit: true, prepends: 0, localPreference: undefined };

function outward(router: Router, neighbor: Session['neighbor'], internal: boolean, prefix: Range) {
  if (neighbor.out !== undefined) return permitting(neighbor.out, prefix);
  return internal || !router.ebgpRequiresPolicy ? OPEN : undefined;
}

/** A told route after the router's own policy; undefined when it is refused. */
function take(session: Session, rib: Rib, told: Told): BgpRoute | undefined {
  const { router, neighbor, internal } = session;
  if (told.path.includes(router.asn)) return undefined;
  const open = internal || !router.ebgpRequiresPolicy ? OPEN : undefined;
  const clause = neighbor.in === undefined ? open : permitting(neighbor.in, told.prefix);
  if (clause === undefined || rib.connected(told.nextHop) === undefined) return undefined;
  return {
    prefix: told.prefix,
    path: [...Array<number>(clause.prepends).fill(router.asn), ...told.path],
    localPreference: clause.localPreference ?? told.localPreference ?? DEFAULT_PREFERENCE,
    session,
    nextHop: told.nextHop,
  };
}

/**
 * Prefixes that one session may tell the cloud; over it the cloud takes the session down. Source: Direct Connect user guide,
 * "Direct Connect quotas" (routes per BGP session on a transit virtual interface); Site-to-Site VPN guide, "Site-to-Site VPN quotas".
 */
const MOST_PREFIXES = { line: QUOTAS.prefixesFromIdc.most, vpn: VPN_ROUTES } as const;

/** What the cloud's ends learn. */
function learn(
  sessions: readonly Session[],
  best: ReadonlyMap<string, ReadonlyMap<number, BgpRoute>>,
  overflowing: Set<Session>,
): Map<string, CloudRoute[]> {
  const learned = new Map<string, CloudRoute[]>();
  for (const session of sessions) {
    const { router, neighbor, peer } = session;
    if (peer.kind === 'router') continue;
    const cloud = peer.kind === 'line' ? peer.line : peer.vpn;
    const told: CloudRoute[] = [];
    for (const route of best.get(router.id)?.values() ?? []) {
      const from = route.session?.peer;
      if (from !== undefined && from.kind !== 'router' && (from.kind === 'line' ? from.line : from.vpn).id === cloud.id) continue;
      const clause = outward(router, neighbor, false, route.prefix);
      if (clause === undefined) continue;
      const path = [...Array<number>(1 + clause.prepends).fill(router.asn), ...route.path];
      if (!path.includes(cloud.asn)) told.push({ prefix: route.prefix, path, router });
    }
    if (told.length > MOST_PREFIXES[peer.kind]) {
      overflowing.add(session);
      continue;
    }
    // A Direct Connect gateway passes on what it is told to every transit gateway that it is associated with.
    for (const { id } of peer.kind === 'line' ? peer.ends : [cloud])
      learned.set(
        id,
        [...(learned.get(id) ?? []), ...told].sort((a, b) => a.path.length - b.path.length),
      );
  }
  return learned;
}
