/** What a front end tells of itself: names, units, and what each is for. */
import type { Counter, Metrics } from '../shared/metrics';
import { stamp, steady } from '../shared/steady';
import type { Forwarder } from './forward/forwarder';
import type { Spool } from './spool/spool';

const PREFIX = 'meissa_front_end';

export interface InputCounters {
  readonly taken: Counter;
  readonly refused: Counter;
  readonly dropped: Counter;
}

export function inputCounters(metrics: Metrics): InputCounters {
  return {
    taken: metrics.counter(`${PREFIX}_lines_total`, 'Lines that are on disk, by input and topic.', []),
    refused: metrics.counter(`${PREFIX}_refused_lines_total`, 'Lines that were refused; their senders keep them.', []),
    dropped: metrics.counter(
      `${PREFIX}_dropped_lines_total`,
      'Lines that are lost: unacknowledged syslog that could not be kept, and lines of dropped segments (at most so many).',
      [{ why: 'syslog-tcp' }, { why: 'syslog-udp' }, { why: 'udp-buffer' }, { why: 'too-long' }],
    ),
  };
}

export function spoolMetrics(metrics: Metrics, spool: Spool): void {
  const { counts } = spool;
  const rate = new Rate(() => counts.bytes);
  metrics.gauge(`${PREFIX}_spool_bytes`, 'Bytes of the segments.', () => spool.bytes);
  metrics.gauge(`${PREFIX}_spool_capacity_bytes`, 'Bytes that segments may have.', () => spool.capacity);
  metrics.gauge(`${PREFIX}_spool_room_bytes`, 'Bytes that may still come before the spool is full.', () => spool.room);
  metrics.gauge(
    `${PREFIX}_spool_seconds_left`,
    'Seconds until the spool is full at the rate of the last minutes if nothing leaves it.',
    () => (spool.room === 0 ? 0 : spool.room / rate.value()),
  );
  metrics.gauge(`${PREFIX}_file_system_free_bytes`, 'Bytes free on the file system of the spool.', () => spool.freeBytes);
  total(metrics, 'spool_written_bytes', 'Bytes written, frames included.', () => counts.bytes);
  total(metrics, 'spool_syncs', 'Calls of fdatasync that lines were acknowledged after.', () => counts.syncs);
  total(metrics, 'spool_errors', 'Writes and syncs that failed.', () => counts.errors);
  total(
    metrics,
    'spool_dropped_lines',
    'Lines in segments that were dropped because the spool was full, at most.',
    () => counts.droppedLines,
  );
  total(
    metrics,
    'spool_dropped_segments',
    'Segments that were dropped because the spool was full.',
    () => counts.droppedSegments,
  );
  total(
    metrics,
    'spool_damaged_bytes',
    'Bytes of the spool that were acknowledged and can not be read any more.',
    () => counts.damagedBytes,
  );
  total(metrics, 'spool_damaged_lines', 'Lines that were acknowledged and can not be read any more.', () => counts.damagedLines);
  total(
    metrics,
    'spool_damaged_segments',
    'Segments of which something that was acknowledged can not be read any more, or all.',
    () => counts.damagedSegments,
  );
  total(
    metrics,
    'spool_torn_bytes',
    'Bytes that a crash has left half written; they were never acknowledged.',
    () => counts.tornBytes,
  );
  metrics.gauge(`${PREFIX}_spool_strange`, 'Whether nothing is forwarded, because the checkpoint names what is not there.', () =>
    spool.strange === undefined ? 0 : 1,
  );
}

/** @param imbalance see {@link Forwarder.imbalance} */
export function forwarderMetrics(metrics: Metrics, forwarder: Forwarder, imbalance: () => number): void {
  const { counts } = forwarder;
  total(metrics, 'sent_lines', 'Lines handed to Kafka, each once a start.', () => counts.sentLines);
  total(metrics, 'sent_bytes', 'Bytes of lines and keys handed to Kafka, before compression.', () => counts.sentBytes);
  total(metrics, 'acked_lines', 'Lines that all replicas in sync have.', () => counts.ackedLines);
  metrics.countersOf(`${PREFIX}_failed_sends_total`, 'Tries of batches that failed and were repeated, by what Kafka said.', () =>
    [...counts.retries].map(([code, count]) => [{ code }, count] as const),
  );
  metrics.gauge(`${PREFIX}_lag_lines`, 'Lines of the spool that Kafka has not acknowledged.', () => forwarder.lagLines);
  metrics.gauge(
    `${PREFIX}_imbalance_lines`,
    'Lines kept, less those that Kafka acknowledged, less those in the spool: 0, or lines are missing.',
    imbalance,
  );
  metrics.gauge(`${PREFIX}_refused_topics`, 'How many topics brokers refuse: their lines wait.', () => forwarder.apart.length);
  metrics.gauges(`${PREFIX}_topic_refused`, 'Topics that brokers refuse: their lines wait.', () =>
    forwarder.apart.map((topic) => [{ topic }, 1] as const),
  );
  metrics.gauge(`${PREFIX}_lag_bytes`, 'Bytes of the spool that Kafka has not acknowledged.', () => forwarder.lagBytes);
  metrics.gauge(
    `${PREFIX}_oldest_unsent_seconds`,
    'Age of the oldest line that Kafka has not acknowledged; 0 where there is none.',
    () => (forwarder.oldest === undefined ? 0 : Math.max(0, (stamp() - forwarder.oldest) / 1000)),
  );
}

function total(metrics: Metrics, name: string, help: string, read: () => number): void {
  metrics.counterOf(`${PREFIX}_${name}_total`, help, read);
}

/** Growth a second over the last minutes. */
class Rate {
  private readonly samples: { at: number; value: number }[] = [];

  constructor(private readonly read: () => number) {
    this.sample();
    setInterval(() => this.sample(), 15_000).unref();
  }

  value(): number {
    const { at, value } = this.samples[0]!;
    return (this.read() - value) / Math.max(1, (steady() - at) / 1000);
  }

  private sample(): void {
    this.samples.push({ at: steady(), value: this.read() });
    if (this.samples.length > 20) this.samples.shift();
  }
}
