/** Network ACLs: what the edges of subnets let pass, and let come back. They have no memory: a reply is a packet like any other. */
import { EPHEMERAL_PORTS } from '../facts/packet-sizes';
import type { WorldIndex } from './index-world';
import type { AskedPort } from './judge';
import { holds } from './range';
import { intersect, type Passage, type Protocol, passing, portWords } from './rules';
import type { Crossing, DropCode, Trace } from './walk/outcome';
import type { AclEntry } from './world';

/** Types of ICMP messages of a ping and of its answer (RFC 792). */
const ECHO = { forward: 8, reply: 0 } as const;
const PROTOCOLS = ['tcp', 'udp', 'icmp'] as const;

/** The edges that a reply passes, where it comes the way that the packet went: the same, the other way round. */
export function mirrored(crossings: readonly Crossing[] | undefined): readonly Crossing[] {
  return (crossings ?? [])
    .toReversed()
    .map((each) => ({ ...each, direction: each.direction === 'egress' ? 'ingress' : 'egress' }));
}

/** What of `through` passes all edges and gets its replies over those of the way back. */
export function pastEdges(
  index: WorldIndex,
  through: readonly Passage[],
  forward: readonly Crossing[] | undefined,
  back: readonly Crossing[] | undefined,
): readonly Passage[] {
  let left = through;
  for (const each of forward ?? []) left = intersect(lets(index, each), left);
  for (const each of back ?? []) left = intersect(answered(index, each), left);
  return left;
}

/** Says which edge stops what is asked for. @param reply the edges are those of the way back */
export function atEdges(
  index: WorldIndex,
  through: readonly Passage[],
  crossings: readonly Crossing[] | undefined,
  { protocol, port }: AskedPort,
  trace: Trace,
  reply = false,
): { readonly stopped: DropCode } | { readonly through: readonly Passage[] } {
  let left = through;
  for (const each of crossings ?? []) {
    const acl = index.acls.get(each.acl);
    const where = `network ACL ${acl?.name ?? each.acl} of subnet ${each.subnet}`;
    const open = reply ? answered(index, each) : lets(index, each);
    left = intersect(open, left);
    const way = each.direction === 'egress' ? 'out' : 'in';
    if (passing(left, protocol, port) === undefined)
      return {
        stopped: trace.drop('NETWORK_ACL', where, refusal(acl?.[each.direction] ?? [], each, way, reply, open), acl?.from),
      };
    trace.pass(where, reply ? `lets ${way} replies` : `lets ${way} ${portWords(open).join(', ')}`, acl?.from);
  }
  return { through: left };
}

function refusal(
  entries: readonly AclEntry[],
  { other, nat }: Crossing,
  way: string,
  reply: boolean,
  open: readonly Passage[],
): string {
  if (entries.every(({ range }) => !holds(range, other))) return `has no entry for what goes ${way} there`;
  const ports = EPHEMERAL_PORTS[nat === true ? 'nat' : 'host'].join('-');
  if (reply) return `does not let ${way} replies, which go to ports ${ports}: it remembers no connection`;
  const only = portWords(open);
  return only.length === 0 ? `lets ${way} nothing of that` : `lets ${way} only ${only.join(', ')}`;
}

/** Ports that packets to and from the other side may go to. */
function lets(index: WorldIndex, crossing: Crossing): readonly Passage[] {
  return compact(
    PROTOCOLS.flatMap((protocol): Passage[] => {
      const open = openPorts(entriesOf(index, crossing), protocol, crossing.other);
      if (protocol !== 'icmp') return open.map(([from, to]) => passage(protocol, from, to));
      return covers(open, ECHO.forward, ECHO.forward) ? [passage('icmp', 0, 65535)] : [];
    }),
  );
}

/** Protocols whose replies pass, to whatever port the connection was made from. */
function answered(index: WorldIndex, crossing: Crossing): readonly Passage[] {
  const [first, last] = EPHEMERAL_PORTS[crossing.nat === true ? 'nat' : 'host'];
  return compact(
    PROTOCOLS.flatMap((protocol): Passage[] => {
      const open = openPorts(entriesOf(index, crossing), protocol, crossing.other);
      const [low, high] = protocol === 'icmp' ? [ECHO.reply, ECHO.reply] : [first, last];
      return covers(open, low, high) ? [passage(protocol, 0, 65535)] : [];
    }),
  );
}

function entriesOf(index: WorldIndex, { acl, direction }: Crossing): readonly AclEntry[] {
  return index.acls.get(acl)?.[direction] ?? [];
}

type Ports = readonly [from: number, to: number];

/** The first entry that matches a port decides it. */
function openPorts(entries: readonly AclEntry[], protocol: Protocol, other: number): Ports[] {
  let undecided: Ports[] = [[0, 65535]];
  const open: Ports[] = [];
  for (const entry of entries) {
    if (!holds(entry.range, other) || (entry.protocol !== '-1' && entry.protocol !== protocol)) continue;
    const left: Ports[] = [];
    for (const [from, to] of undecided) {
      const [low, high] = [Math.max(from, entry.fromPort), Math.min(to, entry.toPort)];
      if (low > high) left.push([from, to]);
      else {
        if (entry.allow) open.push([low, high]);
        if (from < low) left.push([from, low - 1]);
        if (high < to) left.push([high + 1, to]);
      }
    }
    undecided = left;
  }
  return joined(open);
}

function joined(list: readonly Ports[]): Ports[] {
  const result: Ports[] = [];
  for (const [from, to] of [...list].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1] + 1) result[result.length - 1] = [last[0], Math.max(last[1], to)];
    else result.push([from, to]);
  }
  return result;
}

function covers(open: readonly Ports[], from: number, to: number): boolean {
  return open.some(([low, high]) => low <= from && to <= high);
}

function passage(protocol: Passage['protocol'], fromPort: number, toPort: number): Passage {
  const peer = { kind: 'range', range: { base: 0, bits: 0 } } as const;
  return {
    protocol,
    fromPort,
    toPort,
    group: '',
    rule: { protocol, fromPort, toPort, peer, from: { stack: '', logicalId: '' } },
  };
}

/** Everything of every protocol is one passage. */
function compact(list: readonly Passage[]): readonly Passage[] {
  const whole = PROTOCOLS.every((protocol) =>
    list.some((p) => p.protocol === protocol && p.fromPort === 0 && p.toPort === 65535),
  );
  return whole ? [passage('-1', 0, 65535)] : list;
}
