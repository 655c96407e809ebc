/** A World, built of network namespaces: real packets through real routing tables, packet filters and the real FRR. */
import { setTimeout as sleep } from 'node:timers/promises';
import { topologyOf } from '../../lib/reach/walk/topology';
import { NOTHING_DOWN, type Without } from '../../lib/reach/without';
import type { CloudVpn, NetworkInterface, Router, Subnet, TransitGateway, Vpc, World } from '../../lib/reach/world';
import { type Frr, startFrr } from '../idc/frr';
import type { Agent, Probe } from './agent';
import { type CloudSession, cloudConfig, sessionOfLine, sessionOfTunnel } from './cloud-bgp';
import { addDataCentre, addressRouter, type DataCentreNamespaces } from './data-centre';
import { addHost, HOST_DEVICE, type HostStation } from './hosts';
import { LearnedRoutes } from './learned-routes';
import { change, Namespaces, OTHER_END, setFilter } from './namespaces';
import { address } from './text';
import { addTransitRouting, type Entry } from './transit';
import { addVpcRouting, HOST_MTU } from './vpc';

const TRANSIT_MTU = 8500;
/** AWS: across regions a peering carries this; the proof's probes are small. */
const PEERING_MTU = 1500;

/** Both ends of a wire, or all of a router's. */
type Cable = readonly (readonly [namespace: string, device: string])[];

export interface KernelOptions {
  /** Rendered frr.conf of each router, by its id. */
  readonly routerFiles: ReadonlyMap<string, string>;
}

export class Kernel {
  readonly world: World;
  readonly #agent: Agent;
  readonly #options: KernelOptions;
  readonly #namespaces = new Namespaces();
  readonly #stations = new Map<string, HostStation>();
  readonly #routers = new Map<string, string>();
  readonly #vpcRouters = new Map<string, string>();
  readonly #transits = new Map<string, string>();
  readonly #hostPorts = new Map<string, Map<string, string>>();
  readonly #cables = new Map<string, Cable>();
  readonly #cuts = new Set<string>();
  readonly #entries: Entry[] = [];
  /** Ports of VPC attachments at the gateway's end, by id of the attachment. */
  readonly #entrances = new Map<string, readonly { readonly subnet: Subnet; readonly device: string }[]>();
  readonly #sessions = new Map<string, CloudSession[]>();
  readonly #frr = new Map<string, Frr>();
  readonly #learned: LearnedRoutes[] = [];
  #made = false;

  constructor(world: World, agent: Agent, options: KernelOptions) {
    this.world = world;
    this.#agent = agent;
    this.#options = options;
  }

  /** Everything that sends and answers, by id: interfaces by their host's name, containers by host and range. */
  get stations(): readonly HostStation[] {
    return [...this.#stations.values()];
  }

  /** Names of wires: `host <name>`, `peering <id>`, `transit-peering <id>`, `attachment <id> <subnet>`, `line <id>`, `tunnel <vpn> <n>`, `router <id>`. */
  get cables(): readonly string[] {
    return [...this.#cables.keys()];
  }

  /** Both ends of a wire by its name. */
  wire(name: string): Cable {
    const cable = this.#cables.get(name);
    if (cable === undefined) throw new Error(`no cable ${name}: ${this.cables.join(', ')}`);
    return cable;
  }

  routerNamespace(id: string): string {
    return this.#routers.get(id)!;
  }

  frr(router: string): Frr {
    return this.#frr.get(router)!;
  }

  async make(): Promise<void> {
    this.#lay();
    await this.#namespaces.make();
    this.#made = true;
    const settings = { ip_forward: 1, 'conf/*/rp_filter': 0, 'conf/*/send_redirects': 0 };
    await this.#agent.sysctl(Object.fromEntries(this.#namespaces.names.map((name) => [name, settings])));
    await this.#agent.open(this.stations);
    await this.#startRouters();
  }

  async end(): Promise<void> {
    await Promise.all(this.#learned.map((each) => each.end()));
    await Promise.all([...this.#frr.values()].map((frr) => frr.stop()));
    if (this.#made) await this.#agent.close();
    this.#namespaces.end();
  }

  probe(probes: readonly Probe[]): Promise<boolean[]> {
    return this.#agent.probe(probes);
  }

  /** Silently: neither end's carrier tells anybody. */
  async cut(name: string): Promise<void> {
    if (this.#cuts.has(name)) return;
    this.#cuts.add(name);
    await Promise.all(this.wire(name).map(([namespace, device]) => setFilter(namespace, cutRules(device))));
  }

  async mend(name: string): Promise<void> {
    if (!this.#cuts.delete(name)) return;
    await Promise.all(
      this.wire(name).map(([namespace, device]) => setFilter(namespace, `delete table inet ${cutTable(device)}\n`)),
    );
  }

  /** The wire is pulled: both ends notice at once, as a tunnel does whose keys ran out. */
  async unplug(name: string): Promise<void> {
    await Promise.all(this.wire(name).map(([namespace, device]) => change(namespace, `link set ${device} down`)));
  }

  async plug(name: string): Promise<void> {
    await Promise.all(this.wire(name).map(([namespace, device]) => change(namespace, `link set ${device} up`)));
  }

  /** Brings down what `without` says, on top of what is down, and waits until BGP knows. BGP of a router doesn't come back. */
  async fail(without: Without): Promise<void> {
    for (const cable of this.#cablesOf(without)) {
      // A VPN's session would notice after its hold time of 30 s only.
      if (PULLED.test(cable)) await this.unplug(cable);
      else await this.cut(cable);
    }
    for (const router of without.bgp) process.kill(this.frr(router).pid('bgpd'), 'SIGKILL');
    await this.settle(without);
  }

  async heal(without: Without): Promise<void> {
    for (const cable of this.#cablesOf(without)) {
      if (PULLED.test(cable)) await this.plug(cable);
      else await this.mend(cable);
    }
    await this.settle();
  }

  #cablesOf(without: Without): string[] {
    const inZones = this.world.vpcs.flatMap((vpc) => {
      const subnets = new Set(vpc.subnets.filter((subnet) => without.zones.has(subnet.zone)).map((subnet) => subnet.id));
      const hosts = vpc.interfaces.filter((each) => each.up && subnets.has(each.subnet)).map((each) => `host ${each.host}`);
      return [...hosts, ...this.cables.filter((name) => name.startsWith('attachment ') && subnets.has(name.split(' ')[2]!))];
    });
    const ofLinks = this.cables.filter((name) => {
      const [kind, id] = name.split(' ');
      return ['peering', 'transit-peering', 'line', 'tunnel'].includes(kind!) && without.links.has(id!);
    });
    return [...inZones, ...ofLinks, ...[...without.routers].map((id) => `router ${id}`)];
  }

  /**
   * In how many ways packets from elsewhere may come out in VPCs: a transit gateway takes any zone that lives and has an attachment
   * subnet. Subnets of one table are the same.
   */
  entrances(without: Without = NOTHING_DOWN): number {
    const ways = [...this.#entrances.values()].map((ports) => {
      const alive = ports.filter(({ subnet }) => !without.zones.has(subnet.zone));
      return new Set(alive.map(({ subnet }) => subnet.table)).size > 1 ? alive.length : 1;
    });
    return Math.max(1, ...ways);
  }

  /** Lets packets from elsewhere come out in the n-th zone that lives, of every VPC. */
  async enterBy(n: number, without: Without = NOTHING_DOWN): Promise<void> {
    const lines = new Map<string, string[]>();
    for (const { router, table, destination, attachment } of this.#entries) {
      const alive = (this.#entrances.get(attachment) ?? []).filter(({ subnet }) => !without.zones.has(subnet.zone));
      const port = alive[n % Math.max(1, alive.length)];
      const words = port === undefined ? `blackhole ${destination}` : `${destination} via ${OTHER_END} dev ${port.device} onlink`;
      lines.set(router, [...(lines.get(router) ?? []), `route replace ${words} table ${table}`]);
    }
    await Promise.all([...lines].map(([router, all]) => change(router, ...all)));
  }

  /**
   * Waits until BGP has told everything: the sessions that can stand do, and no count of prefixes has changed for a while.
   *
   * @param without what is down: sessions over it are not waited for
   */
  async settle(without: Without = NOTHING_DOWN, seconds = 30): Promise<void> {
    if (this.#frr.size === 0) return;
    const awaited = topologyOf(this.world, without).bgp.sessions.up.map(
      (s) => [s.router.id, address(s.neighbor.address)] as const,
    );
    const deadline = Date.now() + seconds * 1000;
    let before = '';
    for (let same = 0; same < 3; ) {
      if (Date.now() > deadline) throw new Error(`BGP did not settle within ${seconds} s: ${before}`);
      await sleep(100);
      const peers = new Map([...this.#frr].map(([id, frr]) => [id, peersOf(frr)]));
      const stands = awaited.every(([id, who]) => peers.get(id)?.[who]?.state === 'Established');
      const now = JSON.stringify([...peers]);
      same = now === before && stands ? same + 1 : 0;
      before = now;
    }
    await Promise.all(this.#learned.map((each) => each.settled()));
  }

  #lay(): void {
    const { world } = this;
    for (const vpc of world.vpcs) {
      this.#vpcRouters.set(vpc.id, this.#namespaces.add());
      this.#hostPorts.set(vpc.id, new Map());
      for (const each of vpc.interfaces.filter((i) => i.up)) this.#layHost(vpc, each);
    }
    for (const gateway of world.transits) this.#transits.set(gateway.id, this.#namespaces.add());
    for (const idc of new Set(world.routers.map((router) => router.idc)))
      this.#layDataCentre(addDataCentre(this.#namespaces, idc, world));
    const peeringPorts = this.#layPeerings();
    const attachmentPorts = this.#layTransits();
    for (const vpc of world.vpcs) {
      addVpcRouting(
        this.#namespaces,
        this.#vpcRouters.get(vpc.id)!,
        vpc,
        {
          hosts: this.#hostPorts.get(vpc.id)!,
          peerings: peeringPorts.get(vpc.id) ?? [],
          attachments: attachmentPorts.get(vpc.id) ?? new Map(),
        },
        world,
      );
    }
  }

  #layHost(vpc: Vpc, each: NetworkInterface): void {
    const ports = this.#hostPorts.get(vpc.id)!;
    const device = `h${ports.size}`;
    ports.set(each.id, device);
    const containers = [...each.containers, ...each.prefixes];
    const host = addHost(this.#namespaces, { id: each.host, address: each.address, bits: 32, containers });
    this.#namespaces.wire(
      { namespace: this.#vpcRouters.get(vpc.id)!, device },
      { namespace: host.namespace, device: HOST_DEVICE, addresses: [address(each.address)] },
      HOST_MTU,
    );
    this.#cables.set(`host ${each.host}`, [
      [this.#vpcRouters.get(vpc.id)!, device],
      [host.namespace, HOST_DEVICE],
    ]);
    for (const station of host.stations) this.#stations.set(station.id, station);
  }

  #layDataCentre(made: DataCentreNamespaces): void {
    for (const [id, namespace] of made.routers) {
      this.#routers.set(id, namespace);
      const router = this.world.routers.find((each) => each.id === id)!;
      const vlans = router.interfaces.filter((each) => each.name.startsWith('vlan'));
      this.#cables.set(
        `router ${id}`,
        vlans.map((each) => [namespace, each.name] as const),
      );
    }
    for (const host of made.hosts.values()) for (const station of host.stations) this.#stations.set(station.id, station);
  }

  #layPeerings(): Map<string, { peering: World['peerings'][number]; device: string; farCidrs: Vpc['cidrs'] }[]> {
    const ports = new Map<string, { peering: World['peerings'][number]; device: string; farCidrs: Vpc['cidrs'] }[]>();
    this.world.peerings.forEach((peering, n) => {
      const [a, b] = [peering.requester, peering.accepter].map((id) => this.world.vpcs.find((vpc) => vpc.id === id));
      if (!a || !b || !peering.accepted) return;
      const device = `pcx${n}`;
      const ends = [a, b].map((vpc) => this.#vpcRouters.get(vpc.id)!) as [string, string];
      this.#namespaces.wire({ namespace: ends[0], device }, { namespace: ends[1], device }, PEERING_MTU);
      this.#cables.set(
        `peering ${peering.id}`,
        ends.map((namespace) => [namespace, device] as const),
      );
      ports.set(a.id, [...(ports.get(a.id) ?? []), { peering, device, farCidrs: b.cidrs }]);
      ports.set(b.id, [...(ports.get(b.id) ?? []), { peering, device, farCidrs: a.cidrs }]);
    });
    return ports;
  }

  /** Wires of transit gateways; returns the ports at the VPCs' ends. */
  #layTransits(): Map<string, Map<string, { subnet: Subnet; device: string }[]>> {
    const atVpcs = new Map<string, Map<string, { subnet: Subnet; device: string }[]>>();
    const devices = new Map<string, Map<string, string[]>>();
    const wiredPeerings = new Map<string, readonly [string, string]>();
    this.world.transitPeerings.forEach((peering, n) => {
      const [a, b] = [peering.requester, peering.accepter].map((id) => this.#transits.get(id));
      if (a === undefined || b === undefined || !peering.accepted) return;
      const device = `tp${n}`;
      this.#namespaces.wire({ namespace: a, device }, { namespace: b, device }, TRANSIT_MTU);
      this.#cables.set(`transit-peering ${peering.id}`, [
        [a, device],
        [b, device],
      ]);
      wiredPeerings.set(peering.id, [device, device]);
    });
    const wired = new Map<string, Set<string>>();
    for (const gateway of this.world.transits) {
      const own = new Map<string, string[]>();
      devices.set(gateway.id, own);
      gateway.attachments.forEach((attachment, n) => {
        const namespace = this.#transits.get(gateway.id)!;
        const { to } = attachment;
        if (to.kind === 'peering')
          own.set(attachment.id, wiredPeerings.has(to.peering) ? [wiredPeerings.get(to.peering)![0]] : []);
        if (to.kind === 'vpc') {
          const vpc = this.world.vpcs.find((each) => each.id === to.vpc);
          const subnets = vpc?.subnets.filter((subnet) => to.subnets.includes(subnet.id)) ?? [];
          const ports = subnets.map((subnet, k) => {
            const device = `a${n}-${k}`;
            const far = `t${this.world.transits.indexOf(gateway)}-${device}`;
            const router = this.#vpcRouters.get(vpc!.id)!;
            this.#namespaces.wire({ namespace, device }, { namespace: router, device: far }, TRANSIT_MTU);
            this.#cables.set(`attachment ${attachment.id} ${subnet.id}`, [
              [namespace, device],
              [router, far],
            ]);
            return { subnet, device, far };
          });
          this.#entrances.set(attachment.id, ports);
          own.set(
            attachment.id,
            ports.map((port) => port.device),
          );
          if (vpc) {
            const there = atVpcs.get(vpc.id) ?? new Map<string, { subnet: Subnet; device: string }[]>();
            there.set(
              attachment.id,
              ports.map(({ subnet, far }) => ({ subnet, device: far })),
            );
            atVpcs.set(vpc.id, there);
          }
        }
        if (to.kind === 'line') {
          const line = this.world.lines.find((each) => each.id === to.line);
          if (line === undefined) return;
          const device = this.#layOutward(
            gateway,
            `line ${line.id}`,
            `l${n}`,
            line.cloudAddress,
            line.idcAddress,
            line.mtu,
            wired,
          );
          own.set(attachment.id, device === undefined ? [] : [device]);
          if (device !== undefined) this.#session(gateway, sessionOfLine(attachment.id, device, line));
        }
        if (to.kind === 'vpn') {
          const vpn = this.world.vpns.find((each) => each.id === to.vpn);
          if (vpn !== undefined) own.set(attachment.id, this.#layTunnels(gateway, attachment.id, vpn, n, wired));
        }
      });
    }
    for (const gateway of this.world.transits)
      this.#entries.push(
        ...addTransitRouting(
          this.#namespaces,
          this.#transits.get(gateway.id)!,
          gateway,
          { devices: devices.get(gateway.id)! },
          this.world,
        ),
      );
    for (const router of this.world.routers)
      addressRouter(this.#namespaces, this.#routers.get(router.id)!, router, wired.get(router.id) ?? new Set());
    return atVpcs;
  }

  #layTunnels(gateway: TransitGateway, attachment: string, vpn: CloudVpn, n: number, wired: Map<string, Set<string>>): string[] {
    return vpn.tunnels.flatMap((tunnel, k) => {
      const device = this.#layOutward(
        gateway,
        `tunnel ${vpn.id} ${k}`,
        `n${n}-${k}`,
        tunnel.cloudAddress,
        tunnel.idcAddress,
        VPN_MTU,
        wired,
      );
      if (device === undefined) return [];
      this.#session(gateway, sessionOfTunnel(attachment, device, vpn, tunnel));
      return [device];
    });
  }

  #session(gateway: TransitGateway, session: CloudSession): void {
    this.#sessions.set(gateway.id, [...(this.#sessions.get(gateway.id) ?? []), session]);
  }

  /** A wire from a transit gateway to the router that has the other address; undefined when none has it. */
  #layOutward(
    gateway: TransitGateway,
    name: string,
    device: string,
    cloud: number,
    idc: number,
    mtu: number,
    wired: Map<string, Set<string>>,
  ): string | undefined {
    const router = this.world.routers.find((each) => each.interfaces.some((i) => i.address === idc));
    if (router === undefined) return undefined;
    const port = router.interfaces.find((i) => i.address === idc)!;
    const ends = [this.#transits.get(gateway.id)!, this.#routers.get(router.id)!] as const;
    this.#namespaces.wire({ namespace: ends[0], device }, { namespace: ends[1], device: port.name }, mtu);
    this.#namespaces.ip(ends[0], `address add ${address(cloud)}/${port.bits} dev ${device}`);
    wired.set(router.id, new Set([...(wired.get(router.id) ?? []), port.name]));
    this.#cables.set(name, [
      [ends[0], device],
      [ends[1], port.name],
    ]);
    this.#cables.set(`router ${router.id}`, [...this.wire(`router ${router.id}`), ...this.wire(name)]);
    return device;
  }

  async #startRouters(): Promise<void> {
    const rendered = this.world.routers.map((router: Router) => {
      const file = this.#options.routerFiles.get(router.id);
      if (file === undefined) throw new Error(`no frr.conf of ${router.id}`);
      return [router.id, this.#routers.get(router.id)!, file] as const;
    });
    const clouds = this.world.transits.flatMap((gateway) => {
      const sessions = this.#sessions.get(gateway.id);
      return sessions === undefined ? [] : [{ gateway, sessions, namespace: this.#transits.get(gateway.id)! }];
    });
    const all = [
      ...rendered,
      ...clouds.map(
        ({ gateway, sessions, namespace }) => [gateway.id, namespace, cloudConfig(gateway, sessions, this.world)] as const,
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
}

const PULLED = /^(?:tunnel|router) /;

const VPN_MTU = 1400;

const cutTable = (device: string): string => `cut_${device.replaceAll('-', '_')}`;

function cutRules(device: string): string {
  return `table inet ${cutTable(device)} {
  chain in {
    type filter hook prerouting priority -400; policy accept;
    iifname "${device}" drop
  }
}
`;
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
