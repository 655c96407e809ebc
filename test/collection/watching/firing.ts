/** Which alerts fire, as Prometheus evaluates them: any number of situations by one call of promtool. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { alertRules, alerts } from '../../../lib/collection/watching/alert-rules';

/** Values by series, one a minute, as promtool writes them: `3x60`, `0x4 1x60`, `_x4` for none. */
export type Series = Readonly<Record<string, string>>;

export interface Situation {
  readonly series: Series;
  /** Seconds after the first value: when it is looked at. */
  readonly at: readonly number[];
}

/** Seconds between two evaluations. */
export const STEP = 30;

/** What is there when all is well: silence of the watch itself is an alert. */
const WELL: Series = {
  'meissa_heartbeat_age_seconds{region="sa-east-1"}': '3x60',
  'kafka_active_controllers{region="sa-east-1"}': '1x60',
};

/** Lines by which promtool says that something fired. */
const TELLS = /^\s*((name|alertname|exp|got|Labels|Annotations|Unit Testing|FAILED|\d+):.*|SUCCESS|[[\]]?)$/;

/** Tells the names of what fires in a situation at a time, sorted. */
export type Fired = (situation: string, seconds: number) => string[];

export function firing(promtool: string, situations: Readonly<Record<string, Situation>>): Fired {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-alerts-'));
  try {
    writeFileSync(join(folder, 'alerts.yaml'), alertRules());
    const tests = Object.entries(situations).map(([name, { series, at }]) => ({
      name,
      interval: '1m',
      input_series: Object.entries({ ...WELL, ...series }).map(([each, values]) => ({ series: each, values })),
      // Every alert is asked for; what fires against the expectation is told.
      alert_rule_test: at.flatMap((seconds) =>
        alerts.map(({ name: alertname }) => ({ eval_time: `${seconds}s`, alertname, exp_alerts: [] })),
      ),
    }));
    const file = { rule_files: ['alerts.yaml'], evaluation_interval: `${STEP}s`, tests };
    writeFileSync(join(folder, 'test.yaml'), stringify(file));
    const { stdout, stderr } = spawnSync(promtool, ['test', 'rules', 'test.yaml'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const told = stdout + stderr;
    const other = told.split('\n').filter((line) => !TELLS.test(line));
    if (other.length > 0) throw new Error(other.join('\n'));
    const fired = [...told.matchAll(/name: (.+),\n *alertname: (\w+), time: (\w+)/g)];
    return (situation, seconds) => {
      if (!situations[situation]?.at.includes(seconds)) throw new Error(`nobody looked at ${situation} after ${seconds} s`);
      return fired
        .flatMap(([, name, alert, time]) => (name === situation && secondsOf(time!) === seconds ? [alert!] : []))
        .sort();
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of a time as Prometheus writes it: `1h5m15s`. */
function secondsOf(time: string): number {
  const [, hours = '0', minutes = '0', seconds = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(time)!;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
