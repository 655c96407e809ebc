/** What who renders a router's files and who reads its metrics both say. */
import type { RouterPlan } from './model';

/** Names of blackbox_exporter's modules: a small ping, and one with the payload that fills a tunnel. */
export const probeModule = {
  small: 'ping',
  full: (payload: number) => `ping-${payload}`,
} as const;

/** Address that both exporters listen on: the loopback's, which is up while any interface is. */
export function exporterAddress({ routerId }: RouterPlan): string {
  return routerId;
}
