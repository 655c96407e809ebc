/**
 * The routers of test/estates/hybrid in network namespaces with the real FRR and the configuration as it is rendered, and the cloud's
 * ends played by FRR: a Direct Connect gateway behind the line, a transit gateway behind both tunnels. What the cloud's ends tell is
 * written here, from AWS's documentation, not taken from the plan.
 */
import { execFileSync } from 'node:child_process';
import { parseIpv4 } from '../../lib/estate/addresses/cidr';
import { renderIdc } from '../../lib/idc/render';
import { planIdc } from '../../lib/plan/idc/idc';
import { planLinks } from '../../lib/plan/links/links';
import { hybrid } from '../plan/linked-fixture';
import { type Frr, startFrr } from './frr';

/** What the estate's two regions have: blocks of us-east-1 and of eu-west-1 behind it. */
export const CLOUD_PREFIXES = ['10.1.0.0/16', '10.2.0.0/16', '172.16.0.0/16', '172.17.0.0/16'];
export const IDC_PREFIXES = ['10.200.0.0/16', '172.20.0.0/16'];

export const LINE = { cloud: '169.254.100.1', idc: '169.254.100.2' };
export const TUNNELS = [
  { cloud: '169.254.21.1', idc: '169.254.21.2' },
  { cloud: '169.254.22.1', idc: '169.254.22.2' },
] as const;

export const ROUTERS = ['r1', 'r2', 'dx', 'tgw'] as const;
export type RouterName = (typeof ROUTERS)[number];

/** Cables: name of the interface at each end. */
const CABLES: readonly (readonly [RouterName, string, RouterName, string])[] = [
  ['r1', 'vlan2', 'r2', 'vlan2'],
  ['r1', 'line-1', 'dx', 'line-1'],
  ['r2', 'vpn-1', 'tgw', 'vpn-1'],
  ['r2', 'vpn-2', 'tgw', 'vpn-2'],
];

const ADDRESSES: Readonly<Record<RouterName, readonly (readonly [string, string])[]>> = {
  r1: [
    ['lo', '10.200.0.1/32'],
    ['vlan2', '10.200.255.1/28'],
    ['vlan101', '10.200.1.1/24'],
    ['line-1', `${LINE.idc}/30`],
  ],
  r2: [
    ['lo', '10.200.0.2/32'],
    ['vlan2', '10.200.255.2/28'],
    ['vlan102', '10.200.2.1/24'],
    ['vpn-1', `${TUNNELS[0].idc}/30`],
    ['vpn-2', `${TUNNELS[1].idc}/30`],
  ],
  dx: [['line-1', `${LINE.cloud}/30`]],
  tgw: [
    ['vpn-1', `${TUNNELS[0].cloud}/30`],
    ['vpn-2', `${TUNNELS[1].cloud}/30`],
  ],
};

/** Rendered frr.conf of a router of the data centre. */
export function renderedFrr(router: 'r1' | 'r2'): string {
  return rendered().get(`routers/${router}/frr.conf`)!;
}

/** Files of the data centre. @param outside addresses of the VPN's ends in the cloud. @default - not known yet */
export function rendered(outside: readonly string[] = []): ReadonlyMap<string, string> {
  const estate = hybrid();
  const idc = estate.idcs.find(({ name }) => name === 'beijing')!;
  const links = planLinks(estate).map((link) =>
    link.kind === 'vpn' ? { ...link, vpn: { ...link.vpn, outside: outside.map((address) => parseIpv4(address)!) } } : link,
  );
  return renderIdc(planIdc(estate, idc), links, () => '');
}

/** An end of the cloud: tells its prefixes to all, takes everything, asks for BFD where AWS does. */
export function cloudFrr(asn: number, sessions: readonly { readonly idc: string }[], bfd: boolean): string {
  return `frr version 8.4
hostname as${asn}
ip forwarding
${CLOUD_PREFIXES.map((prefix) => `ip route ${prefix} blackhole`).join('\n')}
bfd
 profile aws
  detect-multiplier 3
  receive-interval 300
  transmit-interval 300
 exit
exit
router bgp ${asn}
 bgp router-id ${sessions[0]!.idc}
 no bgp default ipv4-unicast
 no bgp ebgp-requires-policy
${sessions.map(({ idc }) => ` neighbor ${idc} remote-as 65010\n neighbor ${idc} timers connect 3${bfd ? `\n neighbor ${idc} bfd\n neighbor ${idc} bfd profile aws` : ''}`).join('\n')}
 address-family ipv4 unicast
${CLOUD_PREFIXES.map((prefix) => `  network ${prefix}`).join('\n')}
${sessions.map(({ idc }) => `  neighbor ${idc} activate\n  neighbor ${idc} soft-reconfiguration inbound`).join('\n')}
 exit-address-family
exit
`;
}

export class HybridRouters {
  readonly #prefix = `meissa-${process.pid}-idc`;
  readonly #running = new Map<RouterName, Frr>();

  /** Cables, addresses, and every router's FRR. @param prepare what else stands before FRR starts */
  async start(prepare: () => void = () => {}): Promise<void> {
    for (const name of ROUTERS) {
      ip('netns', 'add', this.namespace(name));
      ip('-n', this.namespace(name), 'link', 'set', 'lo', 'up');
    }
    for (const [a, port, b, other] of CABLES) {
      ip('-n', this.namespace(a), 'link', 'add', port, 'type', 'veth', 'peer', 'name', other, 'netns', this.namespace(b));
    }
    // Racks: a port with a host's end that nobody uses.
    for (const [router, vlan] of [['r1', 'vlan101'] as const, ['r2', 'vlan102'] as const]) {
      ip('-n', this.namespace(router), 'link', 'add', vlan, 'type', 'veth', 'peer', 'name', 'rack');
      ip('-n', this.namespace(router), 'link', 'set', 'rack', 'up');
    }
    for (const name of ROUTERS) {
      for (const [port, address] of ADDRESSES[name]) {
        ip('-n', this.namespace(name), 'address', 'add', address, 'dev', port);
        ip('-n', this.namespace(name), 'link', 'set', port, 'up');
      }
    }
    prepare();
    const configs: Record<RouterName, string> = {
      r1: renderedFrr('r1'),
      r2: renderedFrr('r2'),
      dx: cloudFrr(64600, [LINE], true),
      tgw: cloudFrr(64601, TUNNELS, false),
    };
    const started = await Promise.all(ROUTERS.map((name) => startFrr(this.namespace(name), configs[name])));
    for (const frr of started) this.#running.set(ROUTERS.find((name) => this.namespace(name) === frr.namespace)!, frr);
  }

  /** Ends a router's FRR and starts it with another configuration. */
  async restart(name: RouterName, config: string): Promise<void> {
    await this.frr(name).stop();
    this.#running.set(name, await startFrr(this.namespace(name), config));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map((frr) => frr.stop()));
    for (const name of ROUTERS) {
      try {
        ip('netns', 'delete', this.namespace(name));
      } catch {
        // It was never made.
      }
    }
  }

  namespace(name: RouterName): string {
    return `${this.#prefix}-${name}`;
  }

  frr(name: RouterName): Frr {
    return this.#running.get(name)!;
  }

  ip(name: RouterName, ...args: string[]): string {
    return ip('-n', this.namespace(name), ...args);
  }

  /** Where the kernel of a router sends packets to an address: name of the interface; undefined: nowhere. */
  way(name: RouterName, address: string): string | undefined {
    try {
      return / dev (\S+)/.exec(this.ip(name, 'route', 'get', address))?.[1];
    } catch {
      return undefined;
    }
  }

  /** Prefixes that a router holds from a neighbour after its own policy, sorted. */
  taken(name: RouterName, neighbor: string): string[] {
    return Object.keys(
      this.frr(name).json<{ routes: object }>(`show bgp ipv4 unicast neighbors ${neighbor} routes json`).routes,
    ).sort();
  }

  /** What a neighbour told, before any policy, with the path; sorted. */
  received(name: RouterName, neighbor: string): Map<string, string> {
    const { receivedRoutes } = this.frr(name).json<{ receivedRoutes: Record<string, { path: string }> }>(
      `show bgp ipv4 unicast neighbors ${neighbor} received-routes json`,
    );
    return new Map(
      Object.entries(receivedRoutes ?? {})
        .map(([prefix, { path }]): [string, string] => [prefix, path])
        .sort(),
    );
  }

  /** State of a session: `Established`, `Idle (PfxCt)` ... */
  session(name: RouterName, neighbor: string): string {
    const { peers } = this.frr(name).json<{ peers: Record<string, { state: string }> }>('show bgp ipv4 unicast summary json');
    return peers[neighbor]?.state ?? 'none';
  }
}

function ip(...args: string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
