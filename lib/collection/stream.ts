/** Lines that come into a cluster from one region, and what they come to in Kafka. */
import type { CloudRegionId, KafkaConfig, Region, RegionName } from '../estate/model/model';
import { KAFKA_SEGMENT_BYTES, kafkaBytes } from './framing';

/** What enters in one region. A cluster takes its own stream, the central one the carried part of the others' too. */
export interface Stream {
  readonly region: RegionName;
  /** What its cloud calls the region. */
  readonly cloudRegion: CloudRegionId;
  /** Raw bytes a second, in the busiest minute. */
  readonly peak: number;
  /** Raw bytes a second over a day. */
  readonly average: number;
  readonly lineBytes: number;
  /** Factor that there is to be room for. */
  readonly growth: number;
  readonly topics: readonly StreamTopic[];
}

export interface StreamTopic {
  /** Its part of the stream, 0 to 1. */
  readonly share: number;
  /** Seconds. */
  readonly retention: number;
  readonly replication: number;
  /** @default - as many as the load needs */
  readonly partitions?: number;
  /** Whether it is carried on, where its region's topics are. @default true */
  readonly mirrored?: boolean;
}

/** A region by both of its names. */
type Place = Pick<Region, 'name' | 'cloudRegion'>;

/**
 * The stream that a region's file describes. Which topic gets how much isn't written: a topic's part is taken to be its part of the
 * partitions, because partitions are given to topics by their load.
 */
export function streamOf({ name: region, cloudRegion }: Place, kafka: KafkaConfig): Stream {
  const { peak, average, lineBytes, growth } = kafka.load;
  const all = kafka.topics.reduce((sum, { partitions }) => sum + partitions, 0);
  const topics = kafka.topics.map(({ partitions, retention, replication, mirrored }) => ({
    share: partitions / all,
    retention,
    replication,
    partitions,
    mirrored,
  }));
  return { region, cloudRegion, peak, average, lineBytes, growth, topics };
}

/** The part of a region's stream that is carried on; MirrorMaker makes the topics there with the same settings. */
export function carriedStream(region: Place, kafka: KafkaConfig): Stream {
  return onlyCarried(streamOf(region, kafka));
}

/** A stream without the topics that stay in their region. */
export function onlyCarried(stream: Stream): Stream {
  return { ...stream, topics: stream.topics.filter(({ mirrored = true }) => mirrored) };
}

/** What streams ask of a cluster, in bytes and bytes a second. */
export interface Demand {
  /** Raw lines in the busiest minute, and over a day. */
  readonly peak: number;
  readonly average: number;
  /** The same in Kafka's records, one copy. */
  readonly written: number;
  readonly writtenAverage: number;
  /** All copies, in the busiest minute and over a day. */
  readonly copied: number;
  readonly copiedAverage: number;
  /** All copies of what is kept. */
  readonly kept: number;
  /** The most copies that a topic has. */
  readonly copies: number;
}

/** @param grown with the room for growth that each stream asks for */
export function demandOf(streams: readonly Stream[], grown: boolean): Demand {
  const sum = { peak: 0, average: 0, written: 0, writtenAverage: 0, copied: 0, copiedAverage: 0, kept: 0, copies: 0 };
  for (const { peak, average, lineBytes, growth, topics } of streams) {
    const factor = grown ? growth : 1;
    for (const { share, retention, replication } of topics) {
      const part = share * factor;
      const written = kafkaBytes(peak * part, lineBytes);
      const writtenAverage = kafkaBytes(average * part, lineBytes);
      sum.peak += peak * part;
      sum.average += average * part;
      sum.written += written;
      sum.writtenAverage += writtenAverage;
      sum.copied += written * replication;
      sum.copiedAverage += writtenAverage * replication;
      sum.kept += writtenAverage * retention * replication;
      sum.copies = Math.max(sum.copies, replication);
    }
  }
  return sum;
}

/** Bytes that replicas keep beyond their retention: a segment each, because segments are deleted whole. */
export function segmentSlack(replicas: number): number {
  return replicas * KAFKA_SEGMENT_BYTES;
}
