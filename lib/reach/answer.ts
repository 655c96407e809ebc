/** Does it arrive, and does the reply come back: the question of `meissa reach`. */

import { classKeys } from './classes';
import { type Endpoint, findEndpoints } from './endpoint';
import { bridgeSteps, hostSteps, judgeHosts, narrowed, throughAll } from './host-judge';
import { ANYTHING, type AskedPort, allowed, judge } from './judge';
import { portWords } from './rules';
import { type DropCode, type Hop, type Outcome, Trace } from './walk/outcome';
import { leaveIdcHost } from './walk/router';
import { type Topology, topologyOf } from './walk/topology';
import { leaveInterface } from './walk/vpc';
import { drop, newWalk, type Walk } from './walk/walk';
import type { Without } from './without';
import type { World } from './world';

export interface Question extends AskedPort {
  /** @default - nothing is down */
  readonly without?: Without;
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
}

/**
 * Whether `from` reaches `to` and gets its answer. A fleet's name is answered for all of its hosts: no, when one pair is not
 * reached, and that pair is walked. A place's name likewise, but there it is enough that the rules let something in somewhere.
 * Hosts that are absent or in a zone that is down count only where no other is left.
 *
 * Throws UnknownEndpoint for a name that nothing emitted has.
 */
export function answer(world: World, from: string, to: string, question: Question = {}): Answer {
  const topology = topologyOf(world, question.without);
  const sources = distinct(world, alive(topology, findEndpoints(world, from)));
  const targets = distinct(world, alive(topology, findEndpoints(world, to)));
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
  return { ...yes[0]!, pairs: yes.reduce((sum, each) => sum + each.pairs, 0) };
}

function byRules({ code }: Answer): boolean {
  return code === 'EGRESS_RULES' || code === 'INGRESS_RULES' || code === 'HOST_FILTER';
}

function isPlace(world: World, name: string): boolean {
  const bare = name.replace(/:container$/, '');
  return world.vpcs.some((v) => v.region === bare) || world.idcHosts.some((h) => h.idc === bare);
}

function alive({ index, without }: Topology, endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const left = endpoints.filter(({ at }) => {
    if (at.kind !== 'interface') return true;
    return at.own.up && !without.zones.has(index.interfaces.get(at.own.id)?.subnet?.zone ?? '');
  });
  return left.length === 0 ? endpoints : left;
}

/** Endpoints in groups that nothing in the World treats differently. */
function distinct(world: World, endpoints: readonly Endpoint[]): (readonly Endpoint[])[] {
  if (endpoints.length < 2) return [endpoints];
  const key = classKeys(world);
  const groups = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const text = key(endpoint);
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

export function hostOf({ at, address }: Endpoint): string {
  return at.kind === 'interface' ? at.own.id : at.kind === 'idc-host' ? at.host.host : String(address);
}

/** One host to another. */
export function answerPair(topology: Topology, from: Endpoint, to: Endpoint, question: Question = {}): Answer {
  const names = { from: from.name, to: to.name, pairs: 1 };
  const no = (code: DropCode, forward: readonly Hop[], back: readonly Hop[] = []): Answer => {
    const last = [...forward, ...back].findLast((hop) => !hop.passes);
    const way = back.length === 0 ? '' : 'the reply does not come back: ';
    return {
      yes: false,
      ...names,
      forward,
      back,
      code,
      reason: `${way}${last?.where ?? from.name}: ${last?.words ?? code}`,
      ports: [],
    };
  };
  if (hostOf(from) === hostOf(to) && from.at.kind !== 'outside') {
    const hop = { where: from.name, words: 'both are on one host: nothing outside of it is asked', passes: true };
    const inside = new Trace();
    inside.hops.push(hop);
    const steps = bridgeSteps(from, to);
    const stopped = judgeHosts(steps, ANYTHING, question, inside);
    const open = portWords(narrowed(ANYTHING, throughAll(steps)));
    if (stopped !== undefined) return { ...no(stopped, inside.hops), ports: open };
    return { yes: true, ...names, forward: inside.hops, back: [hop], reason: hop.words, ports: open };
  }
  const out = new Trace();
  const going = send(topology, from, to, out);
  if ('dropped' in going) return no(going.dropped, out.hops);
  // Whoever is on the way, and whoever gets it, knows the sender by the address that it left its host with.
  const seen = going.source === undefined ? from : { ...from, address: going.source };
  const let_ = allowed(topology, seen, to, going.arrived);
  const steps = hostSteps(from, to, going);
  const ports = portWords(narrowed(let_.through, throughAll(steps)));
  const blocked = judge(topology, let_, seen, to, question, out) ?? judgeHosts(steps, let_.through, question, out);
  if (blocked !== undefined) return { ...no(blocked, out.hops), ports };
  if (going.arrived.kind === 'outside') {
    const back = [{ where: `${from.place} NAT gateway`, words: 'knows the connection and lets the reply in', passes: true }];
    return { yes: true, ...names, forward: out.hops, back, reason: 'it leaves the estate through the NAT gateway', ports };
  }
  const reply = new Trace();
  const coming = send(topology, to, seen, reply, true);
  if ('dropped' in coming) return no(coming.dropped, out.hops, reply.hops);
  return {
    yes: true,
    ...names,
    forward: out.hops,
    back: reply.hops,
    reason: `it arrives (${ports.join(', ')}) and the reply comes back`,
    ports,
  };
}

/** Routing of one packet: no rules are asked. @param reply to a connection that the other one has opened */
export function send(topology: Topology, from: Endpoint, to: Endpoint, trace?: Trace, reply = false): Outcome {
  const packet = { source: from.address, destination: to.address, estate: to.at.kind !== 'outside', reply };
  const walk = newWalk(topology, packet, trace);
  const outcome = begin(walk, from);
  return 'arrived' in outcome && walk.packet.source !== from.address ? { ...outcome, source: walk.packet.source } : outcome;
}

function begin(walk: Walk, from: Endpoint): Outcome {
  if (from.at.kind === 'interface') return leaveInterface(walk, from.at.own);
  if (from.at.kind === 'idc-host') return leaveIdcHost(walk, from.at.host);
  return drop(
    walk,
    'NO_SUCH_HOST',
    from.name,
    'nothing that was emitted has this address, so nothing is known of how it comes here',
  );
}
