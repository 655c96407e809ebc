/** Brokers, controllers, mirrors and their certificates. */
import { type Alert, DAY, MINUTE } from './alert';
import { METRICS } from './metrics';

const { kafka, mirror, watch } = METRICS;
const room = `min by (region, broker) (${watch.diskFree} / ${watch.diskBytes})`;
const ends = (metric: string, days: number): string => `${metric} < ${days * DAY}`;
const anyCertificate = (days: number): string =>
  `min by (region, broker) (${ends(watch.brokerCertificate, days)}) or ${ends(watch.certificate, days)}`;

export const clusterAlerts: readonly Alert[] = [
  {
    name: 'PartitionsUnderReplicated',
    severity: 'warning',
    expression: `sum by (region) (${kafka.underReplicated}) > 0`,
    holds: 10 * MINUTE,
    summary: '{{ $value }} partitions of {{ $labels.region }} have fewer replicas in sync than they should.',
    action: 'A broker is down, slow or catching up. No broker is to be touched before this is over.',
  },
  {
    name: 'PartitionsUnderMinIsr',
    severity: 'page',
    expression: `sum by (region) (${kafka.underMinIsr}) > 0`,
    holds: 2 * MINUTE,
    summary:
      '{{ $value }} partitions of {{ $labels.region }} take no lines: one more failure and acknowledged lines may be lost.',
    action: 'Bring a broker back. Front ends keep lines meanwhile.',
  },
  {
    name: 'PartitionsOffline',
    severity: 'page',
    expression: `max by (region) (${kafka.offlinePartitions}) > 0`,
    holds: MINUTE,
    summary: '{{ $value }} partitions of {{ $labels.region }} have no leader.',
    action: 'All replicas in sync are down. Bring one back; never elect another one, which would lose lines.',
  },
  {
    name: 'LinesGivenUp',
    severity: 'page',
    expression: `increase(${kafka.uncleanElections}[10m]) > 0`,
    holds: 0,
    summary: 'A replica of {{ $labels.region }} that was not in sync became leader: acknowledged lines are lost.',
    action: 'It is off in the brokers; somebody has allowed it by hand. Send again from the front ends what they still have.',
  },
  {
    name: 'NoController',
    severity: 'page',
    expression: `sum by (region) (${kafka.activeControllers}) != 1`,
    holds: 2 * MINUTE,
    summary: '{{ $labels.region }} has {{ $value }} active controllers.',
    action: 'Brokers go on with the leaders they have, and none is replaced. See the journals of the controllers.',
  },
  {
    name: 'ControllerBehind',
    severity: 'warning',
    expression: `${kafka.controllerLag} > 30 or ${kafka.brokerLag} > 30`,
    holds: 5 * MINUTE,
    summary: '{{ $labels.instance }} is {{ $value | humanizeDuration }} behind the active controller.',
    action: 'Its disk or its network is slow.',
  },
  {
    name: 'BrokerFenced',
    severity: 'warning',
    expression: `max by (region) (${kafka.fencedBrokers}) > 0`,
    holds: 10 * MINUTE,
    summary: '{{ $value }} brokers of {{ $labels.region }} are fenced: down, or without a controller.',
    action: 'See which of them misses heartbeats.',
  },
  {
    name: 'LogDirectoryOffline',
    severity: 'page',
    expression: `${kafka.offlineDirectories} > 0`,
    holds: 0,
    summary: 'A disk of {{ $labels.instance }} has failed.',
    action: 'Replace the member: `meissa replace`.',
  },
  {
    name: 'BrokerDiskFills',
    severity: 'warning',
    expression: `${room} < 0.25 or predict_linear(${watch.diskFree}[6h], ${2 * DAY}) < 0`,
    holds: 30 * MINUTE,
    summary: 'The disk of {{ $labels.broker }} in {{ $labels.region }} fills.',
    action: 'A larger volume, or a shorter retention; `meissa size collection` tells what it should have.',
  },
  {
    name: 'BrokerDiskFull',
    severity: 'page',
    expression: `${room} < 0.1`,
    holds: 5 * MINUTE,
    summary: 'The disk of {{ $labels.broker }} in {{ $labels.region }} has {{ $value | humanizePercentage }} room.',
    action: 'A broker with a full disk stops. Enlarge the volume now.',
  },
  {
    name: 'MirrorBehind',
    severity: 'warning',
    expression: `max by (flow) (${mirror.latency}{of="max"}) > ${2 * MINUTE}`,
    holds: 2 * MINUTE,
    summary: 'The mirror of {{ $labels.flow }} carries lines that are {{ $value | humanizeDuration }} old.',
    action: "A backlog: see its lag in records and the brokers' quota of the mirror.",
  },
  {
    name: 'MirrorFailed',
    severity: 'page',
    expression: `max by (flow) (${mirror.failedTasks}) > 0 or max by (flow) (${mirror.failedConnectors}) > 0`,
    holds: 5 * MINUTE,
    summary: 'The mirror of {{ $labels.flow }} has failed in part, and its restart has not helped.',
    action: 'See the journal of mirror@{{ $labels.flow }} on both hosts: rights, topics, message sizes.',
  },
  {
    name: 'MirrorMissing',
    severity: 'page',
    expression: `max by (flow) (${mirror.runningTasks}{connector="MirrorSourceConnector"}) == 0`,
    holds: 3 * MINUTE,
    summary: 'Nothing is carried from {{ $labels.flow }}.',
    action: 'See whether mirror@{{ $labels.flow }} reaches both clusters.',
  },
  {
    name: 'CertificateEnds',
    severity: 'warning',
    expression: anyCertificate(5),
    holds: 0,
    summary:
      'A certificate of {{ $labels.region }} ends in {{ $value | humanizeDuration }}: {{ $labels.broker }}{{ $labels.instance }}.',
    action: 'collection-certificates.timer renews it once a newer one is there. See who issues them.',
  },
  {
    name: 'CertificateEndsSoon',
    severity: 'page',
    expression: anyCertificate(1),
    holds: 0,
    summary:
      'A certificate of {{ $labels.region }} ends in {{ $value | humanizeDuration }}: {{ $labels.broker }}{{ $labels.instance }}.',
    action: 'The same. After it, nobody speaks with this host.',
  },
  {
    name: 'NotMeasured',
    severity: 'warning',
    expression: 'up{job=~"kafka|mirror|front-end|watch"} == 0',
    holds: 5 * MINUTE,
    summary: 'Prometheus reads nothing from {{ $labels.instance }} ({{ $labels.job }}).',
    action: 'The host or its service is down.',
  },
];
