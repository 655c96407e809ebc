/**
 * Security groups: what an interface lets in and out. Stateful: replies to what was let in need no rule.
 *
 * Source: VPC user guide, "Security group rules" and "Security group referencing"; VPC peering guide, "Update your security
 * groups to reference peer security groups" (not across regions).
 */

import { owns, type WorldIndex } from './index-world';
import { formatRange, holds } from './range';
import type { NetworkInterface, SecurityRule } from './world';

export type Protocol = 'tcp' | 'udp' | 'icmp';

/** Ports that pass, with the rule that says so. */
export interface Passage {
  readonly protocol: SecurityRule['protocol'];
  readonly fromPort: number;
  readonly toPort: number;
  readonly rule: SecurityRule;
  /** Id of the group that the rule stands in. */
  readonly group: string;
}

/** The other side of a packet, as an interface's rules see it. */
export interface OtherSide {
  readonly address: number;
  /** The interface that it comes from or goes to, where rules by group may look: in the same VPC, or over a peering in the same region. */
  readonly own?: NetworkInterface;
}

/** Rules by group match only addresses that an interface of the group owns: never a container range behind it. */
function matches(rule: SecurityRule, other: OtherSide): boolean {
  const { peer } = rule;
  if (peer.kind === 'range') return holds(peer.range, other.address);
  return other.own?.groups.includes(peer.id) === true && owns(other.own, other.address);
}

export function passages(index: WorldIndex, own: NetworkInterface, direction: 'ingress' | 'egress', other: OtherSide): Passage[] {
  const found: Passage[] = [];
  for (const id of own.groups) {
    for (const rule of index.groups.get(id)?.[direction] ?? []) {
      if (matches(rule, other))
        found.push({ protocol: rule.protocol, fromPort: rule.fromPort, toPort: rule.toPort, rule, group: id });
    }
  }
  return found;
}

/** The passage that lets a port through, or any passage when no port is asked for. */
export function passing(list: readonly Passage[], protocol: Protocol | undefined, port: number | undefined): Passage | undefined {
  return list.find(
    (p) =>
      protocol === undefined ||
      p.protocol === '-1' ||
      (p.protocol === protocol && (protocol === 'icmp' || port === undefined || (port >= p.fromPort && port <= p.toPort))),
  );
}

/** What passes both: out of one interface and into the other. */
export function intersect(out: readonly Passage[], into: readonly Passage[]): readonly Passage[] {
  const [first] = out;
  // Outbound is open nearly everywhere: then the receiver's rules are the answer.
  if (out.length === 1 && first!.protocol === '-1' && first!.fromPort === 0 && first!.toPort === 65535) return into;
  const both: Passage[] = [];
  for (const a of out) {
    for (const b of into) {
      if (a.protocol !== '-1' && b.protocol !== '-1' && a.protocol !== b.protocol) continue;
      const fromPort = Math.max(a.fromPort, b.fromPort);
      const toPort = Math.min(a.toPort, b.toPort);
      if (fromPort > toPort) continue;
      both.push({ protocol: b.protocol === '-1' ? a.protocol : b.protocol, fromPort, toPort, rule: b.rule, group: b.group });
    }
  }
  return both;
}

/** `all`, `icmp`, `2379/tcp`, `8000-8100/udp`; sorted, each once, and none that lies in another. */
export function portWords(list: readonly Pick<Passage, 'protocol' | 'fromPort' | 'toPort'>[]): string[] {
  if (list.some((p) => p.protocol === '-1' && p.fromPort === 0 && p.toPort >= 65535)) return ['all'];
  const words = new Map<string, number>();
  const within = (a: (typeof list)[number], b: (typeof list)[number]) =>
    a.protocol === b.protocol &&
    a.fromPort >= b.fromPort &&
    a.toPort <= b.toPort &&
    (a.fromPort > b.fromPort || a.toPort < b.toPort);
  for (const { protocol, fromPort, toPort } of list.filter((one) => !list.some((other) => within(one, other)))) {
    const ports = fromPort === toPort ? String(fromPort) : `${fromPort}-${toPort}`;
    words.set(protocol === 'icmp' ? 'icmp' : `${ports}/${protocol === '-1' ? 'any' : protocol}`, fromPort);
  }
  return [...words].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).map(([text]) => text);
}

/** A rule in words, for hops. */
export function ruleWords(index: WorldIndex, rule: SecurityRule): string {
  const peer =
    rule.peer.kind === 'range' ? formatRange(rule.peer.range) : `group ${index.groups.get(rule.peer.id)?.name ?? rule.peer.id}`;
  const ports = rule.protocol === '-1' ? 'everything' : rule.protocol === 'icmp' ? 'icmp' : portWords([rule])[0]!;
  return `${ports} of ${peer}`;
}
