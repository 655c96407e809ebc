/**
 * A data centre with two routers in network namespaces: FRR, keepalived, addresses and sysctls as they are rendered, hosts with a
 * container each, and a region behind line and VPN. Every wire goes through a switch: one that is cut there carries nothing any more while
 * both ends still see a carrier.
 */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estate } from '../../lib/estate/model/model';
import { renderIdc } from '../../lib/idc/render';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import { spawnInNamespace } from '../namespace-process';
import { findRealPart } from '../real-parts';
import { type Daemon, type Frr, startFrr } from './frr';
import { CLOUD_PREFIXES, LINE, TUNNELS } from './hybrid-routers';

export type Router = 'r1' | 'r2';
type Node = Router | 'cloud' | 'a01' | 'a02' | 'switch';
const ROUTERS = ['r1', 'r2'] as const;
const NODES = [...ROUTERS, 'cloud', 'a01', 'a02', 'switch'] as const;
const DAEMONS: readonly Daemon[] = ['zebra', 'staticd', 'bgpd', 'bfdd'];
const PORT = 7000;
const TRAFFIC = join(__dirname, 'traffic.py');

/** Where datagrams come from and go to: an address of the region, first hosts of both racks and a container of each. */
export const CLOUD = '10.1.0.5';
export const ENDS = { a01: ['10.200.1.2', '172.20.0.9'], a02: ['10.200.2.2', '172.20.32.9'] } as const;
const GATEWAYS = { a01: '10.200.1.1', a02: '10.200.2.1' } as const;

/** The region: a Direct Connect gateway at the line, a transit gateway at the tunnels. Of two routes to one prefix the line's is used; the longer prefix before all. */
const CLOUD_FRR = `frr version 8.4
hostname cloud
ip forwarding
${CLOUD_PREFIXES.map((prefix) => `ip route ${prefix} blackhole`).join('\n')}
bfd
 profile aws
  detect-multiplier 3
  receive-interval 300
  transmit-interval 300
 exit
exit
route-map line permit 10
 set local-preference 200
exit
router bgp 64600
 bgp router-id ${LINE.cloud}
 no bgp default ipv4-unicast
 no bgp ebgp-requires-policy
 neighbor ${LINE.idc} remote-as 65010
 neighbor ${LINE.idc} timers connect 3
 neighbor ${LINE.idc} bfd
 neighbor ${LINE.idc} bfd profile aws
${TUNNELS.map(({ idc }) => ` neighbor ${idc} remote-as 65010\n neighbor ${idc} local-as 64601 no-prepend replace-as\n neighbor ${idc} timers connect 3`).join('\n')}
 address-family ipv4 unicast
${CLOUD_PREFIXES.map((prefix) => `  network ${prefix}`).join('\n')}
  neighbor ${LINE.idc} activate
  neighbor ${LINE.idc} route-map line in
${TUNNELS.map(({ idc }) => `  neighbor ${idc} activate`).join('\n')}
 exit-address-family
exit
`;

export class Switched {
  readonly #prefix = `msw-${process.pid}`;
  readonly #folder = mkdtempSync(join(tmpdir(), 'switched-'));
  readonly #frr = new Map<Node, Frr>();
  readonly #children = new Map<string, ChildProcess>();
  readonly #bridges = new Set<string>();
  /** What the programs printed. */
  readonly #said = new Map<string, string>();

  constructor(private readonly estate: Estate) {}

  async start(): Promise<void> {
    const idc = this.estate.idcs.find(({ name }) => name === 'beijing')!;
    const files = renderIdc(planIdc(this.estate, idc), planLinks(this.estate), () => '');
    for (const node of NODES) {
      ip('netns', 'add', this.#name(node));
      this.ip(node, 'link', 'set', 'lo', 'up');
    }
    for (const router of ROUTERS) {
      writeFileSync(join(this.#folder, `${router}.sysctl`), files.get(`routers/${router}/sysctl.conf`)!);
      this.#in(router, 'sysctl', '-q', '-p', join(this.#folder, `${router}.sysctl`));
      for (const [path, text] of files) {
        if (!path.startsWith(`routers/${router}/30-`)) continue;
        const [device, address] = [/^Name=(.*)$/m.exec(text)![1]!, /^Address=(.*)$/m.exec(text)![1]!];
        if (device !== 'lo') this.#plug(router, device, device);
        this.ip(router, 'address', 'add', address, 'dev', device);
      }
      const filter = files.get(`routers/${router}/nftables.conf`);
      if (filter === undefined) continue;
      writeFileSync(join(this.#folder, `${router}.nft`), filter);
      this.#in(router, findRealPart('nft')!, '-f', join(this.#folder, `${router}.nft`));
    }
    this.#plug('cloud', 'line-1', 'line-1');
    this.ip('cloud', 'address', 'add', `${LINE.cloud}/30`, 'dev', 'line-1');
    for (const [i, { cloud }] of TUNNELS.entries()) {
      this.#plug('cloud', `vpn-${i + 1}`, `vpn-${i + 1}`);
      this.ip('cloud', 'address', 'add', `${cloud}/30`, 'dev', `vpn-${i + 1}`);
    }
    this.ip('cloud', 'address', 'add', `${CLOUD}/32`, 'dev', 'lo');
    this.#in(
      'cloud',
      'sysctl',
      '-q',
      'net.ipv4.ip_forward=1',
      'net.ipv4.conf.all.rp_filter=2',
      'net.ipv4.conf.default.rp_filter=2',
    );
    for (const rack of ['a01', 'a02'] as const) {
      this.#plug(rack, 'eth0', rack === 'a01' ? 'vlan101' : 'vlan102');
      this.ip(rack, 'address', 'add', `${ENDS[rack][0]}/24`, 'dev', 'eth0');
      this.ip(rack, 'address', 'add', `${ENDS[rack][1]}/32`, 'dev', 'lo');
      this.ip(rack, 'route', 'add', 'default', 'via', GATEWAYS[rack]);
      for (const address of ENDS[rack]) this.#answer(rack, address);
    }
    this.#answer('cloud', CLOUD);
    const configs = { r1: files.get('routers/r1/frr.conf')!, r2: files.get('routers/r2/frr.conf')!, cloud: CLOUD_FRR };
    await Promise.all(
      Object.entries(configs).map(async ([node, config]) =>
        this.#frr.set(node as Node, await startFrr(this.#name(node), config)),
      ),
    );
    for (const router of ROUTERS) {
      const config = files.get(`routers/${router}/keepalived.conf`);
      if (config !== undefined) this.#keepalived(router, config);
    }
  }

  async stop(): Promise<void> {
    for (const child of this.#children.values()) child.kill('SIGKILL');
    await Promise.all([...this.#frr.values()].map((frr) => frr.stop()));
    for (const node of NODES) {
      try {
        ip('netns', 'delete', this.#name(node));
      } catch {
        // It was never made.
      }
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A router's port falls silent; both ends still have a carrier. */
  cut(router: Router, ...devices: string[]): void {
    for (const device of devices) this.ip('switch', 'link', 'set', `${router}-${device}`, 'nomaster');
  }

  heal(router: Router, ...devices: string[]): void {
    for (const device of devices) this.ip('switch', 'link', 'set', `${router}-${device}`, 'master', `br-${device}`);
  }

  /** Names of a router's ports. */
  ports(router: Router): string[] {
    return [...this.ip('switch', '-br', 'link').matchAll(new RegExp(`^${router}-([^@\\s]+)`, 'gm'))].map(([, device]) => device!);
  }

  /** A signal to all daemons of a router, keepalived too. */
  signal(router: Router, signal: NodeJS.Signals): void {
    for (const daemon of DAEMONS) process.kill(this.frr(router).pid(daemon), signal);
    // It has a child that speaks VRRP.
    const keepalived = this.#children.get(`keepalived ${router}`)?.pid;
    if (keepalived === undefined) return;
    for (const pid of [keepalived, ...childrenOf(keepalived)]) process.kill(pid, signal);
  }

  frr(node: Router | 'cloud'): Frr {
    return this.#frr.get(node)!;
  }

  /** Of four questions from the region to each host and container of a rack, and of as many the other way, those that were answered. */
  answered(rack: 'a01' | 'a02'): string {
    const ask = (from: Node, source: string, to: string): string =>
      this.#in(from, 'python3', TRAFFIC, 'ask', source, to, `${PORT}`, '4').trim();
    return ENDS[rack].map((end) => `${ask('cloud', CLOUD, end)} in, ${ask(rack, end, CLOUD)} out`).join('; ');
  }

  /** Milliseconds that no question was answered, at most, while something happens and for so many seconds after it. */
  async outage(from: 'cloud' | 'a01' | 'a02', source: string, to: string, act: () => unknown, seconds = 6): Promise<number> {
    const what = `watch ${from} ${source} ${to}`;
    this.#said.delete(what);
    const child = this.#spawn(what, from, ['python3', TRAFFIC, 'watch', source, to, `${PORT}`]);
    const out = (): string => this.#said.get(what) ?? '';
    await waitFor(() => out().includes('watching'));
    await sleepFor(700);
    act();
    await sleepFor(seconds * 1000);
    child.stdin!.end();
    await new Promise((resolve) => child.once('close', resolve));
    return Number(out().trim().split('\n').at(-1));
  }

  /** Where the kernel of a router sends packets to an address; undefined: nowhere. */
  way(node: Router | 'cloud', address: string): string | undefined {
    try {
      return / dev (\S+)/.exec(this.ip(node, 'route', 'get', address))?.[1];
    } catch {
      return undefined;
    }
  }

  /** Whether a router has the gateway's address of rack a01. */
  isGateway(router: Router): boolean {
    return this.ip(router, 'address', 'show', 'dev', 'vlan101').includes(`${GATEWAYS.a01}/32`);
  }

  words(): string {
    const routers = [...this.#frr].map(
      ([node, frr]) => `${node}\n${this.ip(node, 'route')}${frr.vtysh('show bgp ipv4 unicast summary')}`,
    );
    return [...routers, ...[...this.#said].map(([what, said]) => `${what}\n${said}`)].join('\n');
  }

  ip(node: Node, ...args: string[]): string {
    return ip('-n', this.#name(node), ...args);
  }

  #name(node: string): string {
    return `${this.#prefix}-${node}`;
  }

  #in(node: Node, ...command: string[]): string {
    return execFileSync('ip', ['netns', 'exec', this.#name(node), ...command], { encoding: 'utf8' });
  }

  #plug(node: Node, device: string, bridge: string): void {
    if (!this.#bridges.has(bridge)) {
      this.ip('switch', 'link', 'add', `br-${bridge}`, 'type', 'bridge');
      this.ip('switch', 'link', 'set', `br-${bridge}`, 'up');
      this.#bridges.add(bridge);
    }
    const port = `${node}-${device}`;
    this.ip('switch', 'link', 'add', port, 'type', 'veth', 'peer', 'name', device, 'netns', this.#name(node));
    this.ip('switch', 'link', 'set', port, 'up', 'master', `br-${bridge}`);
    this.ip(node, 'link', 'set', device, 'up');
  }

  #answer(node: Node, address: string): void {
    this.#spawn(`answer ${address}`, node, ['python3', TRAFFIC, 'answer', address, `${PORT}`]);
  }

  /** With a /run of its own, in which FRR's folder stands where its package has it. */
  #keepalived(router: Router, config: string): void {
    const file = join(this.#folder, `${router}.keepalived`);
    writeFileSync(file, config);
    const start = 'mount -t tmpfs tmpfs /run && mkdir /run/frr && mount --bind "$1" /run/frr && shift && exec "$@"';
    const keepalived = [findRealPart('keepalived')!, '--dont-fork', '--log-console', '--vrrp', '-f', file];
    const mounted = ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', start, 'sh', this.frr(router).folder];
    this.#spawn(`keepalived ${router}`, router, [...mounted, ...keepalived]);
  }

  #spawn(what: string, node: Node, [program, ...args]: string[]): ChildProcess {
    const child = spawnInNamespace(this.#name(node), program!, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#said.set(what, `${this.#said.get(what) ?? ''}${text}`);
      });
    this.#children.set(what, child);
    return child;
  }
}

function childrenOf(pid: number): number[] {
  const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', `${pid}`], { encoding: 'utf8' });
  return listed
    .split('\n')
    .map(Number)
    .filter((child) => child > 0);
}

function ip(...args: string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

async function waitFor(holds: () => boolean): Promise<void> {
  while (!holds()) await sleepFor(20);
}

function sleepFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
