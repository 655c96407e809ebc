/** Lines that are late, or lost: what the collection is for. */
import { type Alert, DAY, LATE_SECONDS, MINUTE } from './alert';
import { METRICS } from './metrics';

const { delay, heartbeatAge, silent } = METRICS.watch;
const spool = METRICS['front-end'];

/** So early that somebody can still do something before lines are late. */
const PAGE_SECONDS = LATE_SECONDS - MINUTE;
const WARN_SECONDS = 3 * MINUTE;
const fill = `${spool.spoolBytes} / ${spool.spoolCapacity}`;

export const delayAlerts: readonly Alert[] = [
  {
    name: 'LinesSlow',
    severity: 'warning',
    expression: `max by (region) (${delay}) > ${WARN_SECONDS}`,
    holds: 0,
    summary: 'Lines of {{ $labels.region }} take {{ $value | humanizeDuration }} to the central region.',
    action:
      "Look which part of the way is slow: the age of a front end's oldest unsent line, the mirror's lag, under-replicated partitions.",
  },
  {
    name: 'LinesLate',
    severity: 'page',
    expression: `max by (region) (${delay}) > ${PAGE_SECONDS}`,
    holds: 0,
    summary: 'Lines of {{ $labels.region }} take {{ $value | humanizeDuration }}: reports are late within a minute, or are.',
    action: 'The same; after an outage this is the backlog, and the mirror carries the oldest lines first.',
  },
  {
    name: 'HeartbeatsMissing',
    severity: 'warning',
    expression: `min by (region) (${heartbeatAge}) > ${2 * MINUTE}`,
    holds: 0,
    summary: 'Nothing has come from {{ $labels.region }} for {{ $value | humanizeDuration }}.',
    action: "See whether the region's front ends, its brokers and its mirror are up, and the link to it.",
  },
  {
    name: 'RegionSilent',
    severity: 'page',
    expression: `min by (region) (${heartbeatAge}) > ${PAGE_SECONDS}`,
    holds: 0,
    summary:
      'Nothing has come from {{ $labels.region }} for {{ $value | humanizeDuration }}; its front ends keep what they take.',
    action: 'The same. How long they can keep it stands under time left of their spools.',
  },
  {
    name: 'WatchMissing',
    severity: 'page',
    expression: `absent(${heartbeatAge})`,
    holds: 2 * MINUTE,
    summary: 'Nobody measures how late lines are.',
    action: "See collection-watch.service on the mirrors' hosts, and whether Prometheus reads port 9409 there.",
  },
  {
    name: 'FrontEndSilent',
    severity: 'warning',
    expression: `min by (region, front_end) (${silent}) > ${WARN_SECONDS}`,
    holds: 0,
    summary: 'Nothing has come from {{ $labels.front_end }} for {{ $value | humanizeDuration }}.',
    action: 'If it is up, it keeps its lines and cannot send them. One that was taken away on purpose is forgotten after a day.',
  },
  {
    name: 'FrontEndStuck',
    severity: 'page',
    expression: `${spool.oldestUnsent} > ${PAGE_SECONDS}`,
    holds: 0,
    summary: 'The oldest line of {{ $labels.instance }} has waited {{ $value | humanizeDuration }} for Kafka.',
    action:
      "See the region's brokers: offline partitions, partitions under min ISR. Nothing is lost while there is room in the spool.",
  },
  {
    name: 'SpoolHalfFull',
    severity: 'warning',
    expression: `${fill} > 0.5`,
    holds: 0,
    summary: 'The spool of {{ $labels.instance }} is {{ $value | humanizePercentage }} full.',
    action: 'Kafka has not taken its lines for days. See time left.',
  },
  {
    name: 'SpoolNearlyFull',
    severity: 'page',
    expression: `${fill} > 0.8`,
    holds: 0,
    summary:
      'The spool of {{ $labels.instance }} is {{ $value | humanizePercentage }} full; full, it refuses lines or drops the oldest.',
    action: 'Bring Kafka back, or give the volume more room: the spool takes it as it comes.',
  },
  {
    name: 'SpoolTimeLeft',
    severity: 'page',
    // Only while nothing leaves it: a spool that is emptied as it fills has all the time.
    expression: `${spool.spoolSecondsLeft} < ${2 * DAY} and ${spool.oldestUnsent} > ${MINUTE}`,
    holds: 5 * MINUTE,
    summary: 'The spool of {{ $labels.instance }} is full in {{ $value | humanizeDuration }} if nothing changes.',
    action: 'The same.',
  },
  {
    name: 'LinesDropped',
    severity: 'page',
    expression: `increase(${spool.droppedLines}[10m]) > 0 or increase(${spool.droppedSpoolLines}[10m]) > 0`,
    holds: 0,
    summary: '{{ $labels.instance }} has lost lines.',
    action: 'Label `why` says how: a spool that drops its oldest, or syslog without acknowledgement that could not be kept.',
  },
  {
    name: 'LinesMissing',
    severity: 'page',
    expression: `${spool.imbalance} != 0`,
    holds: 2 * MINUTE,
    summary:
      'The counts of {{ $labels.instance }} differ by {{ $value }} lines: what it kept, what Kafka took, what its spool holds.',
    action:
      'Lines are missing, or counted wrongly: keep its spool, and compare it with the topic by key before anything is restarted.',
  },
  {
    name: 'LinesDamaged',
    severity: 'page',
    expression: `${spool.damagedLines} > 0 or ${spool.damagedBytes} > 0`,
    holds: 0,
    summary: 'The disk of {{ $labels.instance }} has damaged lines that were acknowledged.',
    action:
      'Its journal names the segments, and how many lines. Their files stay in the spool as `*.damaged`: read what is left of them, replace the volume, restart the front end.',
  },
  {
    name: 'ForwardingRefused',
    severity: 'page',
    expression: `${spool.strange} > 0`,
    holds: 0,
    summary: '{{ $labels.instance }} forwards nothing: its checkpoint names what is not in its spool.',
    action:
      'Segments are gone or shorter than they were. Bring them back, or remove the file `checkpoint` and restart: then all that is there is sent, some of it twice, by the same keys.',
  },
  {
    name: 'ClockWrong',
    severity: 'warning',
    expression: `increase(${METRICS.watch.refusedHeartbeats}{why="future"}[10m]) > 0`,
    holds: 0,
    summary: 'Heartbeats of {{ $labels.region }} come from the future, and are not counted.',
    action: 'The clock of one of its front ends is minutes ahead: see chrony there.',
  },
  {
    name: 'LinesRefused',
    severity: 'warning',
    expression: `increase(${spool.refusedLines}[5m]) > 0`,
    holds: 5 * MINUTE,
    summary: '{{ $labels.instance }} refuses lines; senders keep them.',
    action: 'A full spool, a disk that is too slow, or requests that are too large: label `input` and its journal.',
  },
  {
    name: 'SpoolErrors',
    severity: 'page',
    expression: `increase(${spool.spoolErrors}[10m]) > 0`,
    holds: 0,
    summary: 'The disk of {{ $labels.instance }} fails to write or to sync.',
    action: 'It acknowledges nothing that is not on disk. Replace the host or its volume.',
  },
];
