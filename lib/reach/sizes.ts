/** Whether packets of a size arrive along hops, whether their sender hears of it, and what TCP makes of both ways. */
import { TCP_HEADERS } from '../facts/packet-sizes';
import type { Hop, Limit } from './walk/outcome';

/** Where a packet is too large. */
export interface TooLarge {
  readonly hop: Hop;
  readonly limit: Limit;
  /** Bytes of the packet. */
  readonly size: number;
}

/** What becomes of TCP once it is open. */
export type TcpVerdict =
  | {
      readonly passes: true;
      /** Largest segment of either way, bytes. */
      readonly segment: number;
      /** It passes only because senders are told of packets that are too large. */
      readonly told: boolean;
    }
  | { readonly passes: false /** One sentence. */; readonly reason: string };

/** The first limit that a packet of this size meets; undefined where it arrives. */
export function tooLarge(hops: readonly Hop[], size: number): TooLarge | undefined {
  for (const hop of hops) {
    const limit = hop.limits?.find(({ mtu }) => mtu < size);
    if (limit !== undefined) return { hop, limit, size };
  }
  return undefined;
}

/** What a sender comes to that sends smaller packets each time it is told: the size that arrives, or where it is told nothing. */
export function settled(hops: readonly Hop[], size: number): { readonly size: number } | TooLarge {
  const met = tooLarge(hops, size);
  if (met === undefined) return { size };
  return met.limit.told ? settled(hops, met.limit.mtu) : met;
}

/**
 * `takes packets of 1400 bytes, and 1500 are sent: nobody is known to tell the sender`.
 *
 * @param guarded it is not sure that ICMP comes in to the sender, where another one than itself tells it
 */
export function tooLargeWords(hops: readonly Hop[], { hop, limit, size }: TooLarge, guarded: boolean): string {
  const words = `takes packets of ${limit.mtu} bytes, and ${size} are sent`;
  if (!limit.told) return `${words}: nobody is known to tell the sender`;
  const told = `${words}: the sender is told${guarded && hop !== hops[0] ? ', if its security groups let ICMP in' : ''}`;
  const then = settled(hops, limit.mtu);
  if ('hop' in then)
    return `${told}, and then its packets of ${then.size} bytes are lost at ${then.hop.where}, which takes ${then.limit.mtu} and is not known to tell it`;
  return `${told}, and packets of ${then.size} bytes arrive`;
}

/**
 * Each end says with its first packet what it takes, and what is on the way lowers that; what still is too large, senders must be told of.
 *
 * Source: RFC 9293, "Maximum Segment Size Option"; RFC 1191. Undefined where a way's first hop, the sender, says no size.
 */
export function tcpAlong(forward: readonly Hop[], back: readonly Hop[]): TcpVerdict | undefined {
  const ends = [forward, back].map((hops) => hops[0]?.limits?.[0]?.mtu);
  const [near, far] = ends;
  if (near === undefined || far === undefined) return undefined;
  const there = oneWay(forward, Math.min(near, announced(far, back)));
  const here = oneWay(back, Math.min(far, announced(near, forward)));
  for (const each of [there, here]) if (!each.passes) return each;
  if (!there.passes || !here.passes) return undefined;
  return { passes: true, segment: Math.min(there.segment, here.segment), told: there.told || here.told };
}

/** Largest packet that the other end sends to one that takes `mtu`, once its first packet has come along these hops. */
function announced(mtu: number, hops: readonly Hop[]): number {
  return Math.min(mtu, ...hops.flatMap(({ segment }) => (segment === undefined ? [] : [segment + TCP_HEADERS])));
}

function oneWay(hops: readonly Hop[], size: number): TcpVerdict {
  const end = settled(hops, size);
  if (!('hop' in end)) return { passes: true, segment: end.size - TCP_HEADERS, told: end.size < size };
  const { hop, limit } = end;
  const reason = `packets of ${end.size} bytes are lost at ${hop.where}, which takes ${limit.mtu} and is not known to tell the sender`;
  return { passes: false, reason };
}
