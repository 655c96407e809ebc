/** Pages of the alerts of Prometheus, made from what the alerts say of themselves, and the index of all pages. */
import { runbookPage } from '../../plan/runbook-page';
import type { Alert } from './alert';
import { alertGroups, alerts } from './alert-rules';
import { LOOK } from './look';

type Group = keyof typeof alertGroups;

/** What every page of docs/runbooks has, in this order. */
export const RUNBOOK_SECTIONS = ['What it means', 'Look', 'Do', 'When to wake whom'] as const;

const TITLES: Readonly<Record<Group, string>> = {
  delay: 'Lines that are late',
  agents: 'Agents',
  'front-ends': 'Front ends',
  brokers: 'Brokers and controllers',
  mirrors: 'Mirrors',
  etcd: 'Clusters of etcd',
  hosts: 'Every host',
  network: 'Lines, VPNs and routers of data centres',
};

/** What the pages take for granted. */
const COMMANDS = `## What the pages take for granted

What an alert is measured by stands in [watching.md](../collection/watching.md), of the network in [watching-the-network.md](../watching-the-network.md).
\`meissa\` runs where the estate's files are; other commands are for a shell of root on the host that the alert names by its address
(\`instance\`), and \`meissa plan <region> --hosts\` says which host has which address. \`<...>\` is to be filled in, most often from the alert's labels.

\`\`\`sh
journalctl -u front-end -n 100            # kafka, kafka-guard, mirror@<region>, mirror-tend, collection-watch, line-agent,
                                          # collection-install, collection-certificates are units, too
curl -s localhost:9405/metrics            # a front end's metrics; 9406: an agent's
. /run/meissa/host.env                    # MEISSA_ADDRESS: others listen on the host's own address only
curl -s "$MEISSA_ADDRESS:9404/metrics"    # a broker's or controller's; 9409: the watch's; 9410 + number of the flow: a mirror's
for each in /opt/meissa/health.d/*; do "$each" || echo "$each fails"; done    # what gates ask, and why they stay shut
\`\`\`

\`tool\` is one of Kafka's own ([artifact.md](../collection/artifact.md)), on a broker, inside the root that Kafka runs in, as the super user that the broker is:

\`\`\`sh
nsenter --target "$(systemctl show -p MainPID --value kafka)" --mount --root --wd bash
. /run/meissa/host.env
{ grep ^ssl /run/meissa/kafka.properties; echo security.protocol=SSL; } >/tmp/client.properties
tool() { java -Xmx256m -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp '/opt/kafka/libs/*' "org.apache.kafka.tools.$1" \\
  --bootstrap-server "$MEISSA_ADDRESS:9092" --command-config /tmp/client.properties "\${@:2}"; }
tool TopicCommand --list
\`\`\``;

/** @param mark says that a page is generated @returns texts by path */
export function alertPages(mark: string): Record<string, string> {
  const groups = Object.entries(alertGroups) as [Group, readonly Alert[]][];
  return Object.fromEntries(groups.flatMap(([group, of]) => of.map((a) => [runbookPage(a.name), page(a, group, mark)])));
}

/** A page that is written by hand: of an alarm of a cloud or of a host, or below `incidents/`. */
export interface WrittenPage {
  /** Path below docs/runbooks. */
  readonly path: string;
  readonly text: string;
}

/** Text of docs/runbooks/README.md: everything that has a page. */
export function runbookIndex(mark: string, written: readonly WrittenPage[]): string {
  const [incidents, alarms] = [written.filter(isIncident), written.filter((each) => !isIncident(each))];
  const groups = Object.entries(alertGroups) as [Group, readonly Alert[]][];
  return `${[
    '# Runbooks: what is wrong, and what it wants done',
    mark,
    'A page for each alert of Prometheus (`runbook_url`), for each alarm of a cloud (its description ends with the page), and for each incident that was gone through. Each says what it means, where to look, what to do, and whom to wake.',
    table('Incidents', '| | |\n|---|---|', incidents.map(writtenRow)),
    table('Alarms of the clouds and of hosts', '| | |\n|---|---|', alarms.map(writtenRow)),
    ...groups.map(([group, of]) => table(TITLES[group], '| | | |\n|---|---|---|', of.map(alertRow))),
    COMMANDS,
  ].join('\n\n')}\n`;
}

function isIncident({ path }: WrittenPage): boolean {
  return path.startsWith('incidents/');
}

function table(title: string, head: string, rows: readonly string[]): string {
  return [`## ${title}`, [head, ...rows].join('\n')].join('\n\n');
}

/** A page's title, and the paragraph below it. */
function writtenRow({ path, text }: WrittenPage): string {
  const [, title = path, told = ''] = /^# (.+)\n+((?:.+\n)+)/.exec(text) ?? [];
  return `| [${cell(title)}](${path}) | ${cell(told.trim().replaceAll('\n', ' '))} |`;
}

function alertRow({ name, severity, summary }: Alert): string {
  return `| [${name}](${name}.md) | ${severity} | ${cell(filled(summary))} |`;
}

function page(
  { name, severity, expression, holds, action, meaning, steps, never, summary, wake }: Alert,
  group: Group,
  mark: string,
): string {
  const [means, look, act, whom] = RUNBOOK_SECTIONS.map((title) => `## ${title}`);
  return `${[
    `# ${name}`,
    mark,
    filled(summary),
    `${severity === 'page' ? 'Pages' : 'Warns'}${holds === 0 ? ' at once' : ` after ${duration(holds)}`}: \`${expression}\``,
    means,
    linked(meaning),
    look,
    linked(filled(action)),
    `\`\`\`sh\n${LOOK[group]}\n\`\`\``,
    act,
    steps.map((step, i) => `${i + 1}. ${linked(step)}`).join('\n'),
    `**Never** ${linked(never)}`,
    whom,
    linked(wake),
    `What the commands take for granted: [all pages](README.md#what-the-pages-take-for-granted).`,
  ].join('\n\n')}\n`;
}

/** What Prometheus fills in, as what a reader fills in. */
function filled(text: string): string {
  return text.replaceAll(/\{\{ \$(?:labels\.)?(\w+)[^}]*\}\}/g, '`<$1>`').replaceAll('``', '` `');
}

const names: ReadonlySet<string> = new Set(alerts.map(({ name }) => name));

/** `[OtherAlert]` leads to its page. */
function linked(text: string): string {
  return text.replaceAll(/\[(\w+)\](?!\()/g, (all, name: string) => (names.has(name) ? `[${name}](${name}.md)` : all));
}

function duration(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
