/**
 * Every metric that the dashboard and the alerts name, by who exports it. Expressions are written with these, so that a name stands
 * once; a test reads all of them from running clusters.
 */

/**
 * Who exports a metric: voters of etcd, brokers and controllers, mirrors, front ends, the watch on the mirrors' hosts, agents of application hosts; of a data
 * centre its hosts, and its routers' frr_exporter and blackbox_exporter.
 */
export type Exporter = 'etcd' | 'kafka' | 'mirror' | 'front-end' | 'watch' | 'agent' | 'host' | 'router' | 'probe';

/** Names by exporter, each by a short word. What they mean is said by their exporters' own HELP. */
export const METRICS = {
  etcd: {
    hasLeader: 'etcd_server_has_leader',
    size: 'etcd_mvcc_db_total_size_in_bytes',
    quota: 'etcd_server_quota_backend_bytes',
    fsync: 'etcd_disk_wal_fsync_duration_seconds_bucket',
  },
  kafka: {
    underReplicated: 'kafka_under_replicated_partitions',
    underMinIsr: 'kafka_under_min_isr_partitions',
    offlineReplicas: 'kafka_offline_replicas',
    leaders: 'kafka_leaders',
    handlersIdle: 'kafka_request_handlers_idle',
    bytesIn: 'kafka_bytes_in_total',
    bytesOut: 'kafka_bytes_out_total',
    failedProduces: 'kafka_failed_produce_requests_total',
    brokerLag: 'kafka_metadata_lag_seconds',
    logSize: 'kafka_log_size_bytes',
    offlineDirectories: 'kafka_offline_log_directories',
    requestSeconds: 'kafka_request_seconds',
    activeControllers: 'kafka_active_controllers',
    fencedBrokers: 'kafka_fenced_brokers',
    unfencedBrokers: 'kafka_unfenced_brokers',
    offlinePartitions: 'kafka_offline_partitions',
    uncleanElections: 'kafka_unclean_elections_total',
    controllerLag: 'kafka_controller_lag_seconds',
  },
  mirror: {
    records: 'kafka_mirror_records_total',
    bytes: 'kafka_mirror_bytes_total',
    latency: 'kafka_mirror_latency_seconds',
    recordAge: 'kafka_mirror_record_age_seconds',
    lag: 'kafka_mirror_lag_records',
    failedTasks: 'kafka_connect_failed_tasks',
    failedConnectors: 'kafka_connect_connector_failed',
    runningTasks: 'kafka_connect_running_tasks',
    rebalances: 'kafka_connect_rebalances_total',
  },
  'front-end': {
    droppedLines: 'meissa_front_end_dropped_lines_total',
    droppedSpoolLines: 'meissa_front_end_spool_dropped_lines_total',
    ackedLines: 'meissa_front_end_acked_lines_total',
    spoolBytes: 'meissa_front_end_spool_bytes',
    spoolCapacity: 'meissa_front_end_spool_capacity_bytes',
    spoolSecondsLeft: 'meissa_front_end_spool_seconds_left',
    spoolErrors: 'meissa_front_end_spool_errors_total',
    spoolSyncs: 'meissa_front_end_spool_syncs_total',
    oldestUnsent: 'meissa_front_end_oldest_unsent_seconds',
    lagBytes: 'meissa_front_end_lag_bytes',
    imbalance: 'meissa_front_end_imbalance_lines',
    damagedLines: 'meissa_front_end_spool_damaged_lines_total',
    damagedBytes: 'meissa_front_end_spool_damaged_bytes_total',
    damagedSegments: 'meissa_front_end_spool_damaged_segments_total',
    strange: 'meissa_front_end_spool_strange',
    refusedTopics: 'meissa_front_end_refused_topics',
    fileSystemFree: 'meissa_front_end_file_system_free_bytes',
    // These have no series before the first line: not for what must be there before it happens.
    lines: 'meissa_front_end_lines_total',
    refusedLines: 'meissa_front_end_refused_lines_total',
  },
  watch: {
    delay: 'meissa_delay_seconds',
    longestDelay: 'meissa_delay_max_seconds',
    silent: 'meissa_front_end_silent_seconds',
    heartbeatAge: 'meissa_heartbeat_age_seconds',
    heartbeats: 'meissa_heartbeats_total',
    refusedHeartbeats: 'meissa_heartbeats_refused_total',
    diskBytes: 'meissa_broker_disk_bytes',
    diskFree: 'meissa_broker_disk_free_bytes',
    brokerCertificate: 'meissa_broker_certificate_seconds',
    certificate: 'meissa_certificate_seconds',
  },
  agent: {
    failures: 'meissa_agent_failures_total',
    oldestUnsent: 'meissa_agent_oldest_unsent_seconds',
    unreadBytes: 'meissa_agent_unread_bytes',
    deadLetters: 'meissa_agent_dead_letters_total',
    deadLetterBytes: 'meissa_agent_dead_letter_bytes',
    filesLost: 'meissa_agent_files_lost_total',
    filesRefused: 'meissa_agent_files_refused_total',
    truncations: 'meissa_agent_truncations_total',
    journalUnreadable: 'meissa_agent_journal_unreadable_total',
    journalRestarts: 'meissa_agent_journal_restarts_total',
    // This has no series before the first line.
    lines: 'meissa_agent_lines_total',
  },
  host: {
    well: 'meissa_host_well',
  },
  router: {
    session: 'frr_bgp_peer_state',
    bfd: 'frr_bfd_peer_state',
    collector: 'frr_collector_up',
  },
  probe: {
    success: 'probe_success',
  },
} as const satisfies Record<Exporter, Record<string, string>>;

/** Names of metrics, sorted; of one exporter, or of all. */
export function metricNames(exporter?: Exporter): string[] {
  const groups = exporter === undefined ? Object.values(METRICS) : [METRICS[exporter]];
  return groups.flatMap((group) => Object.values<string>(group)).sort();
}
