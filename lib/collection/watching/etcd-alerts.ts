/** Clusters of etcd. What is alarmed on is what etcd's own mixin alarms on (etcd, "contrib/mixin"), by region and cluster. */
import { type Alert, MINUTE } from './alert';
import { METRICS } from './metrics';

const { etcd } = METRICS;
const each = 'by (region, cluster)';
const up = `sum ${each} (up{job="etcd"})`;
const all = `count ${each} (up{job="etcd"})`;
const fill = `max ${each} (${etcd.size} / ${etcd.quota})`;

export const etcdAlerts = [
  {
    name: 'EtcdMemberDown',
    severity: 'warning',
    expression: `up{job="etcd"} == 0 or ${etcd.hasLeader} == 0`,
    holds: 3 * MINUTE,
    summary: 'Voter {{ $labels.instance }} of {{ $labels.region }}/{{ $labels.cluster }} is down, or knows no leader.',
    action: 'The others serve. Bring it back before anything else is done to this cluster.',
    meaning:
      'For three minutes this voter has not answered, or is cut off from the others. Nothing is lost and everything is served while a quorum is up. Gates are shut: no deploy touches another voter.',
    steps: [
      '`meissa plan <region> --hosts` names the host of the address. Is it there? `meissa status <region>` and the cloud say so.',
      'It is there: `systemctl status etcd`, `journalctl -u etcd -n 100` on it. `data lost that the others count on` names the command to run: `meissa etcd replace <host>`.',
      'It was terminated or its machine is gone: [a voter terminated](incidents/voter-terminated.md).',
      'It runs and knows no leader: the others are out of its reach. `meissa reach <host> <region>/<cluster>/<fleet> --port 2380/tcp` says whether that should work.',
    ],
    never:
      'remove `/var/lib/etcd` of a voter to get it going: it would be one that lost its data, in a cluster that has one vote less to lose.',
    wake: 'Nobody at night for one of five. Of three, EtcdQuorumAtRisk pages when it lasts.',
  },
  {
    name: 'EtcdQuorumAtRisk',
    severity: 'page',
    expression: `${up} < ${all} / 2 + 1`,
    holds: 10 * MINUTE,
    summary: '{{ $labels.region }}/{{ $labels.cluster }} has {{ $value }} voters: one more failure and etcd takes no writes.',
    action: 'Bring the voter that is down back. Touch none of the others.',
    meaning:
      'As many voters are left as a quorum needs, for ten minutes, which is longer than a restart. Everything still works; the next failure, reboot or deploy of a voter stops it.',
    steps: [
      'The steps of [EtcdMemberDown] for the voter that is down.',
      'Keep everybody else away: no deploy, no reboot of a voter until this is over. `meissa status <region>` says who deploys.',
      'A zone is gone: [a zone lost](incidents/zone-lost.md).',
    ],
    never:
      'restart the voters that are left, or add members by hand: a member that votes before it has started takes the quorum away.',
    wake: 'It wakes whoever is on call for the clusters. Wake a second person before a member is removed or added by hand.',
  },
  {
    name: 'EtcdNoLeader',
    severity: 'page',
    expression: `max ${each} (${etcd.hasLeader}) == 0 or ${up} < ${all} / 2`,
    holds: MINUTE,
    summary: '{{ $labels.region }}/{{ $labels.cluster }} has no leader: etcd takes no writes.',
    action: 'Bring voters back, with their own disks, until a quorum is up.',
    meaning:
      'More than half of the voters are down, or those that are up do not reach each other. Nothing can be written, locks are not given. What was written is on the disks of the voters.',
    steps: [
      'On each voter: `systemctl status etcd`, `journalctl -u etcd -n 100`. Which are down, and does any say that its data is lost?',
      'They are up and do not hear each other: `meissa drift <region>` says whether a rule or a route was changed by hand; [a route changed by hand](incidents/route-changed.md).',
      'Hosts are gone: [a voter terminated](incidents/voter-terminated.md) for each; their volumes stay, and the quorum is there again with the second.',
      'The disks of two of three are gone: [two disks gone](incidents/two-disks-gone.md).',
    ],
    never: 'start a voter with `--force-new-cluster` while another one may come back with its data: there would be two clusters.',
    wake: 'It wakes whoever is on call for the clusters. Wake the owners of what stores its state or takes its locks there, and a second person before any disk is given up.',
  },
  {
    name: 'EtcdSpaceLow',
    severity: 'warning',
    expression: `${fill} > 0.75`,
    holds: 10 * MINUTE,
    summary: 'The database of {{ $labels.region }}/{{ $labels.cluster }} is {{ $value | humanizePercentage }} of its quota.',
    action: 'Find who writes so much, and give back what is free inside the files.',
    meaning:
      'Three quarters of `quotaBytes` of the profile `etcd` are used. At the quota etcd raises the alarm NOSPACE, and takes nothing but reads and deletions.',
    steps: [
      'Which keys: `etcdctl get "" --prefix --keys-only | cut -d/ -f1-3 | sort | uniq -c | sort -rn | head`.',
      'Free inside the files: `etcdctl endpoint status --cluster -w table` beside `etcd_mvcc_db_total_size_in_use_in_bytes`. Then one voter after the other, the leader last: `etcdctl --endpoints=http://<voter>:2379 defrag --command-timeout=60s`.',
      'It is all in use: raise `quotaBytes` in the parameters of the fleet (8 GiB at most), `meissa diff <region>`, `meissa deploy <region>`; voters restart one at a time.',
    ],
    never: 'defragment all voters at once: each answers nobody meanwhile.',
    wake: 'Nobody at night: EtcdSpaceGone pages.',
  },
  {
    name: 'EtcdSpaceGone',
    severity: 'page',
    expression: `${fill} > 0.95`,
    holds: 0,
    summary:
      'The database of {{ $labels.region }}/{{ $labels.cluster }} is {{ $value | humanizePercentage }} of its quota: writes are refused (NOSPACE), or are about to be.',
    action: '`etcdctl alarm list` says whether it is refused already.',
    meaning:
      'At the quota etcd raises NOSPACE on every voter: no writes, no locks, no leases, and the alarm stays when there is room again, until somebody takes it away. Nothing that was written is lost.',
    steps: [
      'Go through [NOSPACE](incidents/nospace.md): compact, defragment one voter after the other, take the alarm away.',
      'It fills again within the hour: find who writes, as under [EtcdSpaceLow], and stop it first.',
    ],
    never: 'take the alarm away before there is room: the next write raises it again.',
    wake: 'It wakes whoever is on call for the clusters. Wake the owner of the keys that grow.',
  },
  {
    name: 'EtcdDiskSlow',
    severity: 'warning',
    expression: `histogram_quantile(0.99, sum by (region, cluster, instance, le) (rate(${etcd.fsync}[5m]))) > 0.5`,
    holds: 10 * MINUTE,
    summary: 'One in a hundred syncs of {{ $labels.instance }} takes {{ $value | humanizeDuration }}: elections come next.',
    action: 'See what else writes on the disk of this voter, and what the cloud says of the volume.',
    meaning:
      'etcd answers a write when a quorum has it on disk. A slow disk makes all writes slow when it is the leader, and elections when it is slower than `electionMs`.',
    steps: [
      "On it: `iostat -x 5 3`, `journalctl -k | grep -iE 'I/O error|nvme'`. The cloud's page of the volume: is it at its limit of operations?",
      'The leader is on it: move it away, `etcdctl move-leader <id of another member>` (`etcdctl member list` has the ids).',
      'The volume is too slow: raise `type` or its numbers in the region file, `meissa diff <region>`, `meissa deploy <region>`.',
    ],
    never: 'turn syncing off (`--unsafe-no-fsync`): a power cut then loses what was confirmed.',
    wake: 'Nobody at night for one voter. Two of them: the cloud’s support.',
  },
] as const satisfies readonly Alert[];
