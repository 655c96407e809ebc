/** One packet on its way: each device does what its own tables say. */
import type { Origin, Subnet } from '../world';
import type { Arrival, Crossing, DropCode, Outcome, Trace } from './outcome';
import type { AtRouter } from './router-filter';
import type { Topology } from './topology';

export interface Packet {
  readonly source: number;
  readonly destination: number;
  /** Somebody of the estate has the destination: on the internet nobody does. */
  readonly estate: boolean;
  /** A service of the cloud that its public address is of: `us-east-1 s3`. */
  readonly service?: string;
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
  /** Made when the first edge of a subnet with a network ACL is passed. */
  crossings?: Crossing[];
  /** Made when the first router is passed whose filter lets only some of it through. */
  filtered?: AtRouter[];
}

/** As the time to live of a packet, smaller: no path of an estate is as long. */
const MOST_HOPS = 24;

export function newWalk(topology: Topology, packet: Packet, trace: Trace | undefined): Walk {
  // Written out: a spread costs more than the walk of a short path.
  const { index, without, bgp, transitTables, entries } = topology;
  return { index, without, bgp, transitTables, entries, packet, trace, hopsLeft: MOST_HOPS };
}

/** The packet arrives. */
export function reach({ crossings, filtered }: Walk, arrived: Arrival): Outcome {
  if (crossings === undefined && filtered === undefined) return { arrived };
  return { arrived, ...(crossings === undefined ? {} : { crossings }), ...(filtered === undefined ? {} : { filtered }) };
}

/**
 * A packet passes the edge of a subnet. Where it came out of the same subnet just before, it has passed none.
 *
 * Source: VPC user guide, "Network ACLs" (traffic within a subnet is not asked for).
 */
export function crossEdge(walk: Walk, subnet: Subnet, direction: Crossing['direction'], other: number, nat?: true): void {
  if (subnet.acl === undefined) return;
  walk.crossings ??= [];
  const last = walk.crossings.at(-1);
  if (direction === 'ingress' && last?.direction === 'egress' && last.acl === subnet.acl && last.subnet === subnet.name)
    walk.crossings.pop();
  else walk.crossings.push({ acl: subnet.acl, subnet: subnet.name, direction, other, ...(nat === undefined ? {} : { nat }) });
}

/** The packet ends here; the hop that says why, where hops are read. */
export function drop({ trace }: Walk, code: DropCode, where: string, words: string, from?: Origin): Outcome {
  trace?.drop(code, where, words, from);
  return { dropped: code };
}
