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

/** Bytes a second that a partition is planned with: tens of MB/s are possible ("How to Choose the Number of Topics/Partitions"); this is the low end. */
export const PARTITION_RATE = 10e6;

/** Bytes a second that a task of MirrorMaker carries, planned with a partition's own rate. */
export const MIRROR_TASK_RATE = 10e6;

/** Partitions are rounded up to a multiple of it, so that three and six brokers have the same number. */
export const PARTITION_STEP = 6;

/** Seconds of writes that fit into memory, so that consumers which keep up read no disk ("Hardware and OS": write_throughput * 30). */
export const CACHE_SECONDS = 30;

/** GiB of a broker's memory that are Kafka's heap (default of the profile kafka) and the system's own. */
export const BROKER_MEMORY = { heapGib: 2, systemGib: 1 } as const;

/** GiB of one worker of a mirror: twice the heap that the profile kafka-mirror gives it. Every mirror host runs a worker of each flow. */
export const MIRROR_WORKER_GIB = 0.75;

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
