/** Figures in words. */
import type { Comparison } from './compare';
import type { Figure, Input, PlaceFigures, Unit } from './figure';
import type { Warning } from './warnings';

/** Steps of bytes, decimal as clouds sell network: 1 MB is 1,000,000 bytes. */
const BYTES = [
  [1e15, 'PB'],
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const;

const SPANS = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const;

/** A value as a person says it: `20 MB/s`, `4.2 TB`, `1.5 h`, `3`. */
export function valueWords(value: number, unit: Unit): string {
  if (unit === 's') return spanWords(value);
  if (unit === 'B' || unit === 'B/s' || unit === 'B/month') return bytesWords(value, unit.slice(1).replace('/month', ' a month'));
  if (unit === 'USD/month') return `${number(Math.round(value))} USD a month`;
  if (unit === 'USD/h') return `${value} USD an hour`;
  if (unit === 'USD/GB') return `${value} USD a GB`;
  if (unit === 'x') return `${number(value)} times`;
  if (['GiB', 'MiB/s', 'IOPS', 'lines', 'lines/s'].includes(unit)) return `${number(value)} ${unit}`;
  return number(value);
}

/** A span as it is written, exactly: `7d`, `90m`, `5s`. */
export function spanText(seconds: number): string {
  const [step, unit] = (
    [
      [86_400, 'd'],
      [3600, 'h'],
      [60, 'm'],
    ] as const
  ).find(([least]) => seconds % least === 0) ?? [1, 's'];
  return `${seconds / step}${unit}`;
}

/** What is to be known first: a line, then what to write. */
export function warningWords(warnings: readonly Warning[]): string[] {
  return warnings.flatMap(({ place, message, fix }) => [`! ${place}: ${message}`, `    write: ${fix}`]);
}

/** Every figure of a place: a line, then why. */
export function placeWords({ place, figures }: PlaceFigures): string[] {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return [place, ...figures.flatMap((f) => figureWords(f, width))];
}

function figureWords({ name, value, unit, because }: Figure, width: number): string[] {
  const { formula, inputs, source } = because;
  return [
    `  ${name.padEnd(width)}  ${valueWords(value, unit)}`,
    `      = ${formula}`,
    ...(inputs.length === 0 ? [] : [`      ${inputs.map(inputWords).join(', ')}`]),
    `      from ${source}`,
  ];
}

function inputWords({ name, value, unit }: Input): string {
  return `${name} ${valueWords(value, unit)}`;
}

function bytesWords(value: number, per: string): string {
  const [step, unit] = BYTES.find(([least]) => value >= least) ?? [1, 'B'];
  return `${number(value / step)} ${unit}${per}`;
}

function spanWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'never';
  const [step, unit] = SPANS.find(([least]) => seconds >= least) ?? [1, 's'];
  return `${number(seconds / step)} ${unit}`;
}

/** Up to two digits behind the point, thousands by comma. */
function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 1000 ? 1 : 0 });
}

/** What a region's file has beside what it needs, a line each. */
export function comparisonWords(rows: readonly Comparison[]): string[] {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(
    ({ name, needed, written, unit, enough }) =>
      `  ${enough ? ' ' : '!'} ${name.padEnd(width)}  has ${valueWords(written, unit)}, needs ${valueWords(needed, unit)}`,
  );
}
