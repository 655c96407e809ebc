/** What makes each alert fire, and what just doesn't. */
import { DAY } from '../../../lib/collection/watching/alert';
import type { AlertName } from '../../../lib/collection/watching/alert-rules';
import type { Series } from './firing';
import { NETWORK_CASES } from './network-cases';

export interface Case {
  readonly series: Series;
  /** Seconds from which on its expression is true. @default 0 */
  readonly since?: number;
  /** What else fires at the same moment. @default - nothing */
  readonly with?: readonly AlertName[];
}

export interface AlertCases {
  /** Each by itself makes it fire, as soon as it has held, and not earlier. */
  readonly fires: readonly [Case, ...Case[]];
  /** Each is just below. */
  readonly quiet: readonly [Series, ...Series[]];
}

/** A gauge that has one value all the time. */
const at = (series: string, value: number): Series => ({ [series]: `${value}x60` });

/** Of a gauge that fires above a value, by one more. */
function above(series: string, value: number, also: readonly AlertName[] = []): AlertCases {
  return { fires: [{ series: at(series, value + 1), with: also }], quiet: [at(series, value)] };
}

/** Of a counter that fires by its first rise: after five minutes of 0, and as the first value that anybody reads. */
function counted(...counters: readonly [string, ...string[]]): AlertCases {
  const [first, ...more] = counters.flatMap((series): Case[] => [
    { series: { [series]: '0x4 1x60' }, since: 300 },
    { series: { [series]: '_x5 1x60' }, since: 300 },
  ]);
  return { fires: [first!, ...more], quiet: [Object.fromEntries(counters.map((series) => [series, '5x60']))] };
}

/** Of what is tried again and again; a single failure is over within five minutes. */
function repeated(kind: string): AlertCases {
  const series = (of: string): string => `meissa_agent_failures_total{instance="a",kind="${of}"}`;
  return {
    fires: [{ series: { [series(kind)]: '0+1x60' }, since: 60 }],
    quiet: [{ [series(kind)]: '0x4 1x60' }, { [series('path')]: '0+1x60' }],
  };
}

const controllers = 'kafka_active_controllers{region="sa-east-1"}';
const heartbeatAge = 'meissa_heartbeat_age_seconds{region="sa-east-1"}';
const delay = 'meissa_delay_seconds{region="sa-east-1",front_end="f"}';
const certificates = [
  'meissa_broker_certificate_seconds{region="sa-east-1",broker="b"}',
  'meissa_certificate_seconds{region="sa-east-1",instance="w"}',
] as const;

const unsent = (seconds: readonly number[]): Series =>
  Object.fromEntries(
    seconds.map((value, i) => [`meissa_agent_oldest_unsent_seconds{region="sa-east-1",instance="a${i}"}`, `${value}x60`]),
  );
const spool = (bytes: number): Series => ({
  ...at('meissa_front_end_spool_bytes{instance="f"}', bytes),
  ...at('meissa_front_end_spool_capacity_bytes{instance="f"}', 100),
});
const left = (seconds: number, oldest: number): Series => ({
  ...at('meissa_front_end_spool_seconds_left{instance="f"}', seconds),
  ...at('meissa_front_end_oldest_unsent_seconds{instance="f"}', oldest),
});
const disk = (free: string): Series => ({
  ...at('meissa_broker_disk_bytes{region="sa-east-1",broker="b"}', 1000),
  'meissa_broker_disk_free_bytes{region="sa-east-1",broker="b"}': free,
});
const damaged = ['lines', 'bytes', 'segments'].map((of) => `meissa_front_end_spool_damaged_${of}_total{instance="f"}`);
const tasks = (connector: string): string => `kafka_connect_running_tasks{flow="sa-east-1",connector="${connector}"}`;
const [ofBroker, ofHost] = certificates;
const certificate = (days: number, also: readonly AlertName[] = []): AlertCases => ({
  fires: [
    { series: at(ofBroker, days * DAY - 1), with: also },
    { series: at(ofHost, days * DAY - 1), with: also },
  ],
  quiet: [at(ofBroker, days * DAY), at(ofHost, days * DAY)],
});

const member = '{region="sa-east-1",cluster="core",instance=';
const voters = (...up: number[]): Series =>
  Object.fromEntries(up.map((value, i) => [`up{job="etcd",region="sa-east-1",cluster="core",instance="v${i}"}`, `${value}x60`]));
const leader = (of: string): string => `etcd_server_has_leader${member}"${of}"}`;
const database = (percent: number): Series => ({
  [`etcd_mvcc_db_total_size_in_bytes${member}"v0"}`]: `${percent}x60`,
  [`etcd_server_quota_backend_bytes${member}"v0"}`]: '100x60',
});
/** Of a hundred syncs a minute so many take at most half a second, all a second. */
const syncs = (fast: number): Series => {
  const bucket = `etcd_disk_wal_fsync_duration_seconds_bucket${member}"v0",le=`;
  return { [`${bucket}"0.5"}`]: `0+${fast}x60`, [`${bucket}"1"}`]: '0+100x60', [`${bucket}"+Inf"}`]: '0+100x60' };
};

export const CASES: Readonly<Record<AlertName, AlertCases>> = {
  LinesSlow: above(delay, 180),
  LinesLate: above(delay, 240, ['LinesSlow']),
  HeartbeatsMissing: above(heartbeatAge, 120),
  RegionSilent: above(heartbeatAge, 240, ['HeartbeatsMissing']),
  WatchMissing: { fires: [{ series: { [heartbeatAge]: '_x60' } }], quiet: [at(heartbeatAge, 0)] },
  FrontEndSilent: above('meissa_front_end_silent_seconds{region="sa-east-1",front_end="f"}', 180),
  ClockWrong: {
    ...counted('meissa_heartbeats_refused_total{region="sa-east-1",why="future"}'),
    quiet: [{ 'meissa_heartbeats_refused_total{region="sa-east-1",why="stranger"}': '0+1x60' }],
  },

  AgentBehind: above('meissa_agent_oldest_unsent_seconds{region="sa-east-1",instance="a"}', 120),
  AgentsBehind: {
    fires: [{ series: unsent([241, 241, 0]), with: ['AgentBehind'] }],
    quiet: [unsent([241, 241, 0, 0]), unsent([240, 240]), unsent([241])],
  },
  AgentFilesLost: counted('meissa_agent_files_lost_total{instance="a"}'),
  AgentJournalUnreadable: counted('meissa_agent_journal_unreadable_total{instance="a"}'),
  AgentFilesRefused: counted('meissa_agent_files_refused_total{instance="a"}'),
  AgentDeadLetters: counted('meissa_agent_dead_letters_total{instance="a"}'),
  AgentDeadLettersFull: repeated('dead-letter'),
  AgentTopicRefused: repeated('topic'),
  AgentUnreadable: repeated('read'),
  AgentJournalEnds: {
    fires: [{ series: { 'meissa_agent_journal_restarts_total{instance="a"}': '0x4 4x60' }, since: 300 }],
    // Of three, Prometheus' extrapolation makes more than three.
    quiet: [{ 'meissa_agent_journal_restarts_total{instance="a"}': '0x4 2x60' }],
  },

  FrontEndStuck: above('meissa_front_end_oldest_unsent_seconds{instance="f"}', 240),
  SpoolHalfFull: { fires: [{ series: spool(51) }], quiet: [spool(50)] },
  SpoolNearlyFull: { fires: [{ series: spool(81), with: ['SpoolHalfFull'] }], quiet: [spool(80)] },
  SpoolTimeLeft: { fires: [{ series: left(2 * DAY - 1, 61) }], quiet: [left(2 * DAY, 61), left(2 * DAY - 1, 60)] },
  TopicRefused: above('meissa_front_end_refused_topics{instance="f"}', 0),
  LinesDropped: counted(
    'meissa_front_end_dropped_lines_total{instance="f",why="too-long"}',
    'meissa_front_end_spool_dropped_lines_total{instance="f"}',
  ),
  LinesMissing: {
    fires: [
      { series: at('meissa_front_end_imbalance_lines{instance="f"}', 1) },
      { series: at('meissa_front_end_imbalance_lines{instance="f"}', -1) },
    ],
    quiet: [at('meissa_front_end_imbalance_lines{instance="f"}', 0)],
  },
  LinesDamaged: {
    fires: damaged.map((series) => ({ series: at(series, 1) })) as [Case, ...Case[]],
    quiet: [Object.fromEntries(damaged.map((series) => [series, '0x60']))],
  },
  ForwardingRefused: above('meissa_front_end_spool_strange{instance="f"}', 0),
  LinesRefused: {
    fires: [{ series: { 'meissa_front_end_refused_lines_total{instance="f",why="full"}': '0+1x60' }, since: 60 }],
    quiet: [{ 'meissa_front_end_refused_lines_total{instance="f",why="full"}': '0x4 1x60' }],
  },
  SpoolErrors: counted('meissa_front_end_spool_errors_total{instance="f"}'),

  PartitionsUnderReplicated: above('kafka_under_replicated_partitions{region="sa-east-1"}', 0),
  PartitionsUnderMinIsr: above('kafka_under_min_isr_partitions{region="sa-east-1"}', 0),
  PartitionsOffline: above('kafka_offline_partitions{region="sa-east-1"}', 0),
  LinesGivenUp: counted('kafka_unclean_elections_total{region="sa-east-1",instance="c"}'),
  NoController: {
    fires: [{ series: at(controllers, 0) }, { series: at(controllers, 2) }],
    quiet: [at('kafka_active_controllers{region="sa-east-1",instance="another"}', 0)],
  },
  ControllerBehind: {
    fires: [
      { series: at('kafka_controller_lag_seconds{instance="c"}', 31) },
      { series: at('kafka_metadata_lag_seconds{instance="b"}', 31) },
    ],
    quiet: [at('kafka_controller_lag_seconds{instance="c"}', 30), at('kafka_metadata_lag_seconds{instance="b"}', 30)],
  },
  BrokerFenced: above('kafka_fenced_brokers{region="sa-east-1"}', 0),
  LogDirectoryOffline: above('kafka_offline_log_directories{instance="b"}', 0),
  BrokerDiskFills: {
    // Half a byte less a minute is 1440 in two days.
    fires: [{ series: disk('249x60') }, { series: disk('600-0.5x60'), since: 60 }],
    quiet: [disk('250x60'), disk('600-0.2x60')],
  },
  BrokerDiskFull: { fires: [{ series: disk('99x60') }], quiet: [disk('100x60')] },

  MirrorBehind: {
    ...above('kafka_mirror_latency_seconds{flow="sa-east-1",of="max"}', 120),
    quiet: [
      at('kafka_mirror_latency_seconds{flow="sa-east-1",of="max"}', 120),
      at('kafka_mirror_latency_seconds{flow="sa-east-1",of="avg"}', 500),
    ],
  },
  MirrorFailed: {
    fires: [
      { series: at('kafka_connect_failed_tasks{flow="sa-east-1"}', 1) },
      { series: at('kafka_connect_connector_failed{flow="sa-east-1"}', 1) },
    ],
    quiet: [
      {
        ...at('kafka_connect_failed_tasks{flow="sa-east-1"}', 0),
        ...at('kafka_connect_connector_failed{flow="sa-east-1"}', 0),
      },
    ],
  },
  MirrorMissing: {
    fires: [{ series: at(tasks('MirrorSourceConnector'), 0) }],
    quiet: [
      at(tasks('MirrorCheckpointConnector'), 0),
      { ...at(tasks('MirrorSourceConnector'), 1), 'kafka_connect_running_tasks{flow="sa-east-1",instance="other"}': '0x60' },
    ],
  },

  EtcdMemberDown: {
    fires: [
      { series: voters(1, 1, 1, 1, 0) },
      { series: { ...voters(1, 1, 1), [leader('v0')]: '0x60', [leader('v1')]: '1x60' } },
    ],
    quiet: [{ ...voters(1, 1, 1), [leader('v0')]: '1x60' }],
  },
  EtcdQuorumAtRisk: {
    fires: [
      { series: voters(1, 1, 0), with: ['EtcdMemberDown'] },
      { series: voters(1, 1, 1, 0, 0), with: ['EtcdMemberDown'] },
    ],
    quiet: [voters(1, 1, 1), voters(1, 1, 1, 1, 0)],
  },
  EtcdNoLeader: {
    // What else is wrong then is told later: it holds for longer.
    fires: [{ series: voters(1, 0, 0) }, { series: { [leader('v0')]: '0x60', [leader('v1')]: '0x60' } }],
    quiet: [voters(1, 1, 0), { [leader('v0')]: '0x60', [leader('v1')]: '1x60' }],
  },
  EtcdSpaceLow: { fires: [{ series: database(76) }], quiet: [database(75)] },
  EtcdSpaceGone: { fires: [{ series: database(96) }], quiet: [database(95)] },
  EtcdDiskSlow: {
    fires: [{ series: syncs(97), since: 60 }],
    quiet: [syncs(99.5)],
  },

  ...NETWORK_CASES,

  CertificateEnds: certificate(5),
  CertificateEndsSoon: certificate(1, ['CertificateEnds']),
  RackHostUnwell: {
    fires: [
      { series: at('up{job="host",region="beijing",instance="10.200.1.2:9408"}', 0) },
      { series: at('meissa_host_well{job="host",region="beijing",instance="10.200.1.2:9408"}', 0) },
    ],
    quiet: [
      {
        'up{job="host",region="beijing",instance="10.200.1.2:9408"}': '1x60',
        'meissa_host_well{job="host",region="beijing",instance="10.200.1.2:9408"}': '1x60',
      },
    ],
  },
  NotMeasured: {
    fires: [
      { series: at('up{job="kafka",instance="i"}', 0) },
      { series: at('up{job="mirror",instance="i"}', 0) },
      { series: at('up{job="front-end",instance="i"}', 0) },
      { series: at('up{job="watch",instance="i"}', 0) },
      { series: at('up{job="agent",instance="i"}', 0) },
    ],
    quiet: [at('up{job="agent",instance="i"}', 1), at('up{job="node",instance="i"}', 0)],
  },
};
