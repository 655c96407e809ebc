/** Lines that are late, and front ends that nothing comes from: what the watch tells. */
import { type Alert, MINUTE, PAGE_SECONDS, rises, WARN_SECONDS } from './alert';
import { METRICS } from './metrics';

const { delay, heartbeatAge, silent, refusedHeartbeats } = METRICS.watch;

export const delayAlerts = [
  {
    name: 'LinesSlow',
    severity: 'warning',
    expression: `max by (region) (${delay}) > ${WARN_SECONDS}`,
    holds: 0,
    summary: 'Lines of {{ $labels.region }} take {{ $value | humanizeDuration }} to the central region.',
    action:
      "Look which part of the way is slow: the age of a front end's oldest unsent line, the mirror's lag, under-replicated partitions.",
    meaning:
      'The newest heartbeat of a front end of the region took longer than three minutes through spool, Kafka and mirror. All other lines take the same way. Nothing is lost.',
    steps: [
      "A high age of the oldest unsent line: the region's Kafka is slow or away, [FrontEndStuck].",
      'A lag of the mirror that grows, while front ends are empty: [MirrorBehind].',
      "Neither, and the delay is the same for every line: a clock is wrong. Compare `date -u` of the front end and of a mirror's host; `timedatectl` says which one is not synchronized.",
      'Of one front end that has gone since (it stands under [FrontEndSilent], too): its last delay is told for a day. `systemctl restart collection-watch` on the hosts of the mirrors, one after the other, forgets it.',
    ],
    never:
      'restart front ends, brokers or mirrors to hurry them: each comes back to the same backlog, and carries its last seconds again.',
    wake: 'Nobody at night: LinesLate pages. In the day whoever runs the collection; tell the people who read reports if it lasts for an hour.',
  },
  {
    name: 'LinesLate',
    severity: 'page',
    expression: `max by (region) (${delay}) > ${PAGE_SECONDS}`,
    holds: 0,
    summary: 'Lines of {{ $labels.region }} take {{ $value | humanizeDuration }}: reports are late within a minute, or are.',
    action:
      'See where the backlog is, in spools or before the mirror; after an outage it is being carried, the oldest lines first.',
    meaning: 'The same as [LinesSlow], beyond four minutes: reports want lines within five. Nothing is lost.',
    steps: [
      'Tell those who read reports from which time on they are incomplete: now, less the delay.',
      'After an outage: `meissa size collection --region <region> --outage <how long it was>` says how long catching up takes. Where lag falls, wait.',
      'Where nothing was away, as under [LinesSlow].',
    ],
    never:
      'raise the quota of the mirrors in the region (`consumer_byte_rate`) to catch up faster: what front ends write now has to go on, or the delay moves into the spools.',
    wake: 'It wakes whoever is on call for the collection. Wake who answers for the reports once lines will be late for more than an hour.',
  },
  {
    name: 'HeartbeatsMissing',
    severity: 'warning',
    expression: `min by (region) (${heartbeatAge}) > ${2 * MINUTE}`,
    holds: 0,
    summary: 'Nothing has come from {{ $labels.region }} for {{ $value | humanizeDuration }}.',
    action: "See whether the region's front ends, its brokers and its mirror are up, and the link to it.",
    meaning:
      'No front end of the region wrote a heartbeat in the last two minutes that has arrived, by whichever watch hears it best. Front ends keep what they take. Of a region that has never sent one, the age counts from the start of the watch.',
    steps: [
      'On a front end: `curl -s localhost:8080/health` (what keeps it from taking lines), `journalctl -u front-end -n 50` (what keeps it from sending).',
      'On a broker of the region: `/opt/meissa/health.d/kafka` says what is wrong; [brokers.md](../collection/brokers.md) what each answer means.',
      'On the hosts of the mirrors: `journalctl -u mirror@<region> -n 50`.',
      'The link: `meissa reach <host of a mirror> <broker> --port 9092/tcp` says whether it should work as planned, `meissa status <central region> <region>` whether it stands as planned.',
      'All of it is up: `curl -s "$MEISSA_ADDRESS:9409/metrics" | grep refused` on a host of the mirrors. Heartbeats that are refused count as none, [ClockWrong].',
    ],
    never: "send heartbeats by hand: they say that a region is well which isn't.",
    wake: 'Nobody yet: in two more minutes RegionSilent pages.',
  },
  {
    name: 'RegionSilent',
    severity: 'page',
    expression: `min by (region) (${heartbeatAge}) > ${PAGE_SECONDS}`,
    holds: 0,
    summary:
      'Nothing has come from {{ $labels.region }} for {{ $value | humanizeDuration }}; its front ends keep what they take.',
    action: 'As under HeartbeatsMissing. How long lines can wait stands under time left of the spools.',
    meaning:
      "The same as [HeartbeatsMissing], beyond four minutes. While front ends are up nothing is lost: lines wait in spools (`spool_seconds_left`) while the region's Kafka is away, and in its Kafka (`retention` of the topics) while the link or the central region is.",
    steps: [
      'The steps of [HeartbeatsMissing]: find which part is away.',
      'Work out until when it has to be back: the shortest `meissa_front_end_spool_seconds_left` of the region, or the shortest retention, whichever the lines wait in.',
      'The whole region is away: its senders keep what they can. There is nothing to switch; what waits comes by itself afterwards.',
    ],
    never: 'take front ends, brokers or their volumes down to begin anew: they hold the only copy of what has not come.',
    wake: "It wakes whoever is on call. Wake the network's people where the link is down, and who answers for the reports once the shortest time that is left falls below a day.",
  },
  {
    name: 'WatchMissing',
    severity: 'page',
    expression: `absent(${heartbeatAge})`,
    holds: 2 * MINUTE,
    summary: 'Nobody measures how late lines are.',
    action: "See collection-watch.service on the mirrors' hosts, and whether Prometheus reads port 9409 there.",
    meaning:
      'Prometheus has no heartbeat age of any region. Lines may be well: nobody knows. All alerts that go by the delay are blind until this is over.',
    steps: [
      'On each host of the mirrors: `systemctl status collection-watch`, `journalctl -u collection-watch -n 50`, `. /run/meissa/host.env; curl -s "$MEISSA_ADDRESS:9409/metrics" | grep heartbeat_age`.',
      "It answers: Prometheus doesn't reach it. Compare its targets with `meissa targets <central region>`; the port is open to the own region only.",
      'It waits for the programs or a certificate: `journalctl -u collection-install -u collection-certificates -n 50`.',
      'Meanwhile judge by the age of the oldest unsent line of front ends and the lag of mirrors.',
    ],
    never: 'silence it for longer than it takes to mend it.',
    wake: 'It wakes whoever is on call: all other alerts about delay are blind. Nobody else.',
  },
  {
    name: 'FrontEndSilent',
    severity: 'warning',
    expression: `min by (region, front_end) (${silent}) > ${WARN_SECONDS}`,
    holds: 0,
    summary: 'Nothing has come from {{ $labels.front_end }} for {{ $value | humanizeDuration }}.',
    action: 'If it is up, it keeps its lines and cannot send them. One that was taken away on purpose is forgotten after a day.',
    meaning:
      'The newest heartbeat of one front end that has arrived was written more than three minutes ago. Others of the region may be well. What it has acknowledged is on its disk.',
    steps: [
      'It was taken away on purpose, and had drained: silence the alert for a day.',
      'The host is down: `meissa status <region>`; bring it back on its own volume, `meissa replace <front end>` and a deploy, twice. Its lines are sent when it is up.',
      'It is up: `curl -s localhost:8080/health`, `journalctl -u front-end -n 50`, `curl -s localhost:9405/metrics | grep -E "spool_strange|oldest_unsent|lag_lines"`. Go on with [FrontEndStuck] or [ForwardingRefused].',
    ],
    never: 'delete the volume of a front end that has not drained: it holds the only copy of what it has not sent.',
    wake: 'Nobody at night while other front ends of the region are heard. All of them silent is RegionSilent, which pages.',
  },
  {
    name: 'ClockWrong',
    severity: 'warning',
    expression: rises(`${refusedHeartbeats}{why="future"}`),
    holds: 0,
    summary: 'Heartbeats of {{ $labels.region }} come from the future, and are not counted.',
    action: 'The clock of one of its front ends is minutes ahead: see `timedatectl` there.',
    meaning:
      "A heartbeat was written more than two minutes ahead of the clock of the watch. It is not counted, because it would hide for as long that nothing comes; so the front end looks silent. Lines are not lost: their time in Kafka is the broker's.",
    steps: [
      'On each front end of the region: `timedatectl` (is it synchronized?), `date -u`.',
      "Heartbeats of all regions are refused: the clock of the watch's own host is behind.",
      'Have the service that keeps the time set it (`systemctl restart systemd-timesyncd`, or `chronyd`, whichever the image has).',
    ],
    never: 'set the clock of a broker by hand while it runs: retention goes by its clock.',
    wake: 'Nobody at night. A second host whose clock is wrong in the same region: wake who runs its time source.',
  },
] as const satisfies readonly Alert[];
