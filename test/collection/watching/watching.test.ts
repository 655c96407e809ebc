/** What is alarmed and shown; that the metrics exist is shown by running clusters. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { DAY, LATE_SECONDS } from '../../../lib/collection/watching/alert';
import { alertRules, alerts } from '../../../lib/collection/watching/alert-rules';
import { dashboard } from '../../../lib/collection/watching/dashboard';
import { METRICS, metricNames } from '../../../lib/collection/watching/metrics';
import { rows } from '../../../lib/collection/watching/panels';
import { Metrics } from '../../../lib/host-programs/shared/metrics';
import { Delays } from '../../../lib/host-programs/watch/delays';
import { watchMetrics } from '../../../lib/host-programs/watch/watch-metrics';
import { ROOT } from '../../child/run';
import { describeWithRealPart } from '../../real-parts';

const shown = rows.flatMap(({ panels }) => panels).flatMap(({ lines }) => lines.map(([expression]) => expression));
const expressions = [...alerts.map(({ expression }) => expression), ...shown];
const named = new Set(expressions.flatMap((expression) => expression.match(/\b(kafka|meissa)_\w+/g) ?? []));

test('expressions name metrics of the list, and all of them', () => {
  expect([...named].sort()).toEqual(metricNames());
});

test('an alert is there once, and says what happened and what to do', () => {
  expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  for (const { summary, action } of alerts) for (const words of [summary, action]) expect(words).toMatch(/\.$/);
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

test('panels stand beside each other, none on another, each with its own id', () => {
  const { panels } = JSON.parse(dashboard()) as {
    panels: { id: number; gridPos: { x: number; y: number; w: number; h: number } }[];
  };
  expect(panels.map(({ id }) => id)).toEqual(panels.map((_, i) => i + 1));
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
});

describeWithRealPart('dashboard-check', "a dashboard by Grafana's own schema", (check) => {
  const found = (text: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'meissa-dashboard-'));
    try {
      writeFileSync(join(folder, 'dashboard.json'), text);
      return spawnSync(check, [join(folder, 'dashboard.json')], { encoding: 'utf8' }).stdout;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('has every field that Grafana wants, and none that it does not know', () => {
    expect(found(dashboard())).toBe('');
  });

  test('and the check would find one', () => {
    expect(found(dashboard().replace('"expr"', '"exprr"'))).toContain("unexpected field 'exprr'");
  });
});

describeWithRealPart('promtool', 'alerts as Prometheus evaluates them', (promtool) => {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-alerts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'alerts.yaml'), alertRules());

  /** Names of what fires after so many seconds. One value a minute. */
  function firing(series: Readonly<Record<string, string>>, after: number): string[] {
    const names = alerts.map(({ name }) => name);
    const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
    // Every alert is asked for; what fires against the expectation is told.
    const alert_rule_test = names.map((alertname) => ({ eval_time: `${after}s`, alertname, exp_alerts: [] }));
    const file = {
      rule_files: ['alerts.yaml'],
      evaluation_interval: '15s',
      tests: [{ interval: '1m', input_series: input, alert_rule_test }],
    };
    writeFileSync(join(folder, 'test.yaml'), stringify(file));
    const { stdout, stderr } = spawnSync(promtool, ['test', 'rules', 'test.yaml'], { cwd: folder, encoding: 'utf8' });
    const told = stdout + stderr;
    expect(told).not.toMatch(/error|failed to/i);
    return [...told.matchAll(/alertname: (\w+), time/g)].map(([, name]) => name!).sort();
  }
  /** What is there when all is well: silence of the watch itself is an alert. */
  const well = {
    'meissa_heartbeat_age_seconds{region="sa-east-1"}': '3x60',
    'kafka_active_controllers{region="sa-east-1"}': '1x60',
  };

  test('is a file that Prometheus loads', () => {
    const { stdout, status } = spawnSync(promtool, ['check', 'rules', 'alerts.yaml'], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toContain(`SUCCESS: ${alerts.length} rules found`);
    expect(status).toBe(0);
  });

  test('nothing fires when all is well', () => {
    expect(firing(well, 600)).toEqual([]);
  });

  test('a region that falls silent warns, and pages before five minutes', () => {
    const silent = { ...well, 'meissa_heartbeat_age_seconds{region="sa-east-1"}': '3+60x20' };
    expect(firing(silent, 60)).toEqual([]);
    expect(firing(silent, 180)).toEqual(['HeartbeatsMissing']);
    expect(firing(silent, LATE_SECONDS - 45)).toEqual(['HeartbeatsMissing', 'RegionSilent']);
  });

  test('one watch that hears nothing is no silence of a region', () => {
    const deaf = { ...well, 'meissa_heartbeat_age_seconds{region="sa-east-1",instance="b"}': '3+60x60' };
    expect(firing(deaf, 900)).toEqual([]);
  });

  test('lines that take more than three minutes warn, more than four page', () => {
    const delay = 'meissa_delay_seconds{region="sa-east-1",front_end="f"}';
    expect(firing({ ...well, [delay]: '179x60' }, 300)).toEqual([]);
    expect(firing({ ...well, [delay]: '200x60' }, 300)).toEqual(['LinesSlow']);
    expect(firing({ ...well, [delay]: '245x60' }, 300)).toEqual(['LinesLate', 'LinesSlow']);
  });

  test('nobody who measures is an alert of its own', () => {
    expect(firing({ 'kafka_active_controllers{region="sa-east-1"}': '1x60' }, 300)).toEqual(['WatchMissing']);
  });

  test('a line that is lost pages, and the first one does, too', () => {
    expect(firing({ ...well, 'meissa_front_end_dropped_lines_total{instance="f",why="too-long"}': '0x4 1x60' }, 360)).toEqual([
      'LinesDropped',
    ]);
  });

  test('a spool warns at half, pages at four fifths, and pages earlier where it fills fast and nothing leaves it', () => {
    const spool = (bytes: number, left: number, oldest: number) => ({
      ...well,
      'meissa_front_end_spool_bytes{instance="f"}': `${bytes}x60`,
      'meissa_front_end_spool_capacity_bytes{instance="f"}': '100x60',
      'meissa_front_end_spool_seconds_left{instance="f"}': `${left}x60`,
      'meissa_front_end_oldest_unsent_seconds{instance="f"}': `${oldest}x60`,
    });
    expect(firing(spool(1, DAY, 0), 600)).toEqual([]);
    expect(firing(spool(51, 3 * DAY, 100), 600)).toEqual(['SpoolHalfFull']);
    expect(firing(spool(81, 3 * DAY, 100), 600)).toEqual(['SpoolHalfFull', 'SpoolNearlyFull']);
    expect(firing(spool(20, DAY, 100), 600)).toEqual(['SpoolTimeLeft']);
  });

  test('partitions without a leader page at once, under-replicated ones warn after ten minutes', () => {
    expect(firing({ ...well, 'kafka_offline_partitions{region="sa-east-1"}': '2x60' }, 75)).toEqual(['PartitionsOffline']);
    const under = { ...well, 'kafka_under_replicated_partitions{region="sa-east-1"}': '2x60' };
    expect(firing(under, 540)).toEqual([]);
    expect(firing(under, 660)).toEqual(['PartitionsUnderReplicated']);
  });

  test('a cluster without a controller pages, and one with two', () => {
    for (const value of ['0x60', '2x60']) {
      expect(firing({ ...well, 'kafka_active_controllers{region="sa-east-1"}': value }, 300)).toEqual(['NoController']);
    }
  });

  test('a certificate warns five days before its end, and pages on the last', () => {
    const left = (days: number) => ({
      ...well,
      'meissa_broker_certificate_seconds{region="sa-east-1",broker="b"}': `${days * DAY}x60`,
    });
    expect(firing(left(6), 300)).toEqual([]);
    expect(firing(left(4), 300)).toEqual(['CertificateEnds']);
    expect(firing(left(0.5), 300)).toEqual(['CertificateEnds', 'CertificateEndsSoon']);
  });

  test('a disk that will be full in two days warns while there is still room', () => {
    const disk = {
      ...well,
      'meissa_broker_disk_bytes{region="sa-east-1",broker="b"}': '1000x600',
      'meissa_broker_disk_free_bytes{region="sa-east-1",broker="b"}': '600-0.5x600',
      'meissa_heartbeat_age_seconds{region="sa-east-1"}': '3x600',
      'kafka_active_controllers{region="sa-east-1"}': '1x600',
    };
    expect(firing(disk, 3600)).toEqual(['BrokerDiskFills']);
  });
});
