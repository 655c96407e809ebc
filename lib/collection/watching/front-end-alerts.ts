/** Front ends: what waits on their disks, and what is lost there. */
import { type Alert, DAY, MINUTE, PAGE_SECONDS, rises } from './alert';
import { METRICS } from './metrics';

const front = METRICS['front-end'];
const fill = `${front.spoolBytes} / ${front.spoolCapacity}`;

export const frontEndAlerts = [
  {
    name: 'FrontEndStuck',
    severity: 'page',
    expression: `${front.oldestUnsent} > ${PAGE_SECONDS}`,
    holds: 0,
    summary: 'The oldest line of {{ $labels.instance }} has waited {{ $value | humanizeDuration }} for Kafka.',
    action:
      "See the region's brokers: offline partitions, partitions under min ISR. Nothing is lost while there is room in the spool.",
    meaning:
      'A line was acknowledged to its sender more than four minutes ago, and Kafka has not acknowledged it yet. It is on the disk of the front end.',
    steps: [
      '`journalctl -u front-end -n 50`: "lines of <topic> stay in the spool" says what Kafka answers; `curl -s localhost:9405/metrics | grep failed_sends` counts it by code.',
      '`NETWORK`: no broker answers, or none takes the certificate. `journalctl -u collection-certificates -n 20`; on a broker `/opt/meissa/health.d/kafka`.',
      '`NOT_ENOUGH_REPLICAS`, `LEADER_NOT_AVAILABLE`: [PartitionsUnderMinIsr], [PartitionsOffline].',
      'One topic only, while the others go on: [TopicRefused].',
      '"can\'t read on in the spool": the disk, [SpoolErrors].',
      'No failures, and the age falls: a backlog that is being sent.',
    ],
    never: 'remove the file `checkpoint` or a segment to get it going: the first sends everything again, the second loses lines.',
    wake: "It wakes whoever is on call for the collection. A second front end of the region: it is Kafka's, wake who runs the brokers.",
  },
  {
    name: 'SpoolHalfFull',
    severity: 'warning',
    expression: `${fill} > 0.5`,
    holds: 0,
    summary: 'The spool of {{ $labels.instance }} is {{ $value | humanizePercentage }} full.',
    action: 'Kafka has not taken its lines for days, or one of their topics. See time left.',
    meaning: 'Half of what the spool may have is taken by lines that Kafka has not acknowledged. Nothing is lost.',
    steps: [
      'Find out why nothing leaves it, or not enough: [FrontEndStuck], [TopicRefused].',
      'It empties, and more slowly than it fills: `meissa size collection --region <region>` says what brokers and front ends the load wants.',
      'Prepare more room, as under [SpoolNearlyFull].',
    ],
    never: 'delete segments: each is lines that were acknowledged.',
    wake: 'Nobody at night: time left has a page of its own. Who runs the brokers, in the day.',
  },
  {
    name: 'SpoolNearlyFull',
    severity: 'page',
    expression: `${fill} > 0.8`,
    holds: 0,
    summary:
      'The spool of {{ $labels.instance }} is {{ $value | humanizePercentage }} full; full, it refuses lines or drops the oldest.',
    action: 'Bring Kafka back, or give the volume more room: the spool takes it as it comes.',
    meaning:
      'Four fifths are taken. A full spool with `whenFull: refuse` refuses lines: senders have to keep them, and plain syslog is lost. With `drop-oldest` it loses its oldest segments.',
    steps: [
      'Bring Kafka back: [FrontEndStuck].',
      'More room for members: raise `volumes: { spool: { gb: ... } }` of the fleet in the region file, `meissa deploy <region>`, then `xfs_growfs /var/lib/front-end` on each host. The front end sees it as it writes, and needs no restart.',
      'More room for an elastic fleet: raise `min`, `meissa deploy <region>`. New hosts take new lines; these keep theirs.',
      'Something else fills the disk: `df -h /var/lib/front-end`, `du -sh /var/lib/front-end/spool`. Files `*.damaged` in the spool may be moved elsewhere, [LinesDamaged].',
    ],
    never: 'delete segments, or set `drop-oldest` now: that is choosing to lose them.',
    wake: 'It wakes whoever is on call. Wake who answers for the lines before they are dropped or refused: that is their choice.',
  },
  {
    name: 'SpoolTimeLeft',
    severity: 'page',
    // Only while nothing leaves it: a spool that is emptied as it fills has all the time.
    expression: `${front.spoolSecondsLeft} < ${2 * DAY} and ${front.oldestUnsent} > ${MINUTE}`,
    holds: 5 * MINUTE,
    summary: 'The spool of {{ $labels.instance }} is full in {{ $value | humanizeDuration }} if nothing changes.',
    action: 'Find out why lines wait; the time that is told is how long that may take.',
    meaning:
      'At the rate of the last five minutes the spool is full within two days, and its oldest line has waited for more than a minute. Nothing is lost yet.',
    steps: ['As under [FrontEndStuck].', 'It will take longer than the time that is left: more room, [SpoolNearlyFull].'],
    never: 'wait for SpoolNearlyFull: a spool that fills fast goes from four fifths to full in hours.',
    wake: 'It wakes whoever is on call. Wake who runs the brokers as soon as it is clear that they are the reason.',
  },
  {
    name: 'TopicRefused',
    severity: 'page',
    expression: `${front.refusedTopics} > 0`,
    holds: 3 * MINUTE,
    summary: 'Brokers refuse {{ $value }} topics of {{ $labels.instance }}: their lines wait, the others go on.',
    action:
      '`meissa_front_end_topic_refused` names them, and the journal says what Kafka answers: a topic that is not there, or no right to write it.',
    meaning:
      'Brokers answer, and refuse these topics. Their lines wait in the spool and are sent when the topic is taken again; other topics go on. The guards of the brokers make planned topics and rights within a minute: one that is refused for longer does not come by waiting.',
    steps: [
      '`curl -s localhost:9405/metrics | grep -E "topic_refused|failed_sends"`, `journalctl -u front-end | grep "stay in the spool" | tail`.',
      '`UNKNOWN_TOPIC_OR_PARTITION`: is it in `kafka.topics` of the region? Then `journalctl -u kafka-guard -n 50` on the brokers says why it is not made (too few brokers for its replicas, for example). If it was taken out of the plan while lines waited, put it back until they are sent.',
      '`TOPIC_AUTHORIZATION_FAILED`: the front end is `<region>.front-end` by its certificate. `tool AclCommand --list` on a broker; the guard adds what is planned and missing.',
      '`NOT_ENOUGH_REPLICAS`, `LEADER_NOT_AVAILABLE`: [PartitionsUnderMinIsr], [PartitionsOffline].',
      '`MESSAGE_TOO_LARGE`: `max.message.bytes` of the topic was set below a line. `tool TopicCommand --describe --topic <topic>` shows it.',
    ],
    never: 'delete the topic to have it made anew: what it holds, and the mirror has not carried, is lost.',
    wake: 'It wakes whoever is on call. Who changed the topics or rights of the region, now if the spool has less than a day.',
  },
  {
    name: 'LinesDropped',
    severity: 'page',
    expression: `${rises(front.droppedLines)} or ${rises(front.droppedSpoolLines)}`,
    holds: 0,
    summary: '{{ $labels.instance }} has lost lines.',
    action: 'Label `why` says how: a spool that drops its oldest, or syslog without acknowledgement that could not be kept.',
    meaning:
      "Lines are lost. Those of syslog were never acknowledged, as the protocol can't; those of a spool with `whenFull: drop-oldest` were, and the number is the most that it can be.",
    steps: [
      '`why="udp-buffer"`: datagrams came faster than they were read, and the kernel threw them away. `sysctl net.core.rmem_max` should say 16777216. Have the loudest senders use RELP or HTTP.',
      '`why="syslog-udp"`, `why="syslog-tcp"`: the spool refused them, [LinesRefused] says why; or a connection broke within a line.',
      '`why="too-long"`: a line of syslog over 262,144 bytes. Its sender has to cut it, or use HTTP, which tells it.',
      'Without `why`: the spool was full and dropped whole segments, [SpoolNearlyFull]. The journal names them.',
      'Tell those who count lines: how many (`increase` of the metric), from when to when.',
    ],
    never: 'restart the front end first: the count begins at 0 again, and nobody knows how many they were.',
    wake: 'It wakes whoever is on call. Wake who answers for the lines: they are lost, and they decide what that means.',
  },
  {
    name: 'LinesMissing',
    severity: 'page',
    expression: `${front.imbalance} != 0`,
    holds: 2 * MINUTE,
    summary:
      'The counts of {{ $labels.instance }} differ by {{ $value }} lines: what it kept, what Kafka took, what its spool holds.',
    action:
      'Lines are missing, or counted wrongly: keep its spool, and compare it with the topic by key before anything is restarted.',
    meaning:
      'Since its start: lines that inputs acknowledged, less those that Kafka has, less those that are told as damaged or dropped, is not what the spool holds. Above 0 lines are missing; below 0 some are counted twice. It is a fault of the program or of its disk, and must never happen.',
    steps: [
      'Keep what tells: `curl -s localhost:9405/metrics >metrics.txt`, `journalctl -u front-end >journal.txt`, `cp -a /var/lib/front-end/spool <where there is room>`.',
      "Take the host from the load balancer (on the cloud's page of it), so that nothing more is mixed in. It goes on sending.",
      'Compare. Keys are `<front end>/<boot>/<sequence>`; a segment is text, its frames begin with `=` and hold the sequence of their first line. What Kafka has: `tool consumer.ConsoleConsumer --topic <topic> --from-beginning --formatter-property print.key=true --formatter-property print.value=false`. A sequence that is in neither is a missing line.',
      'Report it with all of that. Then restart: counts begin anew, what is in the spool is sent.',
    ],
    never:
      'restart the front end before its spool and its metrics are copied: the counts begin anew, and segments that are done with are removed.',
    wake: 'It wakes whoever is on call. Wake who writes the front end: the counts can differ by a fault of the program alone.',
  },
  {
    name: 'LinesDamaged',
    severity: 'page',
    expression: `${front.damagedLines} > 0 or ${front.damagedBytes} > 0 or ${front.damagedSegments} > 0`,
    holds: 0,
    summary: 'The disk of {{ $labels.instance }} has damaged lines that were acknowledged, or files that cannot be read.',
    action:
      'Its journal names the segments, and how many lines. Their files stay in the spool as `*.damaged`: copy them, and read what is left of them.',
    meaning:
      "The disk gives other bytes than were written, or none, or files are gone. `damaged_lines` is how many acknowledged lines that is, `damaged_bytes` how much of files that could be opened, `damaged_segments` counts files that lost a part or can't be read at all. All that is sound is sent all the same. It counts since the start, so it fires until a restart.",
    steps: [
      '`journalctl -u front-end | grep -E "damaged|can\'t be read|are not there"` says which files, and how many lines.',
      'Copy them elsewhere at once: `cp -a /var/lib/front-end/spool/*.damaged <another disk>`. A file is renamed when everything before and in it has been passed; until then it ends in `.segment`.',
      'Read them: they are text, a line that begins with `=` before the lines of a request. Lines that are missing in Kafka may be posted again (`curl --data-binary @lines http://localhost:8080/lines/<topic>`); they get new keys.',
      '`journalctl -k | grep -iE "I/O error|xfs"`, and the cloud\'s page of the volume. A disk that has done this once is not to be trusted: `/opt/meissa/bin/front-end-drain` takes no more lines, and returns when Kafka has all that can be read. Then retire its number and raise `count` ([members.md](../members.md)): the next number comes with a volume of its own.',
      'It stays in use: `systemctl restart front-end` ends the alert. The files `*.damaged` stay until you remove them.',
    ],
    never: 'run a repair of the file system over it (`xfs_repair`) before its files are copied.',
    wake: "It wakes whoever is on call. Wake who answers for the lines, and tell the cloud's support: the volume is at fault.",
  },
  {
    name: 'ForwardingRefused',
    severity: 'page',
    expression: `${front.strange} > 0`,
    holds: 0,
    summary: '{{ $labels.instance }} forwards nothing: its checkpoint names what is not in its spool.',
    action:
      'Segments are gone or shorter than they were. Bring them back, or have everything that is there sent again: its journal says what the checkpoint names.',
    meaning:
      'The front end started with a spool that is not the one of its checkpoint: a volume that was swapped, restored from an older snapshot, or files that somebody removed. It takes lines and sends none, so that nothing is taken for sent that was not.',
    steps: [
      '`journalctl -u front-end | grep "nothing is forwarded"`: which segment, which byte. `ls -l /var/lib/front-end/spool`, `cat /var/lib/front-end/spool/checkpoint`.',
      'Is the right volume mounted? `findmnt /var/lib/front-end`, `journalctl -u meissa-volume-spool`. With the right one: `systemctl restart front-end`.',
      'The missing segments are somewhere: `systemctl stop front-end`, put them back (owner `collection`), `systemctl start front-end`.',
      'They are gone for good: `systemctl stop front-end`, `mv /var/lib/front-end/spool/checkpoint /var/lib/front-end/checkpoint.old`, `systemctl start front-end`. Everything that is there is sent, some of it for the second time by the same keys; what was in the missing segments and not sent is lost. How many lines are known to be missing, the journal says at the start ("are not there").',
    ],
    never: 'edit the checkpoint: nobody can know what was sent.',
    wake: 'It wakes whoever is on call. Wake who writes the front end before anything in its spool is moved.',
  },
  {
    name: 'LinesRefused',
    severity: 'warning',
    expression: `increase(${front.refusedLines}[5m]) > 0`,
    holds: 5 * MINUTE,
    summary: '{{ $labels.instance }} refuses lines; senders keep them.',
    action: 'Labels `why` and `input` say it: a full spool, a disk that fails or is too slow, or a front end that leaves.',
    meaning:
      'For five minutes some lines were not kept, and not acknowledged either. Senders by HTTP and RELP come again; lines of plain syslog are lost, and counted by [LinesDropped], too.',
    steps: [
      '`why="full"`: [SpoolNearlyFull]. `why="failing"`: [SpoolErrors].',
      '`why="busy"`: 64 MiB wait for the disk. The cloud\'s page of the volume: does it do less than it was bought for? `meissa size collection --region <region>` says what it should.',
      '`why="closed"`: it was told to stop and senders still come; the load balancer has not noticed. Lasting longer than a minute: `systemctl status front-end`.',
      '`why="too-large"`: one request with more lines than a frame holds; its sender has to make smaller ones.',
    ],
    never: 'raise `memoryMb` for a disk that is too slow: it makes lines later, and no disk faster.',
    wake: 'Nobody at night while senders keep them: AgentsBehind pages. The owners of senders without a buffer, at once.',
  },
  {
    name: 'SpoolErrors',
    severity: 'page',
    expression: rises(front.spoolErrors),
    holds: 0,
    summary: 'The disk of {{ $labels.instance }} fails to write or to sync.',
    action: 'It acknowledges nothing that is not on disk, so nothing is lost. Its journal says what the disk answered.',
    meaning:
      'A write or an fdatasync of the spool failed. Nothing of that group of lines was acknowledged; the file was cut back and is never written again, and the next lines go into a new one. While it fails, the load balancer turns away and the other front ends take the load.',
    steps: [
      '`journalctl -u front-end | grep "can\'t keep lines" | tail`, `journalctl -k | tail -50`.',
      '`ENOSPC`: somebody else fills the file system. `df -h /var/lib/front-end`, `du -xsh /var/lib/front-end/*`.',
      "`EIO`, or a file system that was shut down: the cloud's page of the volume. `systemctl restart front-end` once it answers again; what was acknowledged is read back, and what can't be is told, [LinesDamaged].",
      'The host is at fault, not the volume: `meissa replace <front end>` and a deploy, twice, gives a new instance on the same volume.',
    ],
    never: 'format the volume or replace it while `lag_lines` is above 0: those lines are on no other disk.',
    wake: "It wakes whoever is on call. Two front ends of one region: wake the cloud's support, it is not one disk.",
  },
] as const satisfies readonly Alert[];
