/** The quorum of the controllers as its leader knows it, and what is wrong with it. */

export interface Replica {
  readonly id: number;
  /** As Kafka writes it, base64url. */
  readonly directoryId: string;
  /** Milliseconds since it last had all that the leader had, by the leader's clock. */
  readonly behind: number;
}

export interface Quorum {
  readonly leader: number;
  readonly voters: readonly Replica[];
  readonly observers: readonly Replica[];
}

/** One that fetches is asked for more every half second: longer than this, and it is away or can't keep up. */
const SMALL_LAG_MS = 5000;

export function isCurrent({ behind }: Replica): boolean {
  return behind <= SMALL_LAG_MS;
}

/** What is wrong with the quorum; undefined where all voters are there and current, and are the planned ones. */
export function quorumIllness({ voters }: Quorum, planned: readonly number[]): string | undefined {
  const late = voters.filter((voter) => !isCurrent(voter)).map(({ id }) => id);
  if (late.length > 0) return `controllers ${late.join(', ')} are away or behind`;
  const missing = planned.filter((id) => !voters.some((voter) => voter.id === id));
  if (missing.length > 0) return `controllers ${missing.join(', ')} don't vote`;
  return undefined;
}

/** Whether a voter may leave for a while without taking the quorum along. */
export function sparesVoter({ voters }: Quorum, id: number): boolean {
  const current = voters.filter(isCurrent);
  return !current.some((voter) => voter.id === id) || current.length - 1 > voters.length / 2;
}
