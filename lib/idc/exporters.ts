/**
 * What tells Prometheus of a router: drop-ins for Debian 12's `prometheus-frr-exporter` (sessions of BGP and BFD) and
 * `prometheus-blackbox-exporter` (pings through each line and tunnel), and the probes. Both listen on the loopback's address alone.
 *
 * Sources: prometheus-frr-exporter(1) 1.1.4, prometheus-blackbox-exporter 0.23 ("CONFIGURATION.md", icmp: the DF bit wants raw sockets),
 * systemd.service(5) (an empty `ExecStart=` takes back the package's).
 */
import { type FilePath, type FileText, filePath } from '../encode/file-text';
import { joined, settings } from '../encode/settings';
import { rest } from '../encode/template';
import { BLACKBOX_EXPORTER, FRR_EXPORTER } from '../facts/router-ports';
import { exporterAddress, probeModule } from '../plan/idc/exporters';
import { probesOf } from '../plan/idc/probes';
import type { RouterPlan } from '../plan/model';

/** Seconds that a ping waits for its answer; round the world takes a third of one. */
const TIMEOUT = 2;

/** Files of a router; none for one that speaks with nobody. */
export function exporterFiles(router: RouterPlan): ReadonlyMap<FilePath, FileText> {
  const file = (of: string): FilePath => filePath('routers', router.name, of);
  const files = new Map<FilePath, FileText>();
  if (router.neighbors.length > 0) files.set(file('frr-exporter.conf'), frrExporter(router));
  if (probesOf(router).length > 0) {
    files.set(file('blackbox-exporter.conf'), blackboxExporter(router));
    files.set(file('blackbox.yml'), blackboxModules(router));
  }
  return files;
}

/** Descriptions of neighbours are labels: they say which link a session is of. */
function frrExporter(router: RouterPlan): FileText {
  // Without bfdd the collector would count as failed.
  const bfd = router.neighbors.some((neighbor) => neighbor.bfd !== undefined) ? 'collector.bfd' : 'no-collector.bfd';
  return settings`# Router ${rest(router.name)}: sessions of BGP and BFD for Prometheus. Written by meissa synth: change the estate, not this file.
[Unit]
After=network-online.target frr.service
Wants=network-online.target

[Service]
ExecStart=
ExecStart=/usr/bin/prometheus-frr-exporter --web.listen-address=${exporterAddress(router)}:${FRR_EXPORTER} --collector.bgp.peer-descriptions --collector.bgp.peer-descriptions.plain-text --no-collector.ospf --${bfd}
Restart=always
RestartSec=5
`;
}

function blackboxExporter(router: RouterPlan): FileText {
  return settings`# Router ${rest(router.name)}: probes of lines and tunnels for Prometheus. Written by meissa synth: change the estate, not this file.
[Unit]
After=network-online.target
Wants=network-online.target

[Service]
ExecStart=
ExecStart=/usr/bin/prometheus-blackbox-exporter --config.file=/etc/prometheus/blackbox.yml --web.listen-address=${exporterAddress(router)}:${BLACKBOX_EXPORTER}
AmbientCapabilities=CAP_NET_RAW
CapabilityBoundingSet=CAP_NET_RAW
NoNewPrivileges=yes
Restart=always
RestartSec=5
`;
}

/** Whoever reaches the exporter chooses the target: there are pings alone, no module that speaks with a service. */
function blackboxModules(router: RouterPlan): FileText {
  const payloads = [...new Set(probesOf(router).flatMap(({ fullPayload }) => fullPayload ?? []))].sort((x, y) => x - y);
  const full = payloads.map(
    (payload) => settings`  ${probeModule.full(payload)}:
    prober: icmp
    timeout: ${TIMEOUT}s
    icmp:
      preferred_ip_protocol: ip4
      ip_protocol_fallback: false
      dont_fragment: true
      payload_size: ${payload}
`,
  );
  const small = settings`# Router ${rest(router.name)}: how lines and tunnels are probed. Written by meissa synth: change the estate, not this file.
modules:
  ${probeModule.small}:
    prober: icmp
    timeout: ${TIMEOUT}s
    icmp:
      preferred_ip_protocol: ip4
      ip_protocol_fallback: false
`;
  return joined([small, ...full]);
}
