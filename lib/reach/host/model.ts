/** What a host itself does with packets: its packet filter and docker, as the text that it boots with sets them up. */
import type { Range } from '../world';
import type { Ports } from './traffic';

/** Shared by all hosts that boot with the same text. */
export interface HostNetwork {
  /** Where the text stands, for hops: a stack or a rack's file. */
  readonly where: string;
  /** Base chains in the order that the kernel asks them in: by hook, then by priority. */
  readonly hooks: readonly BaseChain[];
  /** Addresses that docker's bridge takes on a host without container ranges of its own: packets to them never leave it. */
  readonly bridge?: Range;
  /** Largest packet of containers with addresses of their own, bytes. @default - not written */
  readonly mtu?: number;
  /** Routes that it sets for itself. @default - none that says a size */
  readonly routes?: readonly SizedRoute[];
  /** @default - the ranges that routes and the cloud give it */
  readonly planned?: PlannedRanges;
}

/** A route of a host that says more than its default route. */
export interface SizedRoute {
  readonly destination: Range;
  /** Largest packet, bytes of IP. @default - its interface's */
  readonly mtu?: number;
  /** @default - the host's default gateway */
  readonly gateway?: number;
}

/** Container ranges that a host counts out for itself, by its address. */
export type PlannedRanges = (address: number) => readonly Range[];

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

export interface Chain {
  /** `inet meissa / planned`. */
  readonly name: string;
  readonly rules: readonly FilterRule[];
}

export interface BaseChain extends Chain {
  readonly hook: Hook;
  readonly priority: number;
  /** Addresses are changed in it, by the first packet of a connection only. */
  readonly nat: boolean;
  readonly policy: 'accept' | 'drop';
}

export type Verdict =
  | 'accept'
  | 'drop'
  | 'return'
  | 'masquerade'
  /** The reader doesn't know what the rule does: a packet that comes to it goes nowhere. */
  | 'unread'
  /** Ends of TCP are told to send segments of so many bytes at most, and the packet goes on. */
  | { readonly segment: number }
  | { readonly jump: Chain }
  | { readonly goto: Chain };

/** Every condition must hold; one that is absent always does. */
export interface FilterRule {
  readonly text: string;
  /** File on the host, and the line in it. */
  readonly at: string;
  readonly from?: Devices;
  readonly to?: Devices;
  readonly source?: Addresses;
  readonly destination?: Addresses;
  /** States of connection tracking: new, established, related ... */
  readonly states?: Either<string>;
  readonly protocols?: Either<string>;
  readonly sourcePorts?: Either<Ports>;
  readonly destinationPorts?: Either<Ports>;
  readonly verdict: Verdict;
}

export interface Either<T> {
  readonly not: boolean;
  readonly of: readonly T[];
}

/** Names of devices; a `*` at the end is any rest. */
export type Devices = Either<string>;

/** `own`: the container ranges of the host itself. */
export type Addresses = Either<Range | 'own'>;
