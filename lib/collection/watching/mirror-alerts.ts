/** Mirrors: from each region into the central one. */
import { type Alert, MINUTE } from './alert';
import { METRICS } from './metrics';

const { mirror } = METRICS;

export const mirrorAlerts = [
  {
    name: 'MirrorBehind',
    severity: 'warning',
    expression: `max by (flow) (${mirror.latency}{of="max"}) > ${2 * MINUTE}`,
    holds: 2 * MINUTE,
    summary: 'The mirror of {{ $labels.flow }} carries lines that are {{ $value | humanizeDuration }} old.',
    action: "A backlog: see its lag in records and the brokers' quota of the mirror.",
    meaning:
      "From a line's time in the region's Kafka to its acknowledgement in the central one it takes more than two minutes. Lines wait in the region's Kafka, for as long as the topics' `retention`; nothing is lost within that.",
    steps: [
      'Lag falls: it catches up after an outage, at four times the peak at most. Wait.',
      'Lag grows or stands: `journalctl -u mirror@<flow> -n 100` on both hosts; are as many tasks running as `/etc/meissa/mirror/<flow>` says (`. /run/meissa/host.env; curl -s "$MEISSA_ADDRESS:<port>/metrics" | grep running_tasks`, port 9410 + number of the flow)?',
      'The quota holds it up: on the region\'s brokers `curl -s "$MEISSA_ADDRESS:9404/metrics" | grep throttle_time`. Above 0 for hours: `load.peak` in the region file is below what comes.',
      'The central brokers are slow: their request times, under-replicated partitions, disks.',
    ],
    never:
      "shorten the topics' retention in the region while this lasts: what is deleted there before it was carried never arrives.",
    wake: 'Nobody at night: LinesLate pages where reports are late.',
  },
  {
    name: 'MirrorFailed',
    severity: 'page',
    expression: `max by (flow) (${mirror.failedTasks}) > 0 or max by (flow) (${mirror.failedConnectors}) > 0`,
    holds: 5 * MINUTE,
    summary: 'The mirror of {{ $labels.flow }} has failed in part, and its restart has not helped.',
    action: 'See the journal of mirror@{{ $labels.flow }} on both hosts: rights, topics, message sizes.',
    meaning:
      'A task or a connector has failed for five minutes, though `mirror-tend` restarts such a worker once a minute. Partitions of that task are not carried; their lines wait in the region.',
    steps: [
      '`journalctl -u mirror@<flow> | grep -E "ERROR|Exception" | tail -30` on both hosts, `journalctl -u mirror-tend -n 20`.',
      '`TopicAuthorizationException`, `ClusterAuthorizationException`: rights of `<central>.kafka-mirror`, [brokers.md](../collection/brokers.md); the guards add what is planned. `SslAuthenticationException`: [CertificateEndsSoon].',
      "`RecordTooLargeException`: `max.message.bytes` of the topic in the central region is below the region's.",
      '`OutOfMemoryError`: `heapMb` of the profile kafka-mirror.',
      'Mended: `systemctl restart mirror@<flow>`, on one host and then on the other.',
    ],
    never:
      'delete the topics `mm2-*.<flow>.internal` to begin anew: they say where it stands; everything would be carried again, or what has come meanwhile be skipped.',
    wake: 'It wakes whoever is on call for the collection. Who changed rights or topics of either region, if the journal names them.',
  },
  {
    name: 'MirrorMissing',
    severity: 'page',
    expression: `max by (flow) (${mirror.runningTasks}{connector="MirrorSourceConnector"}) == 0`,
    holds: 3 * MINUTE,
    summary: 'Nothing is carried from {{ $labels.flow }}.',
    action: 'See whether mirror@{{ $labels.flow }} reaches both clusters.',
    meaning:
      "No worker of the flow runs a task for three minutes. Lines wait in the region's Kafka, for as long as the topics' `retention`.",
    steps: [
      'On both hosts: `systemctl status mirror@<flow>`, `journalctl -u mirror@<flow> -n 100`, `/opt/meissa/health.d/mirror`.',
      'The region is away: [RegionSilent] fires as well. The workers go on by themselves when it is back.',
      'The way: `meissa reach <host of a mirror> <broker of the region> --port 9092/tcp`.',
      'The topics of the region match nothing: `topics=` in `/etc/meissa/mirror/<flow>` against `tool TopicCommand --list` on a broker of the region.',
    ],
    never: 'start a second mirror beside it by hand: lines would be carried twice, and both write where they stand.',
    wake: "It wakes whoever is on call for the collection. Wake the network's people where the way is down.",
  },
] as const satisfies readonly Alert[];
