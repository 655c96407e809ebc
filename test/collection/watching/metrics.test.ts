/** That what is alarmed on and shown is exported: by running clusters where it is Kafka's (test/collection/mirror.test.ts), here for the rest. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { alerts } from '../../../lib/collection/watching/alert-rules';
import { METRICS, metricNames } from '../../../lib/collection/watching/metrics';
import { rows } from '../../../lib/collection/watching/panels';
import { METRICS_PORTS } from '../../../lib/collection/watching/targets';
import { agentMetrics } from '../../../lib/host-programs/agent/agent-metrics';
import { CheckpointFile } from '../../../lib/host-programs/agent/checkpoint';
import { DeadLetters } from '../../../lib/host-programs/agent/dead-letters';
import { Forwarder } from '../../../lib/host-programs/front-end/forward/forwarder';
import type { Link } from '../../../lib/host-programs/front-end/forward/link';
import { forwarderMetrics, inputCounters, spoolMetrics } from '../../../lib/host-programs/front-end/front-end-metrics';
import { Spool } from '../../../lib/host-programs/front-end/spool/spool';
import { Metrics } from '../../../lib/host-programs/shared/metrics';
import { Delays } from '../../../lib/host-programs/watch/delays';
import { watchMetrics } from '../../../lib/host-programs/watch/watch-metrics';
import { ROOT } from '../../root';

const shown = rows.flatMap(({ panels }) => panels).flatMap(({ lines }) => lines.map(([expression]) => expression));
const alarmed = alerts.map(({ expression }) => expression);
const namesIn = (expressions: readonly string[]): Set<string> =>
  new Set(expressions.flatMap((expression) => expression.match(/\b(etcd|kafka|meissa|frr|probe)_\w+/g) ?? []));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'metrics-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Names of metrics that have a series. */
function series(text: string): Set<string> {
  return new Set([...text.matchAll(/^(\w+)[{ ]/gm)].map(([, name]) => name!));
}

/** What a program tells before anything has happened has all that alerts go by, and the rest it knows. */
function expectAll(text: string, names: readonly string[], late: readonly string[]): void {
  const alarms = namesIn(alarmed);
  const there = series(text);
  expect(names.filter((name) => !text.includes(`# TYPE ${name} `))).toEqual([]);
  expect(names.filter((name) => alarms.has(name) && !there.has(name))).toEqual(late);
}

test('expressions name metrics of the list, and all of them', () => {
  expect([...namesIn([...alarmed, ...shown])].sort()).toEqual(metricNames());
});

test.each(['kafka', 'mirror'] as const)('the rules of the exporter of %s make each of its metrics', (exporter) => {
  const file = exporter === 'kafka' ? 'cloud-config/kafka/jmx-exporter.yaml' : 'cloud-config/kafka-mirror/jmx-exporter.yaml';
  const { rules } = parse(readFileSync(join(ROOT, file), 'utf8')) as { rules: { name: string }[] };
  const made = rules.map(({ name }) => new RegExp(`^${name.replaceAll(/\$\d/g, '[a-z_-]+')}$`));
  for (const name of metricNames(exporter)) expect(made.some((pattern) => pattern.test(name)) ? name : 'none').toBe(name);
});

test('the watch exports what is named of it', () => {
  const metrics = new Metrics();
  watchMetrics(metrics, new Delays(['sa-east-1'], 0, 1, 1), new Map());
  const text = metrics.text();
  const { certificate, refusedHeartbeats, ...others } = METRICS.watch;
  for (const name of Object.values(others)) expect(text).toContain(`# TYPE ${name} `);
  expect(readFileSync(join(ROOT, 'lib/host-programs/watch/main.ts'), 'utf8')).toContain(`'${certificate}'`);
  expect(readFileSync(join(ROOT, 'lib/host-programs/watch/main.ts'), 'utf8')).toContain(`'${refusedHeartbeats}'`);
});

test('a front end exports what is named of it, and what pages has a value from the start', async () => {
  const spool = await Spool.open({
    ...{ folder: join(folder, 'spool'), host: 'f', segmentBytes: 1 << 20, share: 0.9, reserveBytes: 0, pendingBytes: 1 << 20 },
    whenFull: 'refuse',
  });
  const nobody: Link = { partitions: () => new Promise(() => {}), produce: () => new Promise(() => {}), reset: async () => {} };
  const forwarder = Forwarder.start(spool, nobody, {
    folder: join(folder, 'spool'),
    host: 'f',
    batchBytes: 1,
    lingerMs: 1,
    inFlight: 1,
  });
  const metrics = new Metrics();
  inputCounters(metrics);
  spoolMetrics(metrics, spool);
  forwarderMetrics(metrics, forwarder, () => 0);
  const text = metrics.text();
  await forwarder.stop();
  await spool.close();
  // LinesRefused warns of what goes on for minutes: its first line may go by.
  expectAll(text, metricNames('front-end'), [METRICS['front-end'].refusedLines]);
});

test('an agent exports what is named of it, and what pages has a value from the start', () => {
  const { text } = agentMetrics({
    ...{ unsentSince: () => undefined, files: [], journals: [], connections: [] },
    deadLetters: new DeadLetters(folder, 0),
    checkpoint: new CheckpointFile(folder, () => ({ files: [], journals: {} })),
  });
  expectAll(text(), metricNames('agent'), []);
  for (const kind of ['topic', 'read', 'dead-letter']) expect(text()).toContain(`${METRICS.agent.failures}{kind="${kind}"} 0\n`);
  expect(readFileSync(join(ROOT, 'cloud-config/line-agent/profile.yaml'), 'utf8')).toContain(`port: ${METRICS_PORTS.agent},`);
});
