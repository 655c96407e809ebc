/** The dashboard as Grafana reads it ("Dashboard JSON model"), for any Prometheus: the data source is a variable. */
import { METRICS } from './metrics';
import { type Panel, type Row, rows } from './panels';

/** Of Grafana 10 and later; newer ones read it and bring it up to date. */
const SCHEMA_VERSION = 39;
const COLUMNS = 24;
const WIDTH = 8;
const HEIGHT = 8;
const datasource = { type: 'prometheus', uid: '${datasource}' };

const NUMBERS = {
  colorMode: 'value',
  graphMode: 'area',
  justifyMode: 'auto',
  orientation: 'auto',
  percentChangeColorMode: 'standard',
  reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
  showPercentChange: false,
  textMode: 'auto',
  wideLayout: true,
};
const CURVES = {
  legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true },
  tooltip: { mode: 'multi', sort: 'desc' },
};

/** Text of the file. */
export function dashboard(): string {
  return `${JSON.stringify(model(rows), null, 2)}\n`;
}

function model(of: readonly Row[]): object {
  return {
    uid: 'meissa-collection',
    title: 'Collection',
    description:
      'Lines on their way from every region into the central one. Written by `npm run docs` from lib/collection/watching.',
    tags: ['meissa'],
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    schemaVersion: SCHEMA_VERSION,
    time: { from: 'now-6h', to: 'now' },
    timezone: 'utc',
    annotations: { list: [] },
    links: [],
    templating: { list: [sourceVariable, regionVariable] },
    panels: place(of),
  };
}

const sourceVariable = {
  name: 'datasource',
  label: 'Data source',
  type: 'datasource',
  query: 'prometheus',
  multi: false,
  includeAll: false,
  hide: 0,
};

const regionVariable = {
  name: 'region',
  label: 'Region',
  type: 'query',
  datasource,
  query: { query: `label_values(${METRICS.watch.heartbeatAge}, region)`, refId: 'region' },
  definition: `label_values(${METRICS.watch.heartbeatAge}, region)`,
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  allValue: '.*',
  current: { selected: true, text: ['All'], value: ['$__all'] },
  hide: 0,
};

/** Three beside each other below the line of their row. Ids are counted through: Grafana wants them different. */
function place(of: readonly Row[]): object[] {
  const placed: object[] = [];
  let y = 0;
  for (const { title, panels } of of) {
    placed.push({
      id: placed.length + 1,
      type: 'row',
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
    });
    panels.forEach((panel, i) => {
      const x = (i * WIDTH) % COLUMNS;
      const below = Math.floor((i * WIDTH) / COLUMNS) * HEIGHT;
      placed.push(drawn(panel, placed.length + 1, { x, y: y + 1 + below, w: WIDTH, h: HEIGHT }));
    });
    y += 1 + Math.ceil((panels.length * WIDTH) / COLUMNS) * HEIGHT;
  }
  return placed;
}

function drawn({ title, help, unit, shows, lines, red }: Panel, id: number, gridPos: object): object {
  const steps = [{ color: 'green', value: null }, ...(red === undefined ? [] : [{ color: 'red', value: red }])];
  const custom = {
    drawStyle: 'line',
    fillOpacity: 10,
    lineWidth: 1,
    showPoints: 'never',
    ...(red === undefined ? {} : { thresholdsStyle: { mode: 'line' } }),
  };
  const defaults = { unit, thresholds: { mode: 'absolute', steps }, ...(shows === 'now' ? {} : { custom, min: 0 }) };
  return {
    id,
    type: shows === 'now' ? 'stat' : 'timeseries',
    title,
    description: help,
    datasource,
    gridPos,
    fieldConfig: { defaults, overrides: [] },
    options: shows === 'now' ? NUMBERS : CURVES,
    targets: lines.map(([expr, legendFormat], i) => ({
      refId: String.fromCharCode(65 + i),
      datasource,
      expr,
      legendFormat,
      range: true,
    })),
  };
}
