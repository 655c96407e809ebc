/** What the dashboard shows, row by row. `$region` is the region that is chosen. */
import { METRICS } from './metrics';

const { agent, kafka, mirror, watch } = METRICS;
const front = METRICS['front-end'];

export interface Panel {
  readonly title: string;
  /** What a reader learns from it. */
  readonly help: string;
  /** Grafana's name of the unit. */
  readonly unit: 's' | 'Bps' | 'bytes' | 'short' | 'percentunit' | 'wps';
  /** `now`: one number a series. @default - over time */
  readonly shows?: 'now';
  /** Expression, and how its series are called. */
  readonly lines: readonly (readonly [expression: string, legend: string])[];
  /** Value from which it is drawn in red. @default - none */
  readonly red?: number;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const chosen = '{region=~"$region"}';
const flow = '{flow=~"$region"}';
const rate = (metric: string, labels = chosen): string => `rate(${metric}${labels}[$__rate_interval])`;

export const rows: readonly Row[] = [
  {
    title: 'Delay to the central region',
    panels: [
      {
        title: 'Delay now',
        help: 'Way of the last heartbeat of every region, from its front end to the central region. Reports want less than five minutes.',
        unit: 's',
        shows: 'now',
        lines: [[`max by (region) (${watch.delay}${chosen})`, '{{region}}']],
        red: 180,
      },
      {
        title: 'Delay',
        help: 'The same by front end, the longest way of the last minutes.',
        unit: 's',
        lines: [[`max by (region, front_end) (${watch.longestDelay}${chosen})`, '{{front_end}}']],
        red: 180,
      },
      {
        title: 'Since the last heartbeat',
        help: 'What has not come can have no delay: this grows while a region is silent.',
        unit: 's',
        lines: [
          [`min by (region) (${watch.heartbeatAge}${chosen})`, '{{region}}'],
          [`min by (region, front_end) (${watch.silent}${chosen}) > 60`, '{{front_end}}'],
        ],
        red: 180,
      },
      {
        title: 'Heartbeats',
        help: 'Arrived, by region; each front end writes one every five seconds.',
        unit: 'wps',
        lines: [[`max by (region) (${rate(watch.heartbeats)})`, '{{region}}']],
      },
    ],
  },
  {
    title: 'Front ends',
    panels: [
      {
        title: 'Lines',
        help: 'Kept and acknowledged to senders; refused ones stay with their senders.',
        unit: 'wps',
        lines: [
          [`sum by (region) (${rate(front.lines)})`, '{{region}}'],
          [`sum by (region) (${rate(front.ackedLines)})`, '{{region}} in Kafka'],
          [`sum by (region) (${rate(front.refusedLines)})`, '{{region}} refused'],
        ],
      },
      {
        title: 'Lines lost',
        help: 'Anything above zero pages.',
        unit: 'short',
        lines: [
          [`sum by (instance, why) (increase(${front.droppedLines}${chosen}[$__rate_interval]))`, '{{instance}} {{why}}'],
          [`sum by (instance) (increase(${front.droppedSpoolLines}${chosen}[$__rate_interval]))`, '{{instance}} spool'],
          [`sum by (instance) (${front.damagedLines}${chosen}) > 0`, '{{instance}} damaged'],
        ],
        red: 1,
      },
      {
        title: 'Spool',
        help: 'How full it is. Near zero while Kafka takes lines.',
        unit: 'percentunit',
        lines: [[`${front.spoolBytes}${chosen} / ${front.spoolCapacity}${chosen}`, '{{instance}}']],
        red: 0.8,
      },
      {
        title: 'Time left',
        help: 'Until the spool is full at the present rate if nothing leaves it.',
        unit: 's',
        lines: [[`min by (region) (${front.spoolSecondsLeft}${chosen})`, '{{region}}']],
      },
      {
        title: 'Oldest unsent line',
        help: 'The part of the delay that a front end knows of itself.',
        unit: 's',
        lines: [[`max by (instance) (${front.oldestUnsent}${chosen})`, '{{instance}}']],
        red: 180,
      },
      {
        title: 'Bytes to be sent, room, syncs that failed',
        help: 'Bytes that Kafka has not acknowledged; bytes free on the file system of the spool.',
        unit: 'bytes',
        lines: [
          [`sum by (region) (${front.lagBytes}${chosen})`, '{{region}} unsent'],
          [`min by (region) (${front.fileSystemFree}${chosen})`, '{{region}} free'],
        ],
      },
      {
        title: 'Disk',
        help: 'Calls of fdatasync, and those and writes that failed.',
        unit: 'wps',
        lines: [
          [`sum by (region) (${rate(front.spoolSyncs)})`, '{{region}}'],
          [`sum by (region) (${rate(front.spoolErrors)})`, '{{region}} failed'],
        ],
      },
    ],
  },
  {
    title: 'Agents',
    panels: [
      {
        title: 'Oldest unsent line',
        help: 'Lines that wait on application hosts, which have waited longest; only hosts above ten seconds.',
        unit: 's',
        lines: [[`${agent.oldestUnsent}${chosen} > 10`, '{{instance}}']],
        red: 120,
      },
      {
        title: 'Lines, and what is tried again',
        help: 'Acknowledged by front ends; requests without an answer (path), refused for their topic, reads that failed, dead letters without room.',
        unit: 'wps',
        lines: [
          [`sum by (region) (${rate(agent.lines)})`, '{{region}}'],
          [`sum by (region, kind) (${rate(agent.failures)})`, '{{region}} {{kind}}'],
        ],
      },
      {
        title: 'Lost, refused, too long',
        help: 'Files that were deleted unread, files that are not read, entries of journals that are none, lines that wait for a person. Each pages.',
        unit: 'short',
        lines: [
          [`sum by (instance) (increase(${agent.filesLost}${chosen}[$__rate_interval])) > 0`, '{{instance}} files lost'],
          [`sum by (instance) (increase(${agent.filesRefused}${chosen}[$__rate_interval])) > 0`, '{{instance}} files refused'],
          [`sum by (instance) (increase(${agent.journalUnreadable}${chosen}[$__rate_interval])) > 0`, '{{instance}} journal'],
          [`sum by (instance) (increase(${agent.deadLetters}${chosen}[$__rate_interval])) > 0`, '{{instance}} dead letters'],
        ],
        red: 1,
      },
      {
        title: 'Waiting on hosts',
        help: 'Bytes of files that are not sent yet, and of dead letters.',
        unit: 'bytes',
        lines: [
          [`sum by (region) (${agent.unreadBytes}${chosen})`, '{{region}} unread'],
          [`sum by (region) (${agent.deadLetterBytes}${chosen})`, '{{region}} dead letters'],
        ],
      },
      {
        title: 'Truncated files, restarts of journalctl',
        help: 'Files that were truncated and are read from their beginning; times that journalctl ended by itself.',
        unit: 'short',
        lines: [
          [`sum by (region) (increase(${agent.truncations}${chosen}[$__rate_interval]))`, '{{region}} truncated'],
          [`sum by (region) (increase(${agent.journalRestarts}${chosen}[$__rate_interval]))`, '{{region}} journalctl'],
        ],
      },
    ],
  },
  {
    title: 'Kafka',
    panels: [
      {
        title: 'Partitions in trouble',
        help: 'Under-replicated: a broker is away or slow. Under min ISR: takes no lines. Offline: nobody leads it.',
        unit: 'short',
        lines: [
          [`sum by (region) (${kafka.underReplicated}${chosen})`, '{{region}} under-replicated'],
          [`sum by (region) (${kafka.underMinIsr}${chosen})`, '{{region}} under min ISR'],
          [`max by (region) (${kafka.offlinePartitions}${chosen})`, '{{region}} offline'],
          [`sum by (region) (${kafka.offlineReplicas}${chosen})`, '{{region}} replicas on a failed disk'],
        ],
        red: 1,
      },
      {
        title: 'Brokers and controllers',
        help: 'Unfenced brokers take part; one controller is active.',
        unit: 'short',
        lines: [
          [`max by (region) (${kafka.unfencedBrokers}${chosen})`, '{{region}} brokers'],
          [`max by (region) (${kafka.fencedBrokers}${chosen})`, '{{region}} fenced'],
          [`sum by (region) (${kafka.activeControllers}${chosen})`, '{{region}} active controllers'],
          [`sum by (region) (${kafka.offlineDirectories}${chosen})`, '{{region}} failed disks'],
          [`sum by (region) (increase(${kafka.uncleanElections}${chosen}[$__rate_interval]))`, '{{region}} unclean elections'],
        ],
      },
      {
        title: 'In and out',
        help: 'Bytes of producers and consumers, mirrors included.',
        unit: 'Bps',
        lines: [
          [`sum by (region) (${rate(kafka.bytesIn)})`, '{{region}} in'],
          [`sum by (region) (${rate(kafka.bytesOut)})`, '{{region}} out'],
        ],
      },
      {
        title: 'Requests, 99 of 100',
        help: 'Time of a request in a broker. FetchConsumer and FetchFollower wait for lines, by up to half a second.',
        unit: 's',
        lines: [
          [`max by (region, request) (${kafka.requestSeconds}{region=~"$region",quantile="0.99"})`, '{{region}} {{request}}'],
        ],
      },
      {
        title: 'Log',
        help: 'Bytes of all replicas, by topic.',
        unit: 'bytes',
        lines: [[`sum by (region, topic) (${kafka.logSize}${chosen})`, '{{region}} {{topic}}']],
      },
      {
        title: 'Room on disks',
        help: 'Share that is free, by broker.',
        unit: 'percentunit',
        lines: [[`min by (region, broker) (${watch.diskFree}${chosen} / ${watch.diskBytes}${chosen})`, '{{region}} {{broker}}']],
      },
      {
        title: 'Behind the active controller',
        help: 'Controllers, and brokers.',
        unit: 's',
        lines: [
          [`max by (instance) (${kafka.controllerLag}${chosen})`, '{{instance}}'],
          [`max by (instance) (${kafka.brokerLag}${chosen})`, '{{instance}} as broker'],
        ],
      },
      {
        title: 'Load of brokers',
        help: 'Share of time that request handlers are idle; leaders by broker; produce requests that failed.',
        unit: 'short',
        lines: [
          [`min by (instance) (${kafka.handlersIdle}${chosen})`, '{{instance}} idle'],
          [`sum by (instance) (${kafka.leaders}${chosen})`, '{{instance}} leaders'],
          [`sum by (instance) (${rate(kafka.failedProduces)})`, '{{instance}} failed produce requests'],
        ],
      },
    ],
  },
  {
    title: 'Mirrors',
    panels: [
      {
        title: 'Latency of the mirror',
        help: "From a line's time in its region to its acknowledgement in the central one.",
        unit: 's',
        lines: [[`max by (flow) (${mirror.latency}{flow=~"$region",of="max"})`, '{{flow}}']],
        red: 120,
      },
      {
        title: 'Age when read',
        help: 'The part of it before the mirror has read the line.',
        unit: 's',
        lines: [[`max by (flow) (${mirror.recordAge}{flow=~"$region",of="max"})`, '{{flow}}']],
      },
      {
        title: 'Lag',
        help: 'Records that are in a region and not yet here.',
        unit: 'short',
        lines: [[`sum by (flow) (${mirror.lag}${flow})`, '{{flow}}']],
      },
      {
        title: 'Carried',
        help: 'Bytes before compression.',
        unit: 'Bps',
        lines: [[`sum by (flow) (${rate(mirror.bytes, flow)})`, '{{flow}}']],
      },
      {
        title: 'Records',
        help: 'Carried a second.',
        unit: 'wps',
        lines: [[`sum by (flow) (${rate(mirror.records, flow)})`, '{{flow}}']],
      },
      {
        title: 'Tasks',
        help: 'Running and failed, and how often the workers of a flow have shared their work anew.',
        unit: 'short',
        lines: [
          [`max by (flow) (${mirror.runningTasks}{flow=~"$region",connector="MirrorSourceConnector"})`, '{{flow}} running'],
          [`max by (flow) (${mirror.failedTasks}${flow})`, '{{flow}} failed'],
          [`max by (flow, connector) (${mirror.failedConnectors}${flow}) > 0`, '{{flow}} {{connector}} failed'],
          [`max by (flow) (${mirror.rebalances}${flow})`, '{{flow}} rebalances'],
        ],
      },
      {
        title: 'Certificates',
        help: 'Time until they end.',
        unit: 's',
        lines: [
          [`min by (region, broker) (${watch.brokerCertificate}${chosen})`, '{{region}} {{broker}}'],
          [`min by (instance) (${watch.certificate})`, '{{instance}}'],
        ],
      },
    ],
  },
];
