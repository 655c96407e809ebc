/** When alerts fire, and what they say. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LATE_SECONDS } from '../../../lib/collection/watching/alert';
import { alertRules, alerts } from '../../../lib/collection/watching/alert-rules';
import { describeWithRealPart } from '../../real-parts';
import { ROOT } from '../../root';
import { CASES } from './alert-cases';
import { type Fired, firing, type Situation, STEP } from './firing';

const names = alerts.map(({ name }) => name);

test('an alert is there once, and says what happened, what to look at, what it means, what never to do, and whom to wake', () => {
  expect(new Set(names).size).toBe(names.length);
  for (const { summary, action, meaning, never, steps, wake } of alerts) {
    for (const words of [summary, action, meaning, never, wake, ...steps]) expect(words).toMatch(/[.?]$/);
    expect(steps.length).toBeGreaterThan(0);
  }
});

test('a rule leads to the page of its alert', () => {
  const { groups } = parse(alertRules()) as { groups: { rules: { alert: string; annotations: { runbook_url: string } }[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  expect(rules.map(({ alert }) => alert)).toEqual(names);
  for (const { alert, annotations } of rules) {
    expect(annotations.runbook_url).toBe(`docs/runbooks/${alert}.md`);
    expect(readFileSync(join(ROOT, annotations.runbook_url), 'utf8')).toContain(`# ${alert}\n`);
  }
});

test('every alert has cases', () => {
  expect(Object.keys(CASES).sort()).toEqual([...names].sort());
});

describeWithRealPart('promtool', 'alerts as Prometheus evaluates them', (promtool) => {
  const silent = { 'meissa_heartbeat_age_seconds{region="sa-east-1"}': '3+60x60' };
  const deaf = { 'meissa_heartbeat_age_seconds{region="sa-east-1",instance="b"}': '3+60x60' };
  const situations: Record<string, Situation> = {
    'all is well': { series: {}, at: [600] },
    'a region falls silent': { series: silent, at: [60, 180, LATE_SECONDS - 45] },
    'one watch is deaf': { series: deaf, at: [900] },
  };
  for (const { name, holds } of alerts) {
    CASES[name].fires.forEach(({ series, since = 0 }, i) => {
      situations[`${name} fires ${i}`] = { series, at: since + holds === 0 ? [0] : [since + holds - STEP, since + holds] };
    });
    // As late as it would have fired by, and when what is new has become old.
    CASES[name].quiet.forEach((series, i) => {
      situations[`${name} quiet ${i}`] = { series, at: [holds + 630] };
    });
  }
  let fired: Fired;
  beforeAll(() => {
    fired = firing(promtool, situations);
  }, 240_000);

  test('Prometheus loads the file', () => {
    const { stdout, status } = spawnSync(promtool, ['check', 'rules', join(ROOT, 'dashboards/alerts.yaml')], {
      encoding: 'utf8',
    });
    expect(stdout).toContain(`SUCCESS: ${alerts.length} rules found`);
    expect(status).toBe(0);
  });

  test.each(alerts.map((alert) => [alert.name, alert] as const))(
    '%s fires as soon as it should, and alone',
    (name, { holds }) => {
      CASES[name].fires.forEach(({ since = 0, with: also = [] }, i) => {
        expect(fired(`${name} fires ${i}`, since + holds)).toEqual([name, ...also].sort());
        if (since + holds > 0) expect(fired(`${name} fires ${i}`, since + holds - STEP)).not.toContain(name);
      });
    },
  );

  test.each(alerts.map((alert) => [alert.name, alert] as const))('%s does not fire just below', (name, { holds }) => {
    CASES[name].quiet.forEach((_, i) => {
      expect(fired(`${name} quiet ${i}`, holds + 630)).not.toContain(name);
    });
  });

  test('nothing fires when all is well', () => {
    expect(fired('all is well', 600)).toEqual([]);
  });

  test('a region that falls silent warns, and pages before five minutes', () => {
    expect(fired('a region falls silent', 60)).toEqual([]);
    expect(fired('a region falls silent', 180)).toEqual(['HeartbeatsMissing']);
    expect(fired('a region falls silent', LATE_SECONDS - 45)).toEqual(['HeartbeatsMissing', 'RegionSilent']);
  });

  test('one watch that hears nothing is no silence of a region', () => {
    expect(fired('one watch is deaf', 900)).toEqual([]);
  });
});
