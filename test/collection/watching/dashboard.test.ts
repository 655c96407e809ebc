/** What is shown. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dashboard } from '../../../lib/collection/watching/dashboard';
import { describeWithRealPart } from '../../real-parts';

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
