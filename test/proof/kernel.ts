/** A World, built of network namespaces: real packets through real routing tables, packet filters and the real FRR. */
import { NOTHING_DOWN, type Without } from '../../lib/reach/without';
import type { Vpc, World } from '../../lib/reach/world';
import type { Agent, Probe, SizeProbe, Transfer } from './agent';
import { type Cable, Draft } from './draft';
import type { OwnNetwork } from './host-filters';
import type { HostStation } from './hosts';
import { placedNats } from './internet';
import { lay } from './lay';
import { change, Namespaces, OTHER_END, setFilter } from './namespaces';
import { Speakers } from './speakers';

export interface KernelOptions {
  /** What each host does to its own network, by its name. @default - nothing */
  readonly hostFilters?: ReadonlyMap<string, OwnNetwork>;
  /** Rendered frr.conf of each router, by its id. */
  readonly routerFiles: ReadonlyMap<string, string>;
  /** Rendered nftables.conf of each router, by its id. @default - it forwards everything */
  readonly routerFilters?: ReadonlyMap<string, string>;
  /** Rendered settings of each router below net.ipv4. @default - it forwards, and checks no sources */
  readonly routerSettings?: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export class Kernel {
  readonly world: World;
  readonly #agent: Agent;
  readonly #options: KernelOptions;
  readonly #draft: Draft;
  readonly #speakers: Speakers;
  readonly #cuts = new Set<string>();
  #made = false;

  constructor(world: World, agent: Agent, options: KernelOptions) {
    this.world = world;
    this.#agent = agent;
    this.#options = options;
    this.#draft = new Draft(world, new Namespaces());
    this.#speakers = new Speakers(this.#draft);
  }

  /** Everything that sends and answers, by id: interfaces by their host's name, containers by host and range. */
  get stations(): readonly HostStation[] {
    return [...this.#draft.stations.values()];
  }

  /** Names of wires, as {@link Draft.cables} says. */
  get cables(): readonly string[] {
    return [...this.#draft.cables.keys()];
  }

  /** Both ends of a wire by its name. */
  wire(name: string): Cable {
    return this.#draft.cable(name);
  }

  async make(): Promise<void> {
    lay(this.#draft, this.#options.hostFilters, this.#options.routerFilters);
    const { namespaces } = this.#draft;
    await namespaces.make();
    this.#made = true;
    const settings = { ip_forward: 1, icmp_ratelimit: 0, 'conf/*/rp_filter': 0, 'conf/*/send_redirects': 0 };
    const rendered = [...this.#draft.routers].map(([id, name]) => {
      return [name, { ...settings, ...this.#options.routerSettings?.get(id) }] as const;
    });
    await this.#agent.sysctl(Object.fromEntries([...namespaces.names.map((name) => [name, settings] as const), ...rendered]));
    await this.#agent.open(this.stations);
    await this.#speakers.start(this.#options.routerFiles);
  }

  async end(): Promise<void> {
    await this.#speakers.end();
    if (this.#made) await this.#agent.close();
    this.#made = false;
    this.#draft.namespaces.end();
  }

  probe(probes: readonly Probe[]): Promise<boolean[]> {
    return this.#agent.probe(probes);
  }

  /** Packets of sizes. What senders were told before is forgotten. */
  async sizes(probes: readonly SizeProbe[]) {
    await this.#forget();
    return this.#agent.sizes(probes);
  }

  /** Bytes over TCP. Who has been told that packets are too large says so in its first packet the next time: that is forgotten, too. */
  async transfer(transfers: readonly Transfer[]): Promise<boolean[]> {
    await this.#forget();
    return this.#agent.transfer(transfers);
  }

  async #forget(): Promise<void> {
    const settings = { 'route/flush': 1 };
    await this.#agent.sysctl(Object.fromEntries(this.#draft.namespaces.names.map((name) => [name, settings])));
  }

  /** Waits until BGP has told everything. @param without what is down: sessions over it are not waited for */
  settle(without: Without = NOTHING_DOWN): Promise<void> {
    return this.#speakers.settle(without);
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
    for (const router of without.bgp) process.kill(this.#speakers.of(router).pid('bgpd'), 'SIGKILL');
    await this.#speakers.settle(without, without);
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
    const nats = this.world.vpcs.flatMap(natsWithZones).filter(({ zone }) => without.zones.has(zone));
    const ofNats = nats.map(({ id }) => `nat ${id}`).filter((name) => this.#draft.cables.has(name));
    const dead = [...without.hosts].flatMap((host) => [`host ${host}`, `containers ${host}`]);
    const cores = [...without.cores].map((idc) => `core ${idc}`);
    const ofLinks = this.cables.filter((name) => {
      const [kind, id] = name.split(' ');
      return ['peering', 'transit-peering', 'line', 'tunnel'].includes(kind!) && without.links.has(id!);
    });
    const standing = [...dead, ...cores].filter((name) => this.#draft.cables.has(name));
    return [...inZones, ...standing, ...ofNats, ...ofLinks, ...[...without.routers].map((id) => `router ${id}`)];
  }

  /**
   * In how many ways packets from elsewhere may come out in VPCs: a transit gateway takes any zone that lives and has an attachment
   * subnet. Subnets of one table are the same.
   */
  entrances(without: Without = NOTHING_DOWN): number {
    const ways = [...this.#draft.entrances.values()].map((ports) => {
      const alive = ports.filter(({ subnet }) => !without.zones.has(subnet.zone));
      return new Set(alive.map(({ subnet }) => subnet.table)).size > 1 ? alive.length : 1;
    });
    return Math.max(1, ...ways);
  }

  /** Lets packets from elsewhere come out in the n-th zone that lives, of every VPC. */
  async enterBy(n: number, without: Without = NOTHING_DOWN): Promise<void> {
    const lines = new Map<string, string[]>();
    for (const { router, table, destination, attachment } of this.#draft.entries) {
      const alive = (this.#draft.entrances.get(attachment) ?? []).filter(({ subnet }) => !without.zones.has(subnet.zone));
      const port = alive[n % Math.max(1, alive.length)];
      const words = port === undefined ? `blackhole ${destination}` : `${destination} via ${OTHER_END} dev ${port.device} onlink`;
      lines.set(router, [...(lines.get(router) ?? []), `route replace ${words} table ${table}`]);
    }
    await Promise.all([...lines].map(([router, all]) => change(router, ...all)));
  }
}

/** NAT gateways that stand in one zone; where the World doesn't say which, none fails with it. */
function natsWithZones(vpc: Vpc): { readonly id: string; readonly zone: string }[] {
  return placedNats(vpc).flatMap(({ id, subnet: in_ }) => {
    const zone = vpc.subnets.find(({ id: subnet }) => subnet === in_)?.zone;
    return zone === undefined ? [] : [{ id, zone }];
  });
}

/** What is pulled and not cut: nobody's hold time is waited for. */
const PULLED = /^(?:tunnel|router) /;

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
