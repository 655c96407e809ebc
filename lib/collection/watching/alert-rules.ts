/** The alerts as Prometheus reads them ("Alerting rules"). */
import { stringify } from 'yaml';
import { runbookPage } from '../../plan/runbook-page';
import { agentAlerts } from './agent-alerts';
import type { Alert } from './alert';
import { brokerAlerts } from './broker-alerts';
import { delayAlerts } from './delay-alerts';
import { etcdAlerts } from './etcd-alerts';
import { frontEndAlerts } from './front-end-alerts';
import { hostAlerts } from './host-alerts';
import { mirrorAlerts } from './mirror-alerts';
import { networkAlerts } from './network-alerts';

/** By what they are about, in the order of a line's way. */
export const alertGroups = {
  delay: delayAlerts,
  agents: agentAlerts,
  'front-ends': frontEndAlerts,
  brokers: brokerAlerts,
  mirrors: mirrorAlerts,
  etcd: etcdAlerts,
  hosts: hostAlerts,
  network: networkAlerts,
} as const satisfies Readonly<Record<string, readonly Alert[]>>;

export type AlertName = (typeof alertGroups)[keyof typeof alertGroups][number]['name'];

export const alerts: readonly (Alert & { readonly name: AlertName })[] = Object.values(alertGroups).flat();

/** Text of a rules file. */
export function alertRules(): string {
  const group = (name: string, of: readonly Alert[]) => ({
    name: `meissa-${name}`,
    rules: of.map(({ name: alert, severity, expression, holds, summary, action }) => ({
      alert,
      expr: expression,
      ...(holds === 0 ? {} : { for: `${holds}s` }),
      labels: { severity },
      annotations: { summary, description: action, runbook_url: runbookPage(alert) },
    })),
  });
  const file = { groups: Object.entries(alertGroups).map(([name, of]) => group(name, of)) };
  return `# Written by \`npm run docs\` from lib/collection/watching; don't edit it by hand.\n${stringify(file, { lineWidth: 0 })}`;
}
