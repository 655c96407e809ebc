/** Does it arrive, and does the reply come back: the question of `meissa reach`. */

import { classKeys } from './classes';
import { type Endpoint, findEndpoints } from './endpoint';
import { intersect, type Passage, type Protocol, passages, passing, portWords, ruleWords } from './rules';
import { type Arrival, type DropCode, type Hop, type Outcome, Trace } from './walk/outcome';
import { leaveIdcHost } from './walk/router';
import { type Topology, topologyOf } from './walk/topology';
import { leaveInterface } from './walk/vpc';
import { drop, MOST_HOPS, type Walk } from './walk/walk';
import type { Without } from './without';
import type { World } from './world';

export interface Question {
  /** @default - any traffic */
  readonly protocol?: Protocol;
  readonly port?: number;
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
  return code === 'EGRESS_RULES' || code === 'INGRESS_RULES';
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
    return { yes: true, ...names, forward: [hop], back: [hop], reason: hop.words, ports: ['all'] };
  }
  const out = new Trace();
  const going = send(topology, from, to, out);
  if ('dropped' in going) return no(going.dropped, out.hops);
  const let_ = allowed(topology, from, to, going.arrived);
  const blocked = judge(topology, let_, from, to, question, out);
  if (blocked !== undefined) return { ...no(blocked, out.hops), ports: portWords(let_.through) };
  const ports = portWords(let_.through);
  if (going.arrived.kind === 'outside') {
    const back = [{ where: `${from.place} NAT gateway`, words: 'knows the connection and lets the reply in', passes: true }];
    return { yes: true, ...names, forward: out.hops, back, reason: 'it leaves the estate through the NAT gateway', ports };
  }
  const reply = new Trace();
  const coming = send(topology, to, from, reply);
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

/** Routing of one packet: no rules are asked. */
export function send(topology: Topology, from: Endpoint, to: Endpoint, trace?: Trace): Outcome {
  const walk: Walk = {
    ...topology,
    packet: { source: from.address, destination: to.address, estate: to.at.kind !== 'outside' },
    trace,
    hopsLeft: MOST_HOPS,
  };
  if (from.at.kind === 'interface') return leaveInterface(walk, from.at.own);
  if (from.at.kind === 'idc-host') return leaveIdcHost(walk, from.at.host);
  trace?.drop(from.name, 'nothing that was emitted has this address, so nothing is known of how it comes here');
  return drop('NO_SUCH_HOST');
}

export interface Allowed {
  /** Undefined where no interface of a cloud is there to ask. */
  readonly out?: readonly Passage[];
  readonly into?: readonly Passage[];
  /** What passes both. */
  readonly through: readonly Passage[];
}

const EVERYTHING: Passage = {
  protocol: '-1',
  fromPort: 0,
  toPort: 65535,
  rule: {
    protocol: '-1',
    fromPort: 0,
    toPort: 65535,
    peer: { kind: 'range', range: { base: 0, bits: 0 } },
    from: { stack: '', logicalId: '' },
  },
};

/** What the sender's and the receiver's groups let through. */
export function allowed({ index }: Topology, from: Endpoint, to: Endpoint, arrived: Arrival): Allowed {
  const sender = from.at.kind === 'interface' ? index.interfaces.get(from.at.own.id) : undefined;
  const receiver = arrived.kind === 'interface' ? index.interfaces.get(arrived.own.id) : undefined;
  const near =
    sender !== undefined &&
    receiver !== undefined &&
    (sender.vpc === receiver.vpc || (arrived.kind === 'interface' && arrived.peered));
  const out =
    sender === undefined
      ? undefined
      : passages(index, sender.own, 'egress', { address: to.address, ...(near ? { own: receiver.own } : {}) });
  const into =
    receiver === undefined
      ? undefined
      : passages(index, receiver.own, 'ingress', { address: from.address, ...(near ? { own: sender.own } : {}) });
  return {
    ...(out === undefined ? {} : { out }),
    ...(into === undefined ? {} : { into }),
    through: intersect(out ?? [EVERYTHING], into ?? [EVERYTHING]),
  };
}

/** Puts the rules among the hops; says which side stops it. */
function judge(
  { index }: Topology,
  let_: Allowed,
  from: Endpoint,
  to: Endpoint,
  { protocol, port }: Question,
  trace: Trace,
): DropCode | undefined {
  const asked = protocol === undefined ? 'anything' : `${port === undefined ? '' : `${port}/`}${protocol}`;
  if (let_.out !== undefined && from.at.kind === 'interface') {
    const out = passing(let_.out, protocol, port);
    const groups = from.at.own.groups.map((id) => index.groups.get(id)?.name ?? id).join(', ');
    // Out is judged first, so it stands behind the sender's own hop.
    if (out !== undefined)
      trace.hops.splice(1, 0, {
        where: `security group ${groups}`,
        words: `lets out ${ruleWords(index, out.rule)}`,
        from: out.rule.from,
        passes: true,
      });
    else {
      trace.hops.splice(1);
      trace.drop(`security group ${groups}`, `lets out nothing of that: ${asked} to ${to.name}`, groupOrigin(index, from));
      return 'EGRESS_RULES';
    }
  }
  if (let_.into === undefined) return undefined;
  const into = passing(let_.into, protocol, port);
  const receiver = trace.hops.at(-1)!;
  const groups =
    to.at.kind === 'interface' ? to.at.own.groups.map((id) => index.groups.get(id)?.name ?? id).join(', ') : receiver.where;
  if (into !== undefined && passing(let_.through, protocol, port) !== undefined) {
    trace.pass(`security group ${groups}`, `lets in ${ruleWords(index, into.rule)}`, into.rule.from);
    return undefined;
  }
  const others = portWords(let_.through);
  const instead = others.length === 0 ? 'nothing from there' : `only ${others.join(', ')} from there`;
  trace.drop(
    `security group ${groups}`,
    `lets in ${instead}${protocol === undefined ? '' : `, not ${asked}`}`,
    groupOrigin(index, to),
  );
  return 'INGRESS_RULES';
}

function groupOrigin(index: Topology['index'], { at }: Endpoint) {
  return at.kind === 'interface' ? index.groups.get(at.own.groups[0] ?? '')?.from : undefined;
}
