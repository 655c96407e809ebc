/** Brokers and controllers. */
import { type Alert, DAY, MINUTE, rises } from './alert';
import { METRICS } from './metrics';

const { kafka, watch } = METRICS;
const room = `min by (region, broker) (${watch.diskFree} / ${watch.diskBytes})`;

export const brokerAlerts = [
  {
    name: 'PartitionsUnderReplicated',
    severity: 'warning',
    expression: `sum by (region) (${kafka.underReplicated}) > 0`,
    holds: 10 * MINUTE,
    summary: '{{ $value }} partitions of {{ $labels.region }} have fewer replicas in sync than they should.',
    action: 'A broker is down, slow or catching up. No broker is to be touched before this is over.',
    meaning:
      'For ten minutes some replica was not in sync. Lines are taken and acknowledged by the others; nothing is lost. Gates are shut: no deploy touches another broker.',
    steps: [
      '`/opt/meissa/health.d/kafka` on any broker says what is missing; `tool TopicCommand --describe --under-replicated-partitions` which replicas.',
      'All of them on one broker: there `systemctl status kafka`, `journalctl -u kafka -n 100`. A broker that comes back with an empty disk copies all of it: hours are right, as long as the number falls.',
      'It does not fall: room on its disk ([BrokerDiskFull]), its network, [ControllerBehind].',
    ],
    never: 'restart another broker meanwhile: with two replicas of three away its partitions take no lines.',
    wake: 'Nobody at night while it falls. PartitionsUnderMinIsr pages.',
  },
  {
    name: 'PartitionsUnderMinIsr',
    severity: 'page',
    expression: `sum by (region) (${kafka.underMinIsr}) > 0`,
    holds: 2 * MINUTE,
    summary:
      '{{ $value }} partitions of {{ $labels.region }} take no lines: one more failure and acknowledged lines may be lost.',
    action: 'Bring a broker back. Front ends keep lines meanwhile.',
    meaning:
      'Partitions have fewer replicas in sync than `min.insync.replicas`. They refuse lines (`NOT_ENOUGH_REPLICAS`), which wait in spools. What was acknowledged is on the replicas that are left.',
    steps: [
      '`tool TopicCommand --describe --under-min-isr-partitions` on a broker that answers: which replicas are missing, of which brokers?',
      'On each of those: `systemctl status kafka`, `journalctl -u kafka -n 100`, `df -h /var/lib/kafka`. `no certificate yet`: [CertificateEndsSoon].',
      'The host is gone: `meissa status <region>`; `meissa replace <broker>` and a deploy, twice, brings it back on its own volume.',
      'How long there is: the shortest `meissa_front_end_spool_seconds_left` of the region.',
    ],
    never:
      'lower `min.insync.replicas` to take lines again: what is acknowledged then is on one disk. The guards set it back, too.',
    wake: 'It wakes whoever is on call for the brokers. Wake a second person before a broker is stopped or a volume emptied: one more mistake loses lines.',
  },
  {
    name: 'PartitionsOffline',
    severity: 'page',
    expression: `max by (region) (${kafka.offlinePartitions}) > 0`,
    holds: MINUTE,
    summary: '{{ $value }} partitions of {{ $labels.region }} have no leader.',
    action: 'All replicas in sync are down. Bring one back; never elect another one, which would lose lines.',
    meaning:
      'These partitions can neither be written nor read. Lines for them wait in spools; lines that are in them come when a replica that was in sync is back.',
    steps: [
      '`tool TopicCommand --describe --unavailable-partitions`: `Isr` and `LastKnownElr` name the brokers of which one has to come back.',
      'Bring that broker back with its own disk, as under [PartitionsUnderMinIsr].',
      'The disks of all replicas in sync are lost: the lines in these partitions that no mirror has carried are lost. Only then, and with somebody who answers for it, an unclean election is less bad than none ([LinesGivenUp]).',
    ],
    never:
      'run `LeaderElectionCommand --election-type unclean`, or set `unclean.leader.election.enable=true`, while a replica that was in sync may come back.',
    wake: 'It wakes whoever is on call for the brokers. Wake who answers for the lines before any choice that loses some.',
  },
  {
    name: 'LinesGivenUp',
    severity: 'page',
    expression: rises(kafka.uncleanElections),
    holds: 0,
    summary: 'A replica of {{ $labels.region }} that was not in sync became leader: acknowledged lines are lost.',
    action: 'It is off in the brokers; somebody has allowed it by hand. Find out who, and which partitions.',
    meaning:
      'An unclean election took place: the new leader lacks lines that the old one had acknowledged, and the others now throw them away as well.',
    steps: [
      '`journalctl -u kafka | grep -i unclean` on the controllers: which partitions, when.',
      '`tool TopicCommand --describe` shows settings of topics that were set by hand: remove `unclean.leader.election.enable` there.',
      'What is lost are lines of these partitions from shortly before the old leader went. What the mirror had carried is in the central region.',
      "An old replica's disk that has not come back yet holds them: keep that host off the network, copy `/var/lib/kafka` first.",
    ],
    never: "start the old leader before its disk is copied: it cuts its log to the new leader's.",
    wake: 'It wakes whoever is on call. Wake who answers for the lines: some are lost.',
  },
  {
    name: 'NoController',
    severity: 'page',
    expression: `sum by (region) (${kafka.activeControllers}) != 1`,
    holds: 2 * MINUTE,
    summary: '{{ $labels.region }} has {{ $value }} active controllers.',
    action: 'Brokers go on with the leaders they have, and none is replaced. See the journals of the controllers.',
    meaning:
      'Of the controllers that Prometheus reads none, or more than one, says that it leads. Without a leader no partition gets another one, no topic is made, and no broker that restarts is let in. Lines are taken as long as no broker fails.',
    steps: [
      'On each controller: `systemctl status kafka`, `journalctl -u kafka -n 100`, `/opt/meissa/health.d/kafka`.',
      'Fewer than a majority are up: bring one back. `df -h /var/lib/kraft`, `journalctl -u collection-certificates -n 20`.',
      'A majority is up and does not agree: can they reach each other on 9093 (`meissa reach <controller> <controller> --port 9093/tcp`)?',
      'All of them lost their disks: [brokers.md](../collection/brokers.md), "The decision". A disk has to come back, or a new generation begins without what was there.',
      'Two lead: an old one that is cut off and does not know it yet; or two clusters have the same label `region`. See which hosts say 1.',
    ],
    never:
      "format a controller's disk, or remove the *formed* marker, to have a quorum found itself anew: it would know no topic and no line.",
    wake: 'It wakes whoever is on call for the brokers. Two controllers with lost disks: wake a second person, the quorum hangs by it.',
  },
  {
    name: 'ControllerBehind',
    severity: 'warning',
    expression: `${kafka.controllerLag} > 30 or ${kafka.brokerLag} > 30`,
    holds: 5 * MINUTE,
    summary: '{{ $labels.instance }} is {{ $value | humanizeDuration }} behind the active controller.',
    action: 'Its disk or its network is slow, or it is cut off from the controllers.',
    meaning:
      'A controller or a broker applies metadata of half a minute ago. It still serves; a broker may answer by leaders that have changed. It is no safe replacement for the active controller.',
    steps: [
      '`journalctl -u kafka -n 100` there; `tool MetadataQuorumCommand describe --replication` shows the lag of each.',
      "Room and speed of its disk: `df -h /var/lib/kraft /var/lib/kafka`, the cloud's page of the volume.",
      'Memory: `journalctl -u kafka | grep -i OutOfMemory`; `heapMb` of the profile.',
    ],
    never: 'restart the active controller while another one is behind.',
    wake: 'Nobody at night while the other two are well.',
  },
  {
    name: 'BrokerFenced',
    severity: 'warning',
    expression: `max by (region) (${kafka.fencedBrokers}) > 0`,
    holds: 10 * MINUTE,
    summary: '{{ $value }} brokers of {{ $labels.region }} are fenced: down, or without a controller.',
    action: 'See which of them is down or misses heartbeats.',
    meaning:
      'A broker that is registered has sent the controllers no heartbeat: it leads nothing and takes no lines. The others carry its partitions.',
    steps: [
      'Which one: the broker that [NotMeasured] names, or on which `/opt/meissa/health.d/kafka` fails.',
      'It is down: `systemctl status kafka`, `journalctl -u kafka -n 100`. After a crash it reads its logs first; minutes are right.',
      'It is up and does not reach the controllers: `meissa reach <broker> <controller> --port 9093/tcp`; its certificate, [CertificateEnds].',
    ],
    never: 'unregister it to end the alert: its replicas have to be assigned anew then.',
    wake: 'Nobody at night for one broker; partitions page where it matters.',
  },
  {
    name: 'LogDirectoryOffline',
    severity: 'page',
    expression: `${kafka.offlineDirectories} > 0`,
    holds: 0,
    summary: 'A disk of {{ $labels.instance }} has failed.',
    action: 'See what its disk answered: `journalctl -u kafka`, `journalctl -k`. The other replicas have its lines.',
    meaning:
      'Kafka could not write or read the folder of its log, and serves nothing from it until it is restarted. Other brokers have the same lines; they have one copy fewer.',
    steps: [
      '`journalctl -u kafka | grep -iE "log dir|IOException" | tail`, `journalctl -k | tail -50`, `df -h /var/lib/kafka`.',
      'The volume answers again: `systemctl restart kafka`. It recovers its log and catches up.',
      'Of a broker, its file system is broken and the volume is not: note the device (`findmnt -nro SOURCE /var/lib/kafka`), make sure that no partition is under its min ISR ([PartitionsUnderMinIsr]), then `systemctl stop kafka-guard kafka`, `umount /var/lib/kafka`, empty the beginning of the volume (`dd if=/dev/zero of=<device> bs=1M count=64`), `systemctl restart meissa-volume-kafka`, `systemctl start kafka kafka-guard`. It is formatted, and the broker copies all replicas from the others.',
      'The volume is at fault, and no partition is under its min ISR: `meissa replace --disk <host>/kafka` gives the broker a new, empty one in two deploys, and keeps the old one; it copies all replicas from the others. `meissa replace <host>` alone gives a new instance on the same volume: of no use here.',
    ],
    never: 'empty a volume while another replica of its partitions is away.',
    wake: "It wakes whoever is on call for the brokers. A second disk within a day: wake the cloud's support.",
  },
  {
    name: 'BrokerDiskFills',
    severity: 'warning',
    expression: `${room} < 0.25 or predict_linear(${watch.diskFree}[6h], ${2 * DAY}) < 0`,
    holds: 30 * MINUTE,
    summary: 'The disk of {{ $labels.broker }} in {{ $labels.region }} fills.',
    action: 'A larger volume, or a shorter retention; `meissa size collection` tells what it should have.',
    meaning:
      'Less than a quarter is free, or at the rate of the last six hours nothing will be in two days. Nothing is lost yet.',
    steps: [
      '`meissa size collection --region <region>`: does the load of the region file still hold? Panel *Log* shows which topic grows.',
      "Larger: raise `volumes: { kafka: { gb: ... } }` of the brokers' fleet, `meissa deploy <region>`, then `xfs_growfs /var/lib/kafka` on each broker.",
      'Shorter: `retention` of a topic, `meissa deploy <region>`: brokers restart one at a time, the guards set it. A mirror has to be able to be away for less than that.',
      'One broker only: partitions are spread unevenly, `tool TopicCommand --describe`.',
    ],
    never: 'delete files below `/var/lib/kafka`: Kafka takes the whole folder for failed.',
    wake: 'Nobody at night: BrokerDiskFull pages.',
  },
  {
    name: 'BrokerDiskFull',
    severity: 'page',
    expression: `${room} < 0.1`,
    holds: 5 * MINUTE,
    summary: 'The disk of {{ $labels.broker }} in {{ $labels.region }} has {{ $value | humanizePercentage }} room.',
    action: 'A broker with a full disk stops. Enlarge the volume now.',
    meaning: 'Less than a tenth is free. Where it is full, Kafka stops, and its restart fails; the others fill at the same rate.',
    steps: [
      'Enlarge, as under [BrokerDiskFills]. Volumes grow while they are in use.',
      'That takes too long: a shorter `retention` of the topic that has most, in the region file, and a deploy. By hand it has no effect: the guards set the planned one again within a minute.',
      'A broker that has stopped: enlarge first, `xfs_growfs /var/lib/kafka`, then `systemctl start kafka`.',
    ],
    never: 'delete files below `/var/lib/kafka`, or stop a second broker.',
    wake: 'It wakes whoever is on call for the brokers. Wake who answers for the lines before retention is shortened.',
  },
] as const satisfies readonly Alert[];
