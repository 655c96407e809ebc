/** Kinds of traffic to a service, as sets: what a packet filter lets through of them. */

/** First and last port. */
export type Ports = readonly [from: number, to: number];

/** By protocol: ports of the service, sorted and apart; of the rest whether it is in the set. */
export interface Traffic {
  readonly tcp: readonly Ports[];
  readonly udp: readonly Ports[];
  readonly icmp: boolean;
  /** Every other protocol. */
  readonly other: boolean;
}

export const EVERY_PORT: readonly Ports[] = [[0, 65535]];
export const EVERYTHING: Traffic = { tcp: EVERY_PORT, udp: EVERY_PORT, icmp: true, other: true };
export const NOTHING: Traffic = { tcp: [], udp: [], icmp: false, other: false };

export function isNothing({ tcp, udp, icmp, other }: Traffic): boolean {
  return tcp.length === 0 && udp.length === 0 && !icmp && !other;
}

export function both(a: Traffic, b: Traffic): Traffic {
  if (a === EVERYTHING) return b;
  if (b === EVERYTHING) return a;
  return { tcp: common(a.tcp, b.tcp), udp: common(a.udp, b.udp), icmp: a.icmp && b.icmp, other: a.other && b.other };
}

export function without(a: Traffic, b: Traffic): Traffic {
  if (b === EVERYTHING) return NOTHING;
  return {
    tcp: common(a.tcp, otherPorts(b.tcp)),
    udp: common(a.udp, otherPorts(b.udp)),
    icmp: a.icmp && !b.icmp,
    other: a.other && !b.other,
  };
}

export function either(a: Traffic, b: Traffic): Traffic {
  const union = (one: readonly Ports[], two: readonly Ports[]) => otherPorts(common(otherPorts(one), otherPorts(two)));
  return { tcp: union(a.tcp, b.tcp), udp: union(a.udp, b.udp), icmp: a.icmp || b.icmp, other: a.other || b.other };
}

/** Every port that is in none of these. */
export function otherPorts(ports: readonly Ports[]): readonly Ports[] {
  const found: Ports[] = [];
  let next = 0;
  for (const [from, to] of [...ports].sort((a, b) => a[0] - b[0])) {
    if (from > next) found.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= 65535) found.push([next, 65535]);
  return found;
}

function common(a: readonly Ports[], b: readonly Ports[]): readonly Ports[] {
  return a.flatMap(([from, to]) =>
    b.flatMap(([low, high]): Ports[] => {
      const [first, last] = [Math.max(from, low), Math.min(to, high)];
      return first <= last ? [[first, last]] : [];
    }),
  );
}

export function isEverything({ tcp, udp, icmp, other }: Traffic): boolean {
  return isEvery(tcp) && isEvery(udp) && icmp && other;
}

function isEvery(ports: readonly Ports[]): boolean {
  return ports.length === 1 && ports[0]![0] === 0 && ports[0]![1] === 65535;
}

/** As the rules of security groups say it: `-1` is all. */
export function portRanges(
  traffic: Traffic,
): { readonly protocol: 'tcp' | 'udp' | 'icmp' | '-1'; readonly fromPort: number; readonly toPort: number }[] {
  const { tcp, udp, icmp } = traffic;
  if (isEverything(traffic)) return [{ protocol: '-1', fromPort: 0, toPort: 65535 }];
  return [
    ...tcp.map(([fromPort, toPort]) => ({ protocol: 'tcp' as const, fromPort, toPort })),
    ...udp.map(([fromPort, toPort]) => ({ protocol: 'udp' as const, fromPort, toPort })),
    ...(icmp ? [{ protocol: 'icmp' as const, fromPort: 0, toPort: 65535 }] : []),
  ];
}

/** What one question is about: all of it, a protocol, or one port. */
export function asked(protocol: 'tcp' | 'udp' | 'icmp' | undefined, port: number | undefined): Traffic {
  if (protocol === undefined) return EVERYTHING;
  if (protocol === 'icmp') return { ...NOTHING, icmp: true };
  return { ...NOTHING, [protocol]: port === undefined ? EVERY_PORT : [[port, port]] };
}
