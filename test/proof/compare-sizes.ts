/**
 * Packets of sizes that nobody may cut, and whole transfers over TCP: lib/reach says what arrives, who is told, what stalls; the kernel sends
 * them. Asked along every kind of way that there is, by what its hops take, at each limit and a byte above.
 */
import { type Answer, answerPair } from '../../lib/reach/answer';
import type { Endpoint } from '../../lib/reach/endpoint';
import { type Topology, topologyOf } from '../../lib/reach/walk/topology';
import { NOTHING_DOWN, type Without } from '../../lib/reach/without';
import type { World } from '../../lib/reach/world';
import type { SizeProbe, Transfer } from './agent';
import { endpointsOf, hostIdOf } from './compare';
import type { HostStation } from './hosts';
import type { Kernel } from './kernel';

export interface ComparedSizes {
  readonly packets: number;
  /** How many of them both say arrive. */
  readonly came: number;
  /** How many both say their sender is told of. */
  readonly told: number;
  readonly transfers: number;
  /** How many of these both say stall. */
  readonly stalled: number;
  /** One line each. */
  readonly differing: readonly string[];
}

/** Of one kind of way so many pairs, of all kinds so many; of ways that stall, each of which takes the whole time that it has, so few. */
const OF_A_KIND = 2;
const KINDS = 30;
const TRANSFERS = 12;
const STALLS = 2;
/** Pairs are looked at in an order of their own: ways of a kind stand side by side. */
const STRIDE = 7919;
const MOST_PAIRS = 600;
/** Ports that nobody names. */
const OPEN = { udp: 7777, tcp: 7778 } as const;

/** @param told whether reach and kernel must agree on who is told, too: with mistakes in tables ICMP may be lost on its own way */
export async function compareSizes(
  kernel: Kernel,
  { world, without = NOTHING_DOWN, told: hears = true }: { world: World; without?: Without; told?: boolean },
): Promise<ComparedSizes> {
  const topology = topologyOf(world, without);
  const pairs = pairsOf(kernel.stations, endpointsOf(world)).flatMap((pair): Opened[] => {
    const open = ask(topology, pair, {});
    return open.yes ? [{ pair, open }] : [];
  });
  const probes: SizeProbe[] = [];
  const words: string[] = [];
  for (const { pair, asked, answer } of kindsOf(pairs, topology)) {
    const limits = [...new Set(answer.forward.flatMap((hop) => (hop.limits ?? []).map(({ mtu }) => mtu)))];
    for (const size of new Set(limits.flatMap((mtu) => [mtu, mtu + 1]))) {
      const found = ask(topology, pair, { ...asked, size });
      if (!found.yes && found.code !== 'TOO_BIG') continue;
      const { protocol = 'udp', port = 0 } = asked;
      const ends = { from: pair.from.id, to: pair.to.id, protocol: protocol as SizeProbe['protocol'], port, size };
      probes.push({ ...ends, expect: found.yes, told: found.told === true });
      words.push(found.reason);
    }
  }
  const over = transfersOf(pairs, topology);
  const transfers = await kernel.transfer(over.map(({ transfer }) => transfer));
  const packets = await kernel.sizes(probes);
  const yesNo = (yes: boolean) => (yes ? 'yes' : 'no');
  const differing = [
    ...probes.flatMap(({ from, to, protocol, size, expect, told }, n) => {
      const found = packets[n]!;
      const same = found.came === expect && (!hears || expect || found.told === told);
      const said = `arrives ${yesNo(expect)}, told ${yesNo(told)} (${words[n]})`;
      return same
        ? []
        : [
            `${from} -> ${to} ${size} bytes of ${protocol}: reach says ${said}, the kernel ${yesNo(found.came)}, ${yesNo(found.told)}`,
          ];
    }),
    ...over.flatMap(({ transfer, answer }, n) => {
      const { from, to, port } = transfer;
      if (transfers[n] === answer.tcp!.passes) return [];
      return [
        `${from} -> ${to} TCP ${port}: reach says ${JSON.stringify(answer.tcp)}, the kernel passes: ${yesNo(transfers[n]!)}`,
      ];
    }),
  ];
  return {
    packets: probes.length,
    came: packets.filter(({ came }) => came).length,
    told: packets.filter(({ told }) => told).length,
    transfers: over.length,
    stalled: transfers.filter((came) => !came).length,
    differing,
  };
}

interface Pair {
  readonly from: HostStation;
  readonly to: HostStation;
  readonly ends: readonly [Endpoint, Endpoint];
}

/** With what is let in at all. */
interface Opened {
  readonly pair: Pair;
  readonly open: Answer;
}

interface Asked {
  readonly protocol?: 'udp' | 'tcp' | 'icmp';
  readonly port?: number;
  readonly size?: number;
}

interface Found {
  readonly pair: Pair;
  readonly asked: Asked;
  readonly answer: Answer;
}

function pairsOf(stations: readonly HostStation[], endpoints: ReadonlyMap<string, Endpoint>): Pair[] {
  const all = stations.filter(({ id }) => endpoints.has(id));
  const count = all.length ** 2;
  return Array.from({ length: Math.min(count, MOST_PAIRS) }, (_, n) => (n * STRIDE) % count).flatMap((n) => {
    const [from, to] = [all[Math.floor(n / all.length)]!, all[n % all.length]!];
    return hostIdOf(from) === hostIdOf(to) ? [] : [{ from, to, ends: [endpoints.get(from.id)!, endpoints.get(to.id)!] }];
  });
}

function ask(topology: Topology, { from, to, ends: [a, b] }: Pair, asked: Asked): Answer {
  return answerPair(topology, { ...a, address: from.value }, { ...b, address: to.value }, asked);
}

/** Pairs that reach each other by UDP or at least ICMP: a few of each kind. */
function kindsOf(pairs: readonly Opened[], topology: Topology): Found[] {
  const counts = new Map<string, number>();
  return pairs.flatMap(({ pair, open }): Found[] => {
    const key = limitsOf(open.forward);
    const count = counts.get(key) ?? 0;
    if (count >= OF_A_KIND || (count === 0 && counts.size >= KINDS)) return [];
    const port = portIn(open.ports, 'udp');
    const asked = port === undefined ? ({ protocol: 'icmp' } as const) : ({ protocol: 'udp', port } as const);
    const answer = ask(topology, pair, asked);
    if (!answer.yes) return [];
    counts.set(key, count + 1);
    return [{ pair, asked, answer }];
  });
}

function transfersOf(pairs: readonly Opened[], topology: Topology): { readonly transfer: Transfer; readonly answer: Answer }[] {
  const kinds = new Set<string>();
  const taken = new Set<string>();
  let stalls = 0;
  return pairs.flatMap(({ pair, open }) => {
    const kind = `${limitsOf(open.forward)} ${limitsOf(open.back)}`;
    // One direction of a pair: what an end is told the one way it knows the other way.
    const ends = [pair.from.id, pair.to.id].sort().join(' ');
    const port = portIn(open.ports, 'tcp');
    if (kinds.size >= TRANSFERS || kinds.has(kind) || taken.has(ends) || port === undefined) return [];
    const answer = ask(topology, pair, { protocol: 'tcp', port });
    const { yes, tcp } = answer;
    if (!yes || tcp === undefined || (!tcp.passes && stalls >= STALLS)) return [];
    kinds.add(kind);
    taken.add(ends);
    if (!tcp.passes) stalls++;
    return [{ transfer: { from: pair.from.id, to: pair.to.id, port }, answer }];
  });
}

function limitsOf(hops: Answer['forward']): string {
  return JSON.stringify(hops.flatMap(({ limits = [], segment }) => [limits, segment ?? []]));
}

/** A port that is open: any that nobody names, or the first that is named. */
function portIn(ports: readonly string[], protocol: 'udp' | 'tcp'): number | undefined {
  if (ports.includes('all')) return OPEN[protocol];
  const [first] = ports.flatMap((words) => {
    const [, from, to = from, of] = /^(\d+)(?:-(\d+))?\/(any|udp|tcp)$/.exec(words) ?? [];
    if (from === undefined || (of !== 'any' && of !== protocol)) return [];
    return Number(from) <= OPEN[protocol] && OPEN[protocol] <= Number(to) ? [OPEN[protocol]] : [Math.max(1, Number(from))];
  });
  return first;
}
