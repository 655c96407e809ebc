/** A number of a sizing, with everything that one needs to doubt it. Words and JSON are made from it. */

export type Unit =
  | 'hosts'
  | 'partitions'
  | 'tasks'
  | 'segments'
  | 'copies'
  | 'zones'
  | 'groups'
  | 'regions'
  | 'lines'
  | 'lines/s'
  | 'IOPS'
  | 'B'
  | 'GiB'
  | 'MiB/s'
  | 'B/s'
  | 'B/month'
  | 's'
  | 'x'
  | 'USD/month'
  | 'USD/h'
  | 'USD/GB';

export interface Input {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
}

export interface Figure {
  /** What it is, in few words: `brokers`. The same name means the same thing in every place. */
  readonly name: string;
  /** A span without end is Infinity; JSON has null for it. */
  readonly value: number;
  readonly unit: Unit;
  readonly because: {
    /** The formula in words. */
    readonly formula: string;
    readonly inputs: readonly Input[];
    /** Page that the rule comes from, by title. */
    readonly source: string;
  };
}

/** Figures of one place: a region's own collection, or the central region's. */
export interface PlaceFigures {
  readonly place: string;
  readonly figures: readonly Figure[];
}

export function figure(
  name: string,
  value: number,
  unit: Unit,
  formula: string,
  inputs: readonly (readonly [name: string, value: number, unit: Unit])[],
  source: string,
): Figure {
  return {
    name,
    value,
    unit,
    because: { formula, inputs: inputs.map(([n, v, u]) => ({ name: n, value: v, unit: u })), source },
  };
}
