/** Metrics of a program in the text format of Prometheus ("Exposition formats", version 0.0.4). */

export type Labels = Readonly<Record<string, string>>;

/** A number that only grows, by labels. */
export interface Counter {
  /** @param by default 1 */
  add(by?: number, labels?: Labels): void;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  /** Value by labels, as they stand in the text. */
  readonly read: () => Iterable<readonly [string, number]>;
}

export class Metrics {
  private readonly metrics: Metric[] = [];

  /**
   * A counter. It stands in the text from the start, with 0, where it has no labels: what is alarmed on must be there before it happens.
   *
   * @param name ends with `_total`
   * @param known label sets that are there from the start, with 0
   */
  counter(name: string, help: string, known: readonly Labels[] = [{}]): Counter {
    const values = new Map<string, number>(known.map((labels) => [labelText(labels), 0]));
    this.metrics.push({ name, help, type: 'counter', read: () => values });
    return {
      add: (by = 1, labels = {}) => {
        const key = labelText(labels);
        values.set(key, (values.get(key) ?? 0) + by);
      },
    };
  }

  /** A counter that somebody else counts. It is read when the text is asked for. */
  counterOf(name: string, help: string, read: () => number): void {
    this.metrics.push({ name, help, type: 'counter', read: () => [['', read()]] });
  }

  /** The same by labels. */
  countersOf(name: string, help: string, read: () => Iterable<readonly [Labels, number]>): void {
    this.metrics.push({
      name,
      help,
      type: 'counter',
      read: () => [...read()].map(([labels, value]) => [labelText(labels), value]),
    });
  }

  /** A value that is read when the text is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    this.metrics.push({ name, help, type: 'gauge', read: () => [['', read()]] });
  }

  /** The same with labels. */
  gauges(name: string, help: string, read: () => Iterable<readonly [Labels, number]>): void {
    this.metrics.push({
      name,
      help,
      type: 'gauge',
      read: () => [...read()].map(([labels, value]) => [labelText(labels), value]),
    });
  }

  text(): string {
    return this.metrics
      .map(({ name, help, type, read }) => {
        const lines = [...read()].map(([labels, value]) => `${name}${labels} ${number(value)}\n`);
        return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n${lines.join('')}`;
      })
      .join('');
  }
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function number(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}
