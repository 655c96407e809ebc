/** What the chains of a host's packet filter let through of a packet's traffic. Source: nft(8), "Statements", "Verdict statement". */
import { holds } from '../range';
import type { Range } from '../world';
import type { Addresses, BaseChain, Chain, Devices, Either, FilterRule } from './model';
import { both, EVERYTHING, either, isNothing, NOTHING, otherPorts, type Ports, type Traffic, without } from './traffic';

/** A packet at one hook. */
export interface HookPacket {
  /** Device that it came in on; absent: it is the host's own. */
  readonly from?: string;
  /** Device that it leaves by; absent: the host takes it. */
  readonly to?: string;
  readonly source: number;
  readonly destination: number;
  /** It belongs to a connection that was let through before, and goes back to who opened it. */
  readonly reply: boolean;
  /** Container ranges of the host. */
  readonly own: readonly Range[];
}

export interface Passed {
  readonly passes: Traffic;
  /** Of what passes, what leaves with the host's own address. */
  readonly masqueraded: Traffic;
  /** What rule took something out, with what it took. */
  readonly dropped: readonly { readonly chain: string; readonly rule?: FilterRule; readonly traffic: Traffic }[];
}

/** Chains go on to others at most so deep. Source: the kernel's NFT_JUMP_STACK_SIZE, include/net/netfilter/nf_tables.h. */
const DEEPEST = 16;

/** Connection tracking knows a packet after the hooks of this priority. Source: nft(8), "Standard priority names"; linux/netfilter_ipv4.h, NF_IP_PRI_CONNTRACK. */
const CONNTRACK = -200;

export function passChain(chain: BaseChain, packet: HookPacket, traffic: Traffic): Passed {
  const tracked = !(chain.priority <= CONNTRACK && (chain.hook === 'prerouting' || chain.hook === 'output'));
  const run = new Run(packet, tracked);
  const fell = run.through(chain, traffic, 0);
  if (chain.policy === 'drop') run.drop(chain.name, undefined, fell);
  return {
    passes: chain.policy === 'drop' ? run.accepted : either(run.accepted, fell),
    masqueraded: run.masqueraded,
    dropped: run.dropped,
  };
}

class Run {
  accepted: Traffic = NOTHING;
  masqueraded: Traffic = NOTHING;
  readonly dropped: { chain: string; rule?: FilterRule; traffic: Traffic }[] = [];

  constructor(
    private readonly packet: HookPacket,
    private readonly tracked: boolean,
  ) {}

  drop(chain: string, rule: FilterRule | undefined, traffic: Traffic): void {
    if (!isNothing(traffic)) this.dropped.push({ chain, traffic, ...(rule === undefined ? {} : { rule }) });
  }

  /** What no rule has decided when the chain ends. */
  through(chain: Chain, traffic: Traffic, depth: number): Traffic {
    let left = traffic;
    let returned: Traffic = NOTHING;
    for (const rule of chain.rules) {
      if (isNothing(left)) break;
      if (typeof rule.verdict === 'object' && 'segment' in rule.verdict) continue;
      const { certain, maybe } = taken(rule, this.packet, this.tracked);
      const unsure = both(left, without(maybe, certain));
      const found = both(left, certain);
      left = without(left, maybe);
      // Whether it matches depends on a port that nobody chose yet.
      this.drop(chain.name, rule, unsure);
      if (isNothing(found)) continue;
      const { verdict } = rule;
      if (verdict === 'accept') this.accepted = either(this.accepted, found);
      else if (verdict === 'masquerade') {
        this.accepted = either(this.accepted, found);
        this.masqueraded = either(this.masqueraded, found);
      } else if (verdict === 'return') returned = either(returned, found);
      else if (verdict === 'drop' || verdict === 'unread' || depth >= DEEPEST) this.drop(chain.name, rule, found);
      else if ('jump' in verdict) left = either(left, this.through(verdict.jump, found, depth + 1));
      else returned = either(returned, this.through(verdict.goto, found, depth + 1));
    }
    return either(left, returned);
  }
}

/** Client ports that Linux gives by itself. Source: kernel documentation, "IP Sysctl", ip_local_port_range. */
const CLIENT_PORTS: Ports = [32768, 60999];

/** What a rule matches of all traffic: for sure, and perhaps, by the port that the client will have. */
function taken(rule: FilterRule, packet: HookPacket, tracked: boolean): { certain: Traffic; maybe: Traffic } {
  const none = { certain: NOTHING, maybe: NOTHING };
  if (!onDevice(rule.from, packet.from) || !onDevice(rule.to, packet.to)) return none;
  if (!among(rule.source, packet.source, packet.own) || !among(rule.destination, packet.destination, packet.own)) return none;
  if (rule.states !== undefined) {
    const state = packet.reply ? 'established' : 'new';
    const matches = tracked ? rule.states.of.includes(state) : rule.states.of.includes('untracked');
    if (matches === rule.states.not) return none;
  }
  const [service, client] = packet.reply ? [rule.sourcePorts, rule.destinationPorts] : [rule.destinationPorts, rule.sourcePorts];
  const certain = both(ofProtocols(rule.protocols), ofPorts(service));
  if (client === undefined) return { certain, maybe: certain };
  const ported = { ...certain, icmp: false, other: false };
  const clients = client.not ? otherPorts(client.of) : client.of;
  if (clients.some(([from, to]) => from <= CLIENT_PORTS[0] && to >= CLIENT_PORTS[1])) return { certain: ported, maybe: ported };
  const touched = clients.some(([from, to]) => from <= CLIENT_PORTS[1] && to >= CLIENT_PORTS[0]);
  return touched ? { certain: NOTHING, maybe: ported } : none;
}

export function onDevice(devices: Devices | undefined, device: string | undefined): boolean {
  if (devices === undefined) return true;
  const named = devices.of.some((name) =>
    name.endsWith('*') ? device?.startsWith(name.slice(0, -1)) === true : name === device,
  );
  return named !== devices.not;
}

export function among(addresses: Addresses | undefined, address: number, own: readonly Range[]): boolean {
  if (addresses === undefined) return true;
  const found = addresses.of.some((range) => (range === 'own' ? own.some((o) => holds(o, address)) : holds(range, address)));
  return found !== addresses.not;
}

function ofProtocols(protocols: Either<string> | undefined): Traffic {
  if (protocols === undefined) return EVERYTHING;
  const has = (name: string) => protocols.of.includes(name) !== protocols.not;
  return {
    tcp: has('tcp') ? EVERYTHING.tcp : [],
    udp: has('udp') ? EVERYTHING.udp : [],
    icmp: has('icmp'),
    other: protocols.not || protocols.of.some((name) => !['tcp', 'udp', 'icmp'].includes(name)),
  };
}

function ofPorts(ports: Either<Ports> | undefined): Traffic {
  if (ports === undefined) return EVERYTHING;
  const list = ports.not ? otherPorts(ports.of) : otherPorts(otherPorts(ports.of));
  return { tcp: list, udp: list, icmp: false, other: false };
}
