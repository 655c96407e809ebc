/** What all hosts of a collection share: certificates, and that somebody reads their metrics. */
import { type Alert, DAY, MINUTE } from './alert';
import { METRICS } from './metrics';

const { watch, host } = METRICS;
const ends = (metric: string, days: number): string => `${metric} < ${days * DAY}`;
const anyCertificate = (days: number): string =>
  `min by (region, broker) (${ends(watch.brokerCertificate, days)}) or ${ends(watch.certificate, days)}`;

export const hostAlerts = [
  {
    name: 'CertificateEnds',
    severity: 'warning',
    expression: anyCertificate(5),
    holds: 0,
    summary:
      'A certificate of {{ $labels.region }} ends in {{ $value | humanizeDuration }}: {{ $labels.broker }}{{ $labels.instance }}.',
    action: 'collection-certificates.timer renews it once a newer one is there. See who issues them.',
    meaning:
      "The certificate that a broker shows, or that the watch's host has, ends within five days. Hosts look for a new one every six hours (`renewHours`), so somebody has not issued it, or the host did not take it.",
    steps: [
      'On that host: `journalctl -u collection-certificates -n 20`: `no certificate ...`, `the root of ... is ...`, `the chain of ... does not verify`, `... is not for <address>` say what is wrong with the one that is there.',
      'Have it issued, under the name that the journal tells (key, certificate, intermediates, root in one text; [brokers.md](../collection/brokers.md)).',
      '`systemctl start collection-certificates` fetches it now; `openssl x509 -noout -enddate -in /run/meissa/tls/cert.pem` shows it.',
      'A broker that has it on disk and shows the old one: its guard restarts Kafka when all are well; `journalctl -u kafka-guard -n 20` says what it waits for.',
      'One of them has ended or is late: look at all the others, controllers too, which nobody measures.',
    ],
    never: 'restart several brokers at a time to have them take it, or one while partitions are under-replicated.',
    wake: 'Nobody at night: five days are left. Who issues certificates, in the day.',
  },
  {
    name: 'CertificateEndsSoon',
    severity: 'page',
    expression: anyCertificate(1),
    holds: 0,
    summary:
      'A certificate of {{ $labels.region }} ends in {{ $value | humanizeDuration }}: {{ $labels.broker }}{{ $labels.instance }}.',
    action: 'Have a new one issued now, and fetch it: after its end nobody speaks with this host.',
    meaning:
      "The same as [CertificateEnds], within a day. When a broker's has ended, front ends, mirrors and the other brokers refuse it; when all of a region's have, its lines wait in spools. Nothing is lost while there is room.",
    steps: [
      'The steps of [CertificateEnds], now.',
      'It has ended already: the host still fetches a new one, the cloud gives it without that certificate. Then `systemctl restart kafka` there, if the guard does not: it waits for a health that such a host does not get.',
    ],
    never:
      'turn the check of certificates off, or bring in another root: hosts take none but the one whose fingerprint is planned.',
    wake: 'It wakes whoever is on call. Wake who issues certificates: only they can.',
  },
  {
    name: 'NotMeasured',
    severity: 'warning',
    expression: 'up{job=~"kafka|mirror|front-end|watch|agent"} == 0',
    holds: 5 * MINUTE,
    summary: 'Prometheus reads nothing from {{ $labels.instance }} ({{ $labels.job }}).',
    action: 'The host or its service is down, or Prometheus does not reach it.',
    meaning:
      'No metrics of this host for five minutes: none of the alerts that go by them can fire for it. Others cover part of it: [FrontEndSilent], [PartitionsUnderReplicated], [MirrorMissing], [WatchMissing]. Nobody but this one covers an agent.',
    steps: [
      "`meissa plan <region> --hosts` names the host of the address; `meissa status <region>` and the cloud's page say whether it is there.",
      'On the host: `systemctl status` of `kafka`, `mirror@<flow>`, `front-end`, `collection-watch` or `line-agent`, and its journal.',
      'It is up, and `curl` on the host answers: the port is open to the region alone. Is this Prometheus in it?',
      'It is not planned any more: write the targets anew, `meissa targets`.',
      'A member that is down for good: `meissa replace <host>` and a deploy, twice.',
    ],
    never: 'remove the target to end the alert while the host is planned.',
    wake: 'Nobody at night for one host. Many at once: wake who runs Prometheus or the network.',
  },
  {
    name: 'RackHostUnwell',
    severity: 'warning',
    expression: `up{job="host"} == 0 or ${host.well} == 0`,
    holds: 10 * MINUTE,
    summary: "{{ $labels.region }}'s host {{ $labels.instance }} has no configuration applied, is not well, or says nothing.",
    action: 'Read /run/meissa/report.json there; a host that booted without units does not even have that.',
    meaning:
      'For ten minutes a host of a rack has not said that this boot applied its configuration and that its checks succeed. What it says is at most eleven minutes old. It may run none of its units: [boots.md](../boots.md). A clock that is off, a disk with errors, a unit that failed count, too.',
    steps: [
      '`meissa plan <data centre> --hosts` names the host of the address. Does it answer a ping? No: its power, cable and switch, by the sheet.',
      '`ssh core@<host> cat /run/meissa/report.json`: `why` names the check or the unit. `why: clock fails`: [ClockWrong], 3. Not `applied`: `journalctl -b -u meissa-host -u meissa-report`.',
      'There is no `/run/meissa`: this boot read no configuration. See `journalctl -b -u coreos-cloudinit* -u system-cloudinit*`, put the user-data there again as the sheet says, and reboot it once.',
      'It is well, and `curl <address>:9408/metrics` on it answers: does this Prometheus reach the rack? `meissa reach <region> <data centre>`.',
      'It is not planned any more: write the targets anew, `meissa targets`.',
    ],
    never: 'reboot all hosts that are named at once: where many are, look for what they have in common first.',
    wake: 'Nobody at night for one host whose agent still sends. Many at once: wake who has hands in the data centre.',
  },
] as const satisfies readonly Alert[];
