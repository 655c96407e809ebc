/** Partitions as a broker knows them, and what is wrong with their replicas. */

export interface Partition {
  readonly topic: string;
  readonly index: number;
  /** Node id; -1 where there is none. */
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly insync: readonly number[];
}

export interface Cluster {
  readonly id: string;
  /** Brokers that aren't fenced. */
  readonly brokers: readonly number[];
  readonly partitions: readonly Partition[];
}

/**
 * What is wrong with the brokers; undefined where nothing is. A partition with fewer replicas in sync than it needs is
 * under-replicated as well.
 */
export function replicaIllness({ brokers, partitions }: Cluster, id: number): string | undefined {
  if (!brokers.includes(id)) return `broker ${id} is fenced`;
  const short = partitions.filter(({ replicas, insync, leader }) => insync.length < replicas.length || leader < 0);
  if (short.length === 0) return undefined;
  const [{ topic, index }] = short as [Partition];
  return `${short.length} partitions are under-replicated, for example ${topic}-${index}`;
}

/** Whether a broker may leave for a while: no partition falls below its replicas in sync by that. @param needed by topic */
export function sparesBroker({ partitions }: Cluster, id: number, needed: (topic: string) => number): boolean {
  return partitions.every(
    ({ topic, replicas, insync }) => !insync.includes(id) || insync.length - 1 >= Math.min(needed(topic), replicas.length - 1),
  );
}
