/**
 * The routers of test/estates/hybrid with everything around them: hosts of racks, a host of the cloud behind the line and the tunnels,
 * and the provider's network at their uplinks. The cloud tells nobody of packets that are too large.
 */
import { execFileSync } from 'node:child_process';
import { findRealPart } from '../real-parts';
import { HybridRouters, rendered } from './hybrid-routers';

/** Ends of the VPN in the cloud, and somebody else of the same network. */
export const OUTSIDE = ['203.0.113.77', '203.0.113.78'] as const;
export const STRANGER = '203.0.113.99';
export const PUBLIC = '203.0.113.10';
const PROVIDER = '203.0.113.1';

export const HOSTS = { a01: '10.200.1.2', a02: '10.200.2.2', cloud: '10.1.0.5' } as const;
/** A name that nothing here has heard of. */
export const UPLINK = 'enp9s0f1';

const OTHERS = ['a01', 'a02', 'cloud', 'provider'] as const;
type Other = (typeof OTHERS)[number];

export class Edge {
  readonly routers = new HybridRouters();
  readonly #files = rendered(OUTSIDE);

  namespace(name: Other): string {
    return `meissa-${process.pid}-edge-${name}`;
  }

  async start(): Promise<void> {
    await this.routers.start(() => this.#surround());
  }

  async stop(): Promise<void> {
    await this.routers.stop();
    for (const name of OTHERS) {
      try {
        ip('netns', 'delete', this.namespace(name));
      } catch {
        // It was never made.
      }
    }
  }

  /** The way of the cloud to the data centre: what its route tables would say. */
  cloudBy(end: 'dx' | 'tgw'): void {
    const gateway = end === 'dx' ? '192.0.2.1' : '192.0.2.5';
    this.#ip('cloud', `route replace default via ${gateway} src ${HOSTS.cloud}`);
  }

  #surround(): void {
    for (const name of OTHERS) {
      ip('netns', 'add', this.namespace(name));
      this.#ip(name, 'link set lo up');
    }
    const { r1, r2, dx, tgw } = {
      r1: this.routers.namespace('r1'),
      r2: this.routers.namespace('r2'),
      dx: this.routers.namespace('dx'),
      tgw: this.routers.namespace('tgw'),
    };
    for (const [namespace, device, mtu] of [
      ...this.#mtus('r1').map(([device, mtu]) => [r1, device, mtu] as const),
      ...this.#mtus('r2').map(([device, mtu]) => [r2, device, mtu] as const),
      [dx, 'line-1', '8500'],
      [tgw, 'vpn-1', '1400'],
      [tgw, 'vpn-2', '1400'],
    ] as const)
      ip('-n', namespace, 'link', 'set', device, 'mtu', mtu);
    for (const [rack, router, gateway] of [
      ['a01', r1, '10.200.1.1'],
      ['a02', r2, '10.200.2.1'],
    ] as const) {
      ip('-n', router, 'link', 'set', 'rack', 'netns', this.namespace(rack));
      this.#ip(rack, 'link set rack mtu 9000 up', `address add ${HOSTS[rack]}/24 dev rack`, `route add default via ${gateway}`);
    }
    this.#wire(dx, 'vpc', 'cloud', 'dx', 9001);
    this.#wire(tgw, 'vpc', 'cloud', 'tgw', 9001);
    for (const [namespace, near] of [
      [dx, '192.0.2.1'],
      [tgw, '192.0.2.5'],
    ] as const) {
      ip('-n', namespace, 'address', 'add', `${near}/30`, 'dev', 'vpc');
      ip('-n', namespace, 'route', 'add', HOSTS.cloud, 'via', near === '192.0.2.1' ? '192.0.2.2' : '192.0.2.6');
    }
    this.#ip(
      'cloud',
      'address add 192.0.2.2/30 dev dx',
      'address add 192.0.2.6/30 dev tgw',
      `address add ${HOSTS.cloud}/32 dev lo`,
    );
    this.cloudBy('dx');
    this.#ip('provider', 'link add switch type bridge', 'link set switch up');
    for (const address of [PROVIDER, ...OUTSIDE, STRANGER]) this.#ip('provider', `address add ${address}/24 dev switch`);
    for (const [namespace, own, port] of [
      [r1, '203.0.113.11', 'p1'],
      [r2, PUBLIC, 'p2'],
    ] as const) {
      this.#wire(namespace, UPLINK, 'provider', port, 1500);
      this.#ip('provider', `link set ${port} master switch`);
      ip('-n', namespace, 'address', 'add', `${own}/24`, 'dev', UPLINK);
      // As a lease gives it.
      ip('-n', namespace, 'route', 'add', 'default', 'via', PROVIDER, 'proto', 'dhcp', 'metric', '1024');
    }
    for (const namespace of [r1, r2, dx, tgw, this.namespace('provider')]) set(namespace, 'net.ipv4.ip_forward=1');
    for (const namespace of [dx, tgw, this.namespace('cloud')]) {
      set(namespace, 'net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.default.rp_filter=0');
      nft(namespace, SILENT);
    }
    for (const [name, namespace] of [
      ['r1', r1],
      ['r2', r2],
    ] as const) {
      const settings = this.#files.get(`routers/${name}/sysctl.conf`)!.match(/^net\..*$/gm)!;
      set(namespace, ...settings.map((line) => line.replaceAll(' ', '')));
      nft(namespace, this.#files.get(`routers/${name}/nftables.conf`)!);
    }
  }

  /** Largest packets of a router's VLANs and tunnels, as rendered. */
  #mtus(router: 'r1' | 'r2'): [device: string, mtu: string][] {
    return [...this.#files].flatMap(([path, text]): [string, string][] => {
      const [, name] = new RegExp(`^routers/${router}/20-(.*)\\.netdev$`).exec(path) ?? [];
      return name === undefined ? [] : [[name, /^MTUBytes=(\d+)$/m.exec(text)![1]!]];
    });
  }

  #wire(namespace: string, device: string, other: Other, port: string, mtu: number): void {
    const far = ['peer', 'name', port, 'mtu', `${mtu}`, 'netns', this.namespace(other)];
    ip('-n', namespace, 'link', 'add', device, 'mtu', `${mtu}`, 'type', 'veth', ...far);
    ip('-n', namespace, 'link', 'set', device, 'up');
    this.#ip(other, `link set ${port} up`);
  }

  #ip(name: Other, ...lines: string[]): void {
    for (const line of lines) ip('-n', this.namespace(name), ...line.split(' '));
  }
}

/** Nobody in the cloud says that a packet is too large, or hears it. */
const SILENT = `table inet silent {
 chain out {
  type filter hook output priority 0
  icmp type destination-unreachable drop
 }
 chain in {
  type filter hook input priority 0
  icmp type destination-unreachable drop
 }
}
`;

export function nft(namespace: string, rules: string): void {
  execFileSync('nsenter', [`--net=/run/netns/${namespace}`, findRealPart('nft') ?? 'nft', '-f', '-'], {
    input: rules,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

function set(namespace: string, ...settings: string[]): void {
  execFileSync('ip', ['netns', 'exec', namespace, 'sysctl', '-qw', ...settings]);
}

function ip(...args: string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
