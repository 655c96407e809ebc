/** Numbers that the sizing takes for granted, each with where it comes from. */

export const SOURCES = {
  rightSizing: 'AWS Big Data Blog, "Best practices for right-sizing your Apache Kafka clusters to optimize performance and cost"',
  msk: 'Amazon MSK, "Best practices for Standard brokers"',
  hardware: 'Apache Kafka, "Hardware and OS"',
  kraft: 'Apache Kafka, "KRaft", Deploying Considerations',
  record: 'Apache Kafka, "Message Format", Record',
  topicSettings: 'Apache Kafka, "Topic Configs" (retention.ms, segment.bytes)',
  partitions: 'Confluent, "How to Choose the Number of Topics/Partitions in a Kafka Cluster?"',
  gp3: 'Amazon EBS, "Amazon EBS General Purpose SSD volumes"',
  rack: 'Apache Kafka, "Balancing Replicas Across Racks"',
  ebsPrice: 'Amazon EBS pricing, us-east-1 (estimate)',
  ec2Price: 'Amazon EC2 On-Demand Pricing, us-east-1 (estimate)',
  transferPrice: 'Amazon EC2 On-Demand Pricing, Data Transfer (estimate)',
  frontEndBench: 'bench/front-end.mjs on two cores (docs/collection/front-ends.md, "Speed")',
  ours: 'the design of this toolkit (docs/collection)',
} as const;

/** Part of a limit that is planned with: AWS's right-sizing advises 80 % of the theoretical throughput. */
export const HEADROOM = 0.8;

/** Part of a broker's disk that may be full: Amazon MSK's best practices warn at 85 %. */
export const DISK_FILL = 0.85;

/** Part of a front end's volume that the spool may fill, and of an elastic host's root disk (defaults of the profile front-end). */
export const SPOOL_FILL = 0.9;
export const ROOT_SPOOL_FILL = 0.5;

/** Replicas of partitions a broker, for the sizes that we plan with ("Best practices for Standard brokers": 1,000 on m5.large and xlarge). */
export const REPLICAS_PER_BROKER = 1000;

/** Partitions are rounded up to a multiple of it, so that three and six brokers have the same number. */
export const PARTITION_STEP = 6;

/** Seconds of writes that fit into memory, so that consumers which keep up read no disk ("Hardware and OS": write_throughput * 30). */
export const CACHE_SECONDS = 30;

/** GiB of a broker's memory that are Kafka's heap (default of the profile kafka) and the system's own. */
export const BROKER_MEMORY = { heapGib: 2, systemGib: 1 } as const;

/** GiB of heap of one worker of a mirror (default of the profile kafka-mirror). */
export const MIRROR_HEAP_GIB = 0.375;

/**
 * Lines of so many bytes a second that a front end was measured to take, and to forward (bench/front-end.mjs, requests of 50 and 100 lines): the
 * slower of two runs, with load, broker and much other work on the same two cores. The other run, with less beside it: 408,009 and 136,401. A
 * line that is taken and forwarded costs both. The program does nearly all of it on one thread, so that types with more processors are
 * planned with the same. Lines that come alone cost a request each: 8,690 of these were acknowledged in a second.
 */
export const FRONT_END_LINES = { bytes: 500, taken: 131_306, forwarded: 83_076 } as const;

/**
 * Seconds that a broker whose disk is lost may copy from the others. As long as it does, nothing in the cluster is restarted or updated,
 * because gates wait for all replicas; and one more failure leaves partitions under `min.insync.replicas`, which then take no lines. A day:
 * what one can wait with an update, and what outages are counted with.
 */
export const REFILL_SECONDS = 86_400;

/** Bytes of one operation on a volume: writes are sequential and merged; a gp3 volume counts up to 256 KiB as one. */
export const OPERATION_BYTES = 65_536;

/** Disks are rounded up to a multiple of so many GiB. */
export const DISK_STEP = 10;

/** Groups that read everything once: the mirror in a region, the reports in the central one. */
export const CONSUMERS = 1;

/** Controllers apart from the brokers: a majority of three stands when one is away ("KRaft", Deploying Considerations). */
export const CONTROLLERS = 3;

/** Types that are sized with where no region says its own. */
export const REFERENCE_TYPES = {
  brokers: 'r5.xlarge',
  controllers: 'm5.large',
  frontEnds: 'c5.xlarge',
  mirrors: 'c5.xlarge',
} as const;

export const GIB = 2 ** 30;
export const MIB = 2 ** 20;

/** The next multiple of a step. */
export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
