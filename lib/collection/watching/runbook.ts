/** The runbook: a section for each alert, made from what the alerts say of themselves. */
import type { Alert } from './alert';
import { alertGroups, alerts } from './alert-rules';
import { anchor } from './runbook-section';

const TITLES: Readonly<Record<keyof typeof alertGroups, string>> = {
  delay: 'Lines that are late',
  agents: 'Agents',
  'front-ends': 'Front ends',
  brokers: 'Brokers and controllers',
  mirrors: 'Mirrors',
  hosts: 'Every host',
  network: 'Lines, VPNs and routers of data centres',
};

/** What the steps take for granted. */
const COMMANDS = `What an alert is measured by stands in [watching.md](watching.md), of the network in [watching-the-network.md](../watching-the-network.md). Commands are for a shell of root on the host that the alert names by its
address (\`instance\`); \`meissa\` runs where the estate's files are, and \`meissa plan <region> --hosts\` says which host has which address.
\`<...>\` is to be filled in, most often from the alert's labels.

\`\`\`sh
journalctl -u front-end -n 100            # kafka, kafka-guard, mirror@<region>, mirror-tend, collection-watch, line-agent,
                                          # collection-install, collection-certificates are units, too
curl -s localhost:9405/metrics            # a front end's metrics; 9406: an agent's
. /run/meissa/host.env                    # MEISSA_ADDRESS: others listen on the host's own address only
curl -s "$MEISSA_ADDRESS:9404/metrics"    # a broker's or controller's; 9409: the watch's; 9410 + number of the flow: a mirror's
for each in /opt/meissa/health.d/*; do "$each" || echo "$each fails"; done    # what gates ask, and why they stay shut
\`\`\`

\`tool\` is one of Kafka's own ([artifact.md](artifact.md)), on a broker, inside the root that Kafka runs in, as the super user that the broker is:

\`\`\`sh
nsenter --target "$(systemctl show -p MainPID --value kafka)" --mount --root --wd bash
. /run/meissa/host.env
{ grep ^ssl /run/meissa/kafka.properties; echo security.protocol=SSL; } >/tmp/client.properties
tool() { java -Xmx256m -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp '/opt/kafka/libs/*' "org.apache.kafka.tools.$1" \\
  --bootstrap-server "$MEISSA_ADDRESS:9092" --command-config /tmp/client.properties "\${@:2}"; }
tool TopicCommand --list
\`\`\``;

/** @param mark says that the page is generated */
export function runbook(mark: string): string {
  const groups = Object.entries(alertGroups) as [keyof typeof alertGroups, readonly Alert[]][];
  return `${[
    '# Runbook: what an alert wants done',
    mark,
    COMMANDS,
    ...groups.map(([name, of]) => index(TITLES[name], of)),
    ...groups.flatMap(([, of]) => of.map(section)),
  ].join('\n\n')}\n`;
}

function index(title: string, of: readonly Alert[]): string {
  const rows = of.map(({ name, severity, summary }) => `| [${name}](${anchor(name)}) | ${severity} | ${cell(filled(summary))} |`);
  return [`| ${title} | | |`, '|---|---|---|', ...rows].join('\n');
}

function section({ name, severity, expression, holds, action, meaning, steps, never }: Alert): string {
  return [
    `## ${name}`,
    `${severity === 'page' ? 'Pages' : 'Warns'}${holds === 0 ? ' at once' : ` after ${duration(holds)}`}: \`${expression}\``,
    linked(meaning),
    `**First**: ${linked(filled(action))}`,
    steps.map((step, i) => `${i + 1}. ${linked(step)}`).join('\n'),
    `**Never** ${linked(never)}`,
  ].join('\n\n');
}

/** What Prometheus fills in, as what a reader fills in. */
function filled(text: string): string {
  return text.replaceAll(/\{\{ \$(?:labels\.)?(\w+)[^}]*\}\}/g, '`<$1>`').replaceAll('``', '` `');
}

const names: ReadonlySet<string> = new Set(alerts.map(({ name }) => name));

/** `[OtherAlert]` leads to its section. */
function linked(text: string): string {
  return text.replaceAll(/\[(\w+)\](?!\()/g, (all, name: string) => (names.has(name) ? `[${name}](${anchor(name)})` : all));
}

function duration(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
