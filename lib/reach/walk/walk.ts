/** One packet on its way: each device does what its own tables say. */
import type { Origin } from '../world';
import type { DropCode, Outcome, Trace } from './outcome';
import type { Topology } from './topology';

export interface Packet {
  readonly source: number;
  readonly destination: number;
  /** Somebody of the estate has the destination: on the internet nobody does. */
  readonly estate: boolean;
  /** It belongs to a connection that the other one has opened: no host changes its addresses. @default false */
  readonly reply?: boolean;
}

/** What every step needs. */
export interface Walk extends Topology {
  /** As it is now: its host may change where it comes from. */
  packet: Packet;
  readonly trace: Trace | undefined;
  /** Gateways and routers that it may still pass. */
  hopsLeft: number;
}

/** As the time to live of a packet, smaller: no path of an estate is as long. */
const MOST_HOPS = 24;

export function newWalk(topology: Topology, packet: Packet, trace: Trace | undefined): Walk {
  // Written out: a spread costs more than the walk of a short path.
  const { index, without, bgp, transitTables, entries } = topology;
  return { index, without, bgp, transitTables, entries, packet, trace, hopsLeft: MOST_HOPS };
}

/** The packet ends here; the hop that says why, where hops are read. */
export function drop({ trace }: Walk, code: DropCode, where: string, words: string, from?: Origin): Outcome {
  trace?.drop(code, where, words, from);
  return { dropped: code };
}
