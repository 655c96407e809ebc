/** Where a router's exporters listen, and what each is for: the same for who renders a router's files and who reads its metrics. */
import type { RouterPlan } from './model';

/** Ports: FRR's sessions (frr_exporter), and probes of what the router reaches (blackbox_exporter). Both programs' usual ones. */
export const ROUTER_PORTS = { sessions: 9342, probes: 9115 } as const;

/** Names of blackbox_exporter's modules: a small ping, and one with the payload that fills a tunnel. */
export const probeModule = {
  small: 'ping',
  full: (payload: number) => `ping-${payload}`,
} as const;

/** Address that both listen on: the loopback's, which is up while any interface is. */
export function exporterAddress({ routerId }: RouterPlan): string {
  return routerId;
}
