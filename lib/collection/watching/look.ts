/** What is looked at first for any alert of a group: its numbers and its journals. */
import type { alertGroups } from './alert-rules';

const SHELL =
  '# A shell of root on the host that the alert names by its address (`instance`); `meissa plan <region> --hosts` names it.';
const HOST = '. /run/meissa/host.env                    # MEISSA_ADDRESS: most exporters listen on the host’s own address only';

/** Text of a shell block, by group. */
export const LOOK: Readonly<Record<keyof typeof alertGroups, string>> = {
  delay: `# On a host of the mirrors, in the central region.
${HOST}
curl -s "$MEISSA_ADDRESS:9409/metrics" | grep -E '^meissa_(delay|heartbeat|front_end_silent)'
journalctl -u collection-watch -n 50`,
  agents: `${SHELL}
curl -s localhost:9406/metrics | grep ^meissa_agent
journalctl -u line-agent -n 100
ls -l /var/lib/line-agent /var/lib/line-agent/dead-letters`,
  'front-ends': `${SHELL}
curl -s localhost:9405/metrics | grep ^meissa_front_end
curl -s localhost:8080/health
journalctl -u front-end -n 100`,
  brokers: `${SHELL}
${HOST}
curl -s "$MEISSA_ADDRESS:9404/metrics" | grep ^kafka_
/opt/meissa/health.d/kafka                # what is wrong, in a line; says nothing when all is well
journalctl -u kafka -u kafka-guard -n 100
df -h /var/lib/kafka`,
  mirrors: `# On both hosts of the mirrors, in the central region; <flow> is the region that is carried from.
${HOST}
journalctl -u mirror@<flow> -n 100
/opt/meissa/health.d/mirror`,
  etcd: `${SHELL}
. /run/meissa/host.env                    # MEISSA_ADDRESS
curl -s "$MEISSA_ADDRESS:2381/metrics" | grep -E '^etcd_(server_has_leader|server_quota|mvcc_db_total_size_in|disk_wal_fsync_duration_seconds_(sum|count))'
/opt/meissa/bin/etcdctl endpoint status --cluster -w table
/opt/meissa/bin/etcdctl alarm list
journalctl -u etcd -u etcd-quorum-guard -n 100`,
  hosts: `${SHELL}
systemctl --failed
journalctl -u collection-certificates -n 20
openssl x509 -noout -enddate -in /run/meissa/tls/cert.pem`,
  network: `# On the router; sheet.md has its address and the names of its interfaces.
vtysh -c "show bgp summary" -c "show bfd peers brief"
networkctl
journalctl -u frr -n 100`,
};
