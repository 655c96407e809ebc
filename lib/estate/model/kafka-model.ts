/** The collection of a region as it is described: a Kafka cluster, its front ends, and the mirrors into it. */

export interface KafkaConfig {
  /**
   * `standard`: three or five controllers apart from the brokers. `small`: the brokers are the controllers too, which Kafka's
   * documentation advises against for critical use ("KRaft", "Process Roles").
   */
  readonly size: 'standard' | 'small';
  /** Name of the quorum fleet whose members are the controllers; in `small` the brokers' own. */
  readonly controllers: string;
  /** Name of the members fleet whose members are the brokers. */
  readonly brokers: string;
  /** Name of the fleet that takes lines and keeps them until Kafka has them. @default - none: nothing is collected here */
  readonly frontEnds?: string;
  /** Name of the fleet that carries other regions' topics into this cluster. @default - none: nothing is mirrored here */
  readonly mirrors?: string;
  /** Region whose cluster this one's topics are carried into; the region itself where nothing is carried on. */
  readonly into: string;
  readonly load: KafkaLoad;
  readonly spool: SpoolConfig;
  /** Sorted by name. */
  readonly topics: readonly TopicConfig[];
}

/** What enters through the region's front ends. */
export interface KafkaLoad {
  /** Bytes a second, raw lines, in the busiest minute. */
  readonly peak: number;
  /** Bytes a second over a day. */
  readonly average: number;
  /** Bytes of a line, on average. */
  readonly lineBytes: number;
  /** Factor for growth that disks and brokers have room for. */
  readonly growth: number;
}

/** What a front end keeps while Kafka is away. */
export interface SpoolConfig {
  /** Seconds of the average load. */
  readonly keep: number;
  /** `refuse`: senders get 503 and keep their lines. `drop-oldest`: whole segments go, and are counted. */
  readonly whenFull: 'refuse' | 'drop-oldest';
}

export interface TopicConfig {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  /** Replicas that must have a line before it is acknowledged (`min.insync.replicas`). */
  readonly minInsync: number;
  /** Seconds that a line is kept. */
  readonly retention: number;
  /** Whether it is carried into the region that `into` names. */
  readonly mirrored: boolean;
}

/** Bytes of a line at most; longer ones are refused by the front ends. Kafka's own limit of a message (`message.max.bytes`) lies above it with its framing. */
export const MAX_LINE_BYTES = 262_144;

/**
 * What a front end's spool has beside the lines, bytes a request: with it goes the name of the topic, and one byte a line. Measured from the program
 * itself (lib/host-programs/front-end/spool/frame.ts; a test holds the two together): a line alone costs it whole, a batch of a hundred a hundredth.
 */
export const SPOOL_FRAME_BYTES = 52;
