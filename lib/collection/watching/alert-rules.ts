/** The alerts as Prometheus reads them ("Alerting rules"). */
import { stringify } from 'yaml';
import type { Alert } from './alert';
import { clusterAlerts } from './cluster-alerts';
import { delayAlerts } from './delay-alerts';

export const alerts: readonly Alert[] = [...delayAlerts, ...clusterAlerts];

/** Text of a rules file. */
export function alertRules(): string {
  const group = (name: string, of: readonly Alert[]) => ({
    name: `meissa-${name}`,
    rules: of.map(({ name: alert, severity, expression, holds, summary, action }) => ({
      alert,
      expr: expression,
      ...(holds === 0 ? {} : { for: `${holds}s` }),
      labels: { severity },
      annotations: { summary, description: action },
    })),
  });
  const file = { groups: [group('delay', delayAlerts), group('clusters', clusterAlerts)] };
  return `# Written by \`npm run docs\` from lib/collection/watching; don't edit it by hand.\n${stringify(file, { lineWidth: 0 })}`;
}
