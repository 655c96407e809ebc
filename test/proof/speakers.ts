/** Whoever speaks BGP in a World: FRR in the data centres' routers, as rendered, and at the clouds' ends of lines and VPNs. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../lib/reach/bgp/sessions';
import { topologyOf } from '../../lib/reach/walk/topology';
import { NOTHING_DOWN, type Without } from '../../lib/reach/without';
import type { Router } from '../../lib/reach/world';
import { type Frr, startFrr } from '../idc/frr';
import { cloudConfig } from './cloud-bgp';
import type { Draft } from './draft';
import { LearnedRoutes } from './learned-routes';
import { address } from './text';

export class Speakers {
  readonly #draft: Draft;
  readonly #frr = new Map<string, Frr>();
  readonly #learned: LearnedRoutes[] = [];

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  /** FRR of a router or transit gateway. */
  of(id: string): Frr {
    return this.#frr.get(id)!;
  }

  async end(): Promise<void> {
    await Promise.all(this.#learned.map((each) => each.end()));
    await Promise.all([...this.#frr.values()].map((frr) => frr.stop()));
  }

  /** @param routerFiles rendered frr.conf of each router, by its id */
  async start(routerFiles: ReadonlyMap<string, string>): Promise<void> {
    const { world, routers, transits, sessions: byGateway } = this.#draft;
    const rendered = world.routers.map((router: Router) => {
      const file = routerFiles.get(router.id);
      if (file === undefined) throw new Error(`no frr.conf of ${router.id}`);
      return [router.id, routers.get(router.id)!, file] as const;
    });
    const clouds = world.transits.flatMap((gateway) => {
      const sessions = byGateway.get(gateway.id);
      return sessions === undefined ? [] : [{ gateway, sessions, namespace: transits.get(gateway.id)! }];
    });
    const all = [
      ...rendered,
      ...clouds.map(
        ({ gateway, sessions, namespace }) => [gateway.id, namespace, cloudConfig(gateway, sessions, world)] as const,
      ),
    ];
    const started = await Promise.allSettled(
      all.map(async ([id, namespace, config]) => {
        this.#frr.set(id, await startFrr(namespace, config));
      }),
    );
    const failed = started.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    for (const { gateway, sessions, namespace } of clouds) this.#learned.push(new LearnedRoutes(namespace, gateway, sessions));
    await this.settle();
  }

  /**
   * Waits until BGP has told everything: the sessions that can stand do, BFD with them where both ends ask for it (a line that is cut
   * before is noticed after its hold time of 90 s only), and for a while no count of prefixes and no route of the kernel's has changed.
   *
   * @param without what is down: sessions over it are not waited for
   * @param ended of that, what sessions must have noticed
   */
  async settle(without: Without = NOTHING_DOWN, ended: Without = NOTHING_DOWN, seconds = 30): Promise<void> {
    if (this.#frr.size === 0) return;
    const sessions = (down: Without) => topologyOf(this.#draft.world, down).bgp.sessions.up;
    const ends = (s: Session) => [s.router.id, address(s.neighbor.address)] as const;
    const upWithout = (down: Without) => sessions(down).map(ends);
    const awaited = upWithout(without);
    const watched = sessions(without).filter(isWatched).map(ends);
    const kept = new Set(upWithout(ended).map(String));
    // A neighbour whose router is gone is believed until its hold time is over: 9 s between routers of a data centre.
    const gone = upWithout(NOTHING_DOWN).filter((session) => !kept.has(String(session)));
    const deadline = Date.now() + seconds * 1000;
    let before = '';
    for (let same = 0; same < 3; ) {
      // Where reach says so, too, nobody waits for rest.
      if (Date.now() > deadline && topologyOf(this.#draft.world, without).bgp.unsettled.size > 0) break;
      if (Date.now() > deadline) throw new Error(`BGP did not settle within ${seconds} s: ${before}`);
      await sleep(100);
      const peers = new Map([...this.#frr].map(([id, frr]) => [id, peersOf(frr)]));
      const is = ([id, who]: readonly [string, string]) => peers.get(id)?.[who]?.state === 'Established';
      const stands = awaited.every(is) && !gone.some(is) && watched.every(([id, who]) => isAlive(this.of(id), who));
      const now = JSON.stringify([...peers, ...[...this.#frr.keys()].map((id) => routesOf(this.#namespaceOf(id)))]);
      same = now === before && stands ? same + 1 : 0;
      before = now;
    }
    await Promise.all(this.#learned.map((each) => each.settled()));
  }

  #namespaceOf(id: string): string {
    return (this.#draft.routers.get(id) ?? this.#draft.transits.get(id))!;
  }
}

/** Whether both ends ask for BFD. The cloud's end of a line does; a VPN has none. */
function isWatched({ neighbor, peer }: Session): boolean {
  return neighbor.bfd && (peer.kind === 'line' || (peer.kind === 'router' && peer.neighbor.bfd));
}

/** Whether BFD has heard a neighbour; no while the daemon is down. */
function isAlive(frr: Frr, who: string): boolean {
  try {
    const peers = frr.json<readonly { readonly peer: string; readonly status: string }[]>('show bfd peers json');
    return peers.some(({ peer, status }) => peer === who && status === 'up');
  } catch {
    return false;
  }
}

/** What FRR has given to the kernel, as it is printed. */
function routesOf(namespace: string): string {
  return execFileSync('ip', ['-n', namespace, 'route', 'show', 'proto', 'bgp'], { encoding: 'utf8' });
}

interface Peer {
  readonly state: string;
  readonly pfxRcd?: number;
  readonly pfxSnt?: number;
}

/** State and counts of every session, by address; nothing while the daemon is down. */
function peersOf(frr: Frr): Readonly<Record<string, Pick<Peer, 'state' | 'pfxRcd' | 'pfxSnt'>>> {
  let peers: Readonly<Record<string, Peer>>;
  try {
    peers = frr.json<{ readonly peers?: Readonly<Record<string, Peer>> }>('show bgp ipv4 unicast summary json').peers ?? {};
  } catch {
    return {};
  }
  return Object.fromEntries(Object.entries(peers).map(([who, { state, pfxRcd, pfxSnt }]) => [who, { state, pfxRcd, pfxSnt }]));
}
