/** What changes mean, as data: who is affected and how bad it is. */

import type { MeaningKind } from '../kinds';

/** Worst first; the order of every report. */
export const SEVERITIES = [
  'data-loss',
  'quorum',
  'refused',
  'replaced',
  'reachability',
  'security',
  'interrupted',
  'fleet',
  'network',
  'money',
  'access',
  'addition',
  'cosmetic',
] as const;

/**
 * `refused`: the engine can't do it in place, and the deploy fails. `replaced`: a host or a thing of the network goes or is made anew.
 * `interrupted`: hosts stop and start with what they have. `fleet`: elastic hosts are exchanged. `access`: who may reach or do what.
 * `quorum`: a cluster loses it, or stands empty. `reachability`: who reaches whom when all is done, by the routes and rules that are emitted.
 * `security`: open to the public, rights widened, encryption or the metadata service's protection weakened. `money`: what it costs more or less.
 */
export type Severity = (typeof SEVERITIES)[number];

export interface Meaning {
  /** Stable name of the kind of meaning: `host-restarts`, `route-removed`. */
  readonly kind: MeaningKind;
  readonly severity: Severity;
  /** Construct path of the stack. */
  readonly stack: string;
  /** One line, without the hosts' names. */
  readonly what: string;
  /** Names of the hosts that are affected: `<region>-<cluster>-<fleet>-<n>`. Empty where it is no question of hosts. */
  readonly hosts: readonly string[];
  /** The words go on behind the hosts, in the plural: `3 hosts <what>`. */
  readonly ofHosts?: true;
  /** Further lines: one a route, a rule, a statement. */
  readonly details: readonly string[];
  /** How hosts follow each other: `one at a time behind a gate`. */
  readonly pace?: string;
  /** Changes that this explains: `Resources/M1InstanceG1`, or `Resources/M1InstanceG1/UserData` for one property. */
  readonly explains: readonly string[];
}

/** Text of a fleet's hosts before and after: decoded, once a fleet. */
export interface UserDataChange {
  /** `<region>-<cluster>-<fleet>`. */
  readonly fleet: string;
  readonly stacks: readonly string[];
  /** Undefined: the fleet is new. */
  readonly before?: string;
  /** Undefined: the fleet goes. */
  readonly after?: string;
}

/** Stable: within a severity the order in which they were found. */
export function bySeverity(meanings: readonly Meaning[]): Meaning[] {
  return SEVERITIES.flatMap((severity) => meanings.filter((meaning) => meaning.severity === severity));
}
