/** Does it arrive, and does the reply come back: the question of `meissa reach`. */

import { behind } from './behind';
import { classKeys } from './classes';
import { atEdges, mirrored } from './edges';
import { type Endpoint, findEndpoints, isIpv6 } from './endpoint';
import { bridgeSteps, hostSteps, judgeHosts, narrowed, routerSteps, throughAll } from './host-judge';
import { ANYTHING, type AskedPort, allowed, judge } from './judge';
import { type Passage, portWords } from './rules';
import { type TcpVerdict, tcpAlong, tooLarge, tooLargeWords } from './sizes';
import { enterFromInternet, isPublicAddress } from './walk/internet';
import { type Arrived, type DropCode, type Hop, type Outcome, Trace } from './walk/outcome';
import { leaveIdcHost } from './walk/router';
import { type Topology, topologyOf } from './walk/topology';
import { leaveInterface } from './walk/vpc';
import { drop, newWalk, type Walk } from './walk/walk';
import type { Without } from './without';
import type { World } from './world';

export interface Question extends AskedPort {
  /** @default - nothing is down */
  readonly without?: Without;
  /** Bytes of the IP packet, which nobody may cut into pieces. @default - any that passes */
  readonly size?: number;
}

export interface Answer {
  readonly yes: boolean;
  readonly from: string;
  readonly to: string;
  /** How many pairs of hosts it is the answer for. */
  readonly pairs: number;
  readonly forward: readonly Hop[];
  /** The reply; empty when the packet did not arrive. */
  readonly back: readonly Hop[];
  /** Absent when the answer is yes. */
  readonly code?: DropCode;
  /** One sentence. */
  readonly reason: string;
  /** What the rules let in, where the packet's way is open: `all`, `2379/tcp`. */
  readonly ports: readonly string[];
  /** Largest packet, bytes of IP, that every hop of both ways takes. @default - no hop's is known, or it doesn't arrive */
  readonly mtu?: number;
  /** Of a packet that is too large: whether its sender is told. */
  readonly told?: boolean;
  /** What TCP makes of the packets of both ways. @default - none is let in, no end's size is known, or a gateway or load balancer is one of them */
  readonly tcp?: TcpVerdict;
}

/**
 * Whether `from` reaches `to` and gets its answer. A fleet's name is answered for all of its hosts: no, when one pair is not
 * reached, and that pair is walked. A place's name likewise, but there it is enough that the rules let something in somewhere.
 * Hosts that are absent or in a zone that is down count only where no other is left.
 *
 * Throws UnknownEndpoint for a name that nothing emitted has.
 */
export function answer(world: World, from: string, to: string, question: Question = {}): Answer {
  if (isIpv6(from) || isIpv6(to)) return withoutIpv6(world, from, to);
  const topology = topologyOf(world, question.without);
  const asking = findEndpoints(world, from);
  const asked = findEndpoints(world, to, asking[0]?.place);
  const outward = [...asking, ...asked].some(({ at }) => at.kind === 'outside');
  const sources = distinct(topology, alive(topology, asking), outward);
  const targets = distinct(topology, alive(topology, asked), outward);
  const found: Answer[] = [];
  for (const a of sources) {
    for (const b of targets) {
      const [one, other] = differing(a, b) ?? [a[0]!, b[0]!];
      found.push({ ...answerPair(topology, one, other, question), pairs: a.length * b.length });
    }
  }
  const broad = isPlace(world, from) || isPlace(world, to);
  const no = found.filter((each) => !each.yes);
  const stopped = no.find((each) => !byRules(each)) ?? (broad && no.length < found.length ? undefined : no[0]);
  if (stopped !== undefined) return stopped;
  const yes = found.filter((each) => each.yes);
  const mtus = yes.flatMap(({ mtu }) => mtu ?? []);
  const least = mtus.length === 0 ? {} : { mtu: Math.min(...mtus) };
  const tcp = worst(yes.flatMap((each) => each.tcp ?? []));
  return { ...yes[0]!, pairs: yes.reduce((sum, each) => sum + each.pairs, 0), ...least, ...(tcp === undefined ? {} : { tcp }) };
}

/** Nothing here has an address of IPv6, so nothing reaches or is reached by one. */
function withoutIpv6(world: World, from: string, to: string): Answer {
  const six = isIpv6(from) ? from : to;
  for (const name of [from, to]) if (!isIpv6(name)) findEndpoints(world, name);
  const given = world.vpcs.find((vpc) => vpc.ipv6 !== undefined);
  const words =
    given === undefined
      ? 'this estate has no IPv6: no VPC has a block of it, and no router an address'
      : `the VPC of ${given.region} has an IPv6 block, which is not read here: nothing else of this estate has IPv6`;
  const hop: Hop = { where: six, words, passes: false, ...(given?.ipv6 === undefined ? {} : { from: given.ipv6 }) };
  return { yes: false, from, to, pairs: 1, forward: [hop], back: [], code: 'NO_IPV6', reason: `${six}: ${words}`, ports: [] };
}

function byRules({ code }: Answer): boolean {
  return code === 'EGRESS_RULES' || code === 'INGRESS_RULES' || code === 'HOST_FILTER' || code === 'HAIRPIN';
}

/** Of several pairs: one that stalls, or the one with the least segments. */
function worst(verdicts: readonly TcpVerdict[]): TcpVerdict | undefined {
  const size = (verdict: TcpVerdict) => (verdict.passes ? verdict.segment : 0);
  return [...verdicts].sort((a, b) => size(a) - size(b))[0];
}

function isPlace(world: World, name: string): boolean {
  const bare = name.replace(/:container$/, '');
  return world.vpcs.some((v) => v.region === bare) || world.idcHosts.some((h) => h.idc === bare);
}

function alive({ index, without }: Topology, endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const left = endpoints.filter(({ at }) => {
    if (without.hosts.has(hostName(at))) return false;
    if (at.kind !== 'interface') return true;
    return at.own.up && !without.zones.has(index.interfaces.get(at.own.id)?.subnet?.zone ?? '');
  });
  return left.length === 0 ? endpoints : left;
}

/** Endpoints in groups that nothing in the World treats differently. @param outward the way out matters: each table's gateway, and own addresses */
function distinct({ index }: Topology, endpoints: readonly Endpoint[], outward: boolean): (readonly Endpoint[])[] {
  if (endpoints.length < 2) return [endpoints];
  const key = classKeys(index.world);
  const groups = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const { at } = endpoint;
    const own = at.kind === 'interface' ? at.own : undefined;
    const way =
      outward && own !== undefined
        ? ` ${index.interfaces.get(own.id)?.subnet?.table} ${own.publicAddress !== undefined} ${JSON.stringify(own.metadata)}`
        : '';
    const text = `${key(endpoint)}${own?.kind === 'appliance' ? own.id : ''}${way}`;
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [endpoint]);
    else group.push(endpoint);
  }
  return [...groups.values()];
}

/** Two members that are not the same host, where there are two. */
function differing(a: readonly Endpoint[], b: readonly Endpoint[]): [Endpoint, Endpoint] | undefined {
  const from = a[0]!;
  const to = b.find((e) => hostOf(e) !== hostOf(from));
  if (to !== undefined) return [from, to];
  const other = a.find((e) => hostOf(e) !== hostOf(b[0]!));
  return other === undefined ? undefined : [other, b[0]!];
}

/** What `--without` calls it; empty outside of the estate. */
function hostName(at: Endpoint['at']): string {
  return at.kind === 'interface' ? at.own.host : at.kind === 'idc-host' ? at.host.host : '';
}

export function hostOf({ at, address }: Endpoint): string {
  return at.kind === 'interface' ? at.own.id : at.kind === 'idc-host' ? at.host.host : String(address);
}

/** One host to another. */
export function answerPair(topology: Topology, from: Endpoint, to: Endpoint, question: Question = {}): Answer {
  const pair = new Pair(topology, from, to, question);
  return pair.answer();
}

class Pair {
  private readonly out = new Trace();
  private readonly reply = new Trace();

  constructor(
    private readonly topology: Topology,
    private readonly from: Endpoint,
    private readonly to: Endpoint,
    private readonly question: Question,
  ) {}

  answer(): Answer {
    const { topology, from, to, question, out } = this;
    if (hostOf(from) === hostOf(to) && from.at.kind !== 'outside') {
      if (topology.without.hosts.has(hostName(from.at)))
        return this.no(out.drop('HOST_DOWN', hostName(from.at), 'the host is down'));
      const hop = { where: from.name, words: 'both are on one host: nothing outside of it is asked', passes: true };
      out.hops.push(hop);
      const steps = bridgeSteps(from, to);
      const stopped = judgeHosts(steps, ANYTHING, question, out);
      const open = portWords(narrowed(ANYTHING, throughAll(steps)));
      if (stopped !== undefined) return this.no(stopped, open);
      return { ...this.names(), yes: true, forward: out.hops, back: [hop], reason: hop.words, ports: open };
    }
    const going = send(topology, from, to, out);
    if ('dropped' in going) return this.no(going.dropped);
    const { arrived } = going;
    if (arrived.kind === 'service' && arrived.metadata === true && tooFar(from))
      return this.no(
        out.drop(
          'TOO_MANY_HOPS',
          from.name,
          'the instance’s metadata is answered over 1 hop, and a container is 2 away',
          from.at.kind === 'interface' ? from.at.own.from : undefined,
        ),
      );
    // Whoever is on the way, and whoever gets it, knows the sender by the address that it left its host with.
    const seen = going.source === undefined ? from : { ...from, address: going.source };
    const let_ = allowed(topology, seen, to, arrived);
    const steps = [...hostSteps(from, to, going), ...routerSteps(going, false)];
    const open = narrowed(let_.through, throughAll(steps));
    const filtered = arrived.kind !== 'service' || arrived.filtered;
    const blocked =
      (filtered ? judge(topology, let_, seen, to, question, out) : undefined) ??
      judgeHosts(steps, filtered ? let_.through : ANYTHING, question, out);
    if (blocked !== undefined) return this.no(blocked, portWords(open));
    const passed = atEdges(topology.index, open, going.crossings, question, out);
    if ('stopped' in passed) return this.no(passed.stopped);
    const { through } = passed;
    const node = to.at.kind === 'interface' ? topology.index.balancers.get(to.at.own.id) : undefined;
    if (node === undefined) return this.comeBack(seen, going, through, portWords(through));
    const further = behind(topology, node, (to.at as { own: Parameters<typeof behind>[2] }).own, seen, question, through, out);
    return 'stopped' in further ? this.no(further.stopped, further.ports) : this.comeBack(seen, going, through, further.ports);
  }

  /** The reply: walked where the estate routes it, remembered by a gateway where it came through one. */
  private comeBack(seen: Endpoint, going: Arrived, through: readonly Passage[], ports: readonly string[]): Answer {
    const { topology, from, to, question, reply } = this;
    const { arrived } = going;
    let crossings = mirrored(going.crossings);
    if (arrived.kind === 'outside') reply.pass(...remembered(from, arrived.by));
    else if (arrived.kind === 'service') reply.pass(to.name, 'answers the host that asked');
    else {
      const coming = send(topology, to, seen, reply, true);
      if ('dropped' in coming) return this.no(coming.dropped);
      if (coming.arrived.kind === 'outside' && coming.arrived.by === 'NAT')
        return this.no(
          reply.drop('NO_PUBLIC_ADDRESS', to.name, 'its reply leaves by a NAT gateway, from another address than it was sent to'),
        );
      const stopped = judgeHosts(routerSteps(coming, true), through, question, reply);
      if (stopped !== undefined) return this.no(stopped, ports);
      crossings = coming.crossings ?? [];
    }
    const passed = atEdges(topology.index, through, crossings, question, reply, true);
    if ('stopped' in passed) return this.no(passed.stopped);
    return this.sized(arrived, narrowedWords(ports, through, passed.through));
  }

  private sized(arrived: Arrived['arrived'], ports: readonly string[]): Answer {
    const { out, reply, question } = this;
    const large = question.size === undefined ? undefined : tooLarge(out.hops, question.size);
    if (large !== undefined) {
      const { hop, limit } = large;
      const words = tooLargeWords(out.hops, large, refusesIcmp(this.topology, this.from));
      out.hops.splice(out.hops.indexOf(hop) + 1);
      reply.hops.length = 0;
      return { ...this.no(out.drop('TOO_BIG', hop.where, words, hop.from), ports), told: limit.told };
    }
    const tcp = this.tcp(arrived, ports);
    const mtus = [...out.hops, ...reply.hops].flatMap(({ mtu }) => mtu ?? []);
    const mtu = mtus.length === 0 ? {} : { mtu: Math.min(...mtus) };
    const reason =
      arrived.kind === 'outside'
        ? `it leaves the estate ${arrived.by === 'NAT' ? 'through the NAT gateway' : 'by its own public address'}`
        : arrived.kind === 'service'
          ? arrived.words
          : `it arrives (${ports.join(', ')}) and the reply comes back`;
    return {
      ...this.names(),
      yes: true,
      forward: out.hops,
      back: reply.hops,
      reason,
      ports,
      ...mtu,
      ...(tcp === undefined ? {} : { tcp }),
    };
  }

  private tcp({ kind }: Arrived['arrived'], ports: readonly string[]): TcpVerdict | undefined {
    const { question, topology, to, out, reply } = this;
    if ((kind !== 'interface' && kind !== 'idc-host') || (question.protocol ?? 'tcp') !== 'tcp') return undefined;
    if (to.at.kind === 'interface' && topology.index.balancers.has(to.at.own.id)) return undefined;
    return ports.some((port) => /^all$|\/(?:tcp|any)$/.test(port)) ? tcpAlong(out.hops, reply.hops) : undefined;
  }

  private names() {
    return { from: this.from.name, to: this.to.name, pairs: 1 };
  }

  private no(code: DropCode, ports: readonly string[] = []): Answer {
    const [forward, back] = [this.out.hops, this.reply.hops];
    const last = [...forward, ...back].findLast((hop) => !hop.passes);
    const way = back.length === 0 ? '' : 'the reply does not come back: ';
    const reason = `${way}${last?.where ?? this.from.name}: ${last?.words ?? code}`;
    return { yes: false, ...this.names(), forward, back, code, reason, ports };
  }
}

/** Ports in words after the edges of the way back; those of a load balancer are its listeners'. */
function narrowedWords(ports: readonly string[], before: readonly Passage[], after: readonly Passage[]): readonly string[] {
  return before === after || portWords(before).join() !== [...ports].join() ? ports : portWords(after);
}

/** Whether it may be that ICMP of whoever is on the way is not let in. Source: VPC user guide, "Path MTU Discovery". */
function refusesIcmp({ index }: Topology, { at }: Endpoint): boolean {
  if (at.kind !== 'interface') return false;
  const rules = at.own.groups.flatMap((id) => index.groups.get(id)?.ingress ?? []);
  return !rules.some(({ protocol, peer }) => /^(?:icmp|-1)$/.test(protocol) && peer.kind === 'range' && peer.range.bits === 0);
}

/** A container is a hop further from what its host is told about itself. */
function tooFar({ container, at }: Endpoint): boolean {
  return container && at.kind === 'interface' && (at.own.metadata?.hops ?? 2) < 2;
}

function remembered({ place, name }: Endpoint, by: 'own address' | 'NAT'): [where: string, words: string] {
  return by === 'NAT'
    ? [`${place} NAT gateway`, 'knows the connection and lets the reply in']
    : [name, 'the reply comes to its public address: its security groups know the connection'];
}

/** Routing of one packet: no rules are asked. @param reply to a connection that the other one has opened */
export function send(topology: Topology, from: Endpoint, to: Endpoint, trace?: Trace, reply = false): Outcome {
  const { service } = to;
  const packet = {
    source: from.address,
    destination: to.address,
    estate: to.at.kind !== 'outside',
    reply,
    ...(service === undefined ? {} : { service }),
  };
  const walk = newWalk(topology, packet, trace);
  const outcome = begin(walk, from, to);
  return 'arrived' in outcome && walk.packet.source !== from.address ? { ...outcome, source: walk.packet.source } : outcome;
}

function begin(walk: Walk, from: Endpoint, to: Endpoint): Outcome {
  if (from.at.kind === 'interface') return leaveInterface(walk, from.at.own);
  if (from.at.kind === 'idc-host') return leaveIdcHost(walk, from.at.host);
  if (isPublicAddress(from.address) && from.service === undefined) {
    if (to.at.kind === 'interface') return enterFromInternet(walk, to.at.own, to.container);
    if (to.at.kind === 'idc-host')
      return drop(
        walk,
        'NO_PUBLIC_ADDRESS',
        to.name,
        'its address is private, and no router of its data centre takes anything from the internet to it',
      );
  }
  return drop(
    walk,
    'NO_SUCH_HOST',
    from.name,
    from.mute === true
      ? 'it answers who asks, and asks nobody'
      : 'nothing that was emitted has this address, so nothing is known of how it comes here',
  );
}
