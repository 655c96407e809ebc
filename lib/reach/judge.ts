/** What security groups of both ends make of a packet that is routed. */
import type { Endpoint } from './endpoint';
import type { WorldIndex } from './index-world';
import { intersect, type Passage, type Protocol, passages, passing, portWords, ruleWords } from './rules';
import type { Arrival, DropCode, Trace } from './walk/outcome';
import type { Topology } from './walk/topology';

export interface AskedPort {
  /** @default - any traffic */
  readonly protocol?: Protocol;
  readonly port?: number;
}

export interface Allowed {
  /** Undefined where no interface of a cloud is there to ask. */
  readonly out: readonly Passage[] | undefined;
  readonly into: readonly Passage[] | undefined;
  /** What passes both. */
  readonly through: readonly Passage[];
}

export const ANYTHING: readonly Passage[] = [
  {
    protocol: '-1',
    fromPort: 0,
    toPort: 65535,
    group: '',
    rule: {
      protocol: '-1',
      fromPort: 0,
      toPort: 65535,
      peer: { kind: 'range', range: { base: 0, bits: 0 } },
      from: { stack: '', logicalId: '' },
    },
  },
];

/**
 * What the sender's and the receiver's groups let through.
 *
 * @param ask who is asked what one interface's groups say; the matrix remembers it
 */
export function allowed(
  { index }: Topology,
  from: Endpoint,
  to: Endpoint,
  arrived: Arrival,
  ask: typeof passages = passages,
): Allowed {
  const sender = from.at.kind === 'interface' ? guarded(index, from.at.own.id) : undefined;
  const receiver = arrived.kind === 'interface' ? guarded(index, arrived.own.id) : undefined;
  const near =
    sender !== undefined &&
    receiver !== undefined &&
    (sender.vpc === receiver.vpc || (arrived.kind === 'interface' && arrived.peered));
  const out =
    sender === undefined
      ? undefined
      : ask(index, sender.own, 'egress', { address: to.address, ...(near ? { own: receiver.own } : {}) });
  const into =
    receiver === undefined
      ? undefined
      : ask(index, receiver.own, 'ingress', { address: from.address, ...(near ? { own: sender.own } : {}) });
  return { out, into, through: intersect(out ?? ANYTHING, into ?? ANYTHING) };
}

/** An interface whose groups are asked. */
function guarded(index: WorldIndex, id: string) {
  const found = index.interfaces.get(id);
  return found?.own.unguarded === true ? undefined : found;
}

/** Puts the rules among the hops; says which side stops it. */
export function judge(
  { index }: Topology,
  { out, into, through }: Allowed,
  from: Endpoint,
  to: Endpoint,
  { protocol, port }: AskedPort,
  trace: Trace,
): DropCode | undefined {
  const asked = protocol === undefined ? 'anything' : `${port === undefined ? '' : `${port}/`}${protocol}`;
  if (out !== undefined) {
    const found = passing(out, protocol, port);
    // What leaves is judged first: that stands behind the sender's own hop.
    if (found === undefined) {
      trace.hops.splice(1);
      const words = `lets out nothing of that: ${asked} to ${to.name}`;
      return trace.drop('EGRESS_RULES', groupsOf(index, from), words, groupOrigin(index, from));
    }
    trace.hops.splice(1, 0, { ...groupHop(index, found), words: `lets out ${ruleWords(index, found.rule)}` });
  }
  if (into === undefined) return undefined;
  const found = passing(into, protocol, port);
  if (found !== undefined && passing(through, protocol, port) !== undefined) {
    trace.hops.push({ ...groupHop(index, found), words: `lets in ${ruleWords(index, found.rule)}` });
    return undefined;
  }
  const others = portWords(through);
  const instead = others.length === 0 ? 'nothing from there' : `only ${others.join(', ')} from there`;
  const words = `lets in ${instead}${protocol === undefined ? '' : `, not ${asked}`}`;
  return trace.drop('INGRESS_RULES', groupsOf(index, to), words, groupOrigin(index, to));
}

function groupHop(index: WorldIndex, { group, rule }: Passage) {
  return { where: `security group ${index.groups.get(group)?.name ?? group}`, from: rule.from, passes: true };
}

/** All groups of an interface: none of them lets it pass. */
function groupsOf(index: WorldIndex, { at }: Endpoint): string {
  const names = at.kind === 'interface' ? at.own.groups.map((id) => index.groups.get(id)?.name ?? id) : [];
  return names.length === 0 ? 'no security group' : `security group${names.length > 1 ? 's' : ''} ${names.join(', ')}`;
}

function groupOrigin(index: WorldIndex, { at }: Endpoint) {
  return at.kind === 'interface' ? index.groups.get(at.own.groups[0] ?? '')?.from : undefined;
}
