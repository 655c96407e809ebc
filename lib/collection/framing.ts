/** What a line costs beyond its own bytes, on a front end's disk and in Kafka. */
import { SPOOL_FRAME_BYTES } from '../estate/model/kafka-model';

/**
 * Bytes that a front end's spool adds to a line that came alone: the measured frame, a topic's name of eleven letters, a newline. Lines
 * that come many a request share the frame; how many do is not known beforehand.
 */
export const SPOOL_LINE_BYTES = SPOOL_FRAME_BYTES + 12;

/** Bytes of a spool's segment (`segmentMb` of the profile front-end): it is deleted whole, and only when Kafka has every line in it. */
export const SPOOL_SEGMENT_BYTES = 64_000_000;

/**
 * Bytes that Kafka adds to a line: the key `<front-end host name>/<boot id>/<sequence>` (up to 84) and the fields of a record (12 for
 * lines under 8 kB: Kafka, "Message Format", Record). The 61 bytes of a batch are shared by its lines and left out. Nothing is
 * subtracted for compression: how well lines compress is not known beforehand.
 */
export const KAFKA_RECORD_BYTES = 96;

/** Kafka's default of `log.segment.bytes`: every replica keeps up to one segment longer than its retention says. */
export const KAFKA_SEGMENT_BYTES = 1_073_741_824;

/**
 * Bytes of a spool that holds so many raw bytes.
 *
 * @param frame bytes beside each line. @default SPOOL_LINE_BYTES
 */
export function spoolBytes(raw: number, lineBytes: number, frame: number = SPOOL_LINE_BYTES): number {
  return raw * ((lineBytes + frame) / lineBytes);
}

/** Bytes in one copy in Kafka of so many raw bytes. */
export function kafkaBytes(raw: number, lineBytes: number): number {
  return raw * ((lineBytes + KAFKA_RECORD_BYTES) / lineBytes);
}
