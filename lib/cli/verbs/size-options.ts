/** The numbers of `meissa size collection`, read and refused. */
import { MAX_LINE_BYTES } from '../../estate/model/kafka-model';
import { BYTE_SIZE_RULE, DURATION_RULE, parseBytes, parseDuration, parseRate, RATE_RULE } from '../../estate/units';
import { Refusal } from '../verb';

/** Bytes, bytes a second, seconds and counts; undefined is what the command line doesn't say. */
export interface SizeOptions {
  readonly peak?: number;
  readonly average?: number;
  readonly line?: number;
  readonly retention?: number;
  readonly replication?: number;
  readonly growth?: number;
  readonly regions?: number;
  readonly zones?: number;
  readonly keep?: number;
  readonly outage?: number;
}

const WEEK = 7 * 86_400;

/** Those of the schema of `kafka`, and an outage of a day. */
export const DEFAULTS = {
  line: 500,
  retention: WEEK,
  replication: 3,
  growth: 1.5,
  regions: 1,
  zones: 3,
  keep: WEEK,
  outage: 86_400,
} as const;

interface Form {
  readonly read: (text: string) => number | undefined;
  readonly what: string;
  readonly example: string;
  readonly least?: number;
  readonly most?: number;
  /** Unit of both bounds. @default - none: a number */
  readonly unit?: string;
}

const rate = (example: string): Form => ({ read: parseRate, what: RATE_RULE, example, least: 1, unit: 'B/s' });
const span = (example: string): Form => ({ read: parseDuration, what: DURATION_RULE, example, least: 1, unit: 's' });
const whole = (example: string, least: number, most: number): Form => ({
  read: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
  what: 'a whole number',
  example,
  least,
  most,
});

const FORMS: Readonly<Record<keyof SizeOptions, Form>> = {
  peak: rate('50MB/s'),
  average: rate('20MB/s'),
  line: { read: parseBytes, what: BYTE_SIZE_RULE, example: '500B', least: 1, most: MAX_LINE_BYTES, unit: 'B' },
  retention: span('7d'),
  replication: whole('3', 1, 9),
  growth: {
    read: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
    what: 'a factor',
    example: '1.5',
    least: 1,
    most: 10,
  },
  regions: whole('9', 1, 100),
  zones: whole('3', 1, 6),
  keep: span('7d'),
  outage: span('24h'),
};

/** Throws a refusal that says what the option takes. */
export function sizeOptions(options: Readonly<Record<string, unknown>>): SizeOptions {
  const read: Record<string, number> = {};
  for (const [name, form] of Object.entries(FORMS)) {
    const text = options[name];
    if (typeof text === 'string') read[name] = readOne(name, text, form);
  }
  const asked: SizeOptions = read;
  if (asked.peak !== undefined && asked.average !== undefined && asked.average > asked.peak)
    throw new Refusal(
      'BAD_OPTION',
      `the average, ${String(options.average)}, is more than the peak, ${String(options.peak)}`,
      `--peak ${String(options.average)} or more`,
    );
  return asked;
}

function readOne(name: string, text: string, { read, what, example, least, most, unit = '' }: Form): number {
  const value = read(text);
  const write = `--${name} ${example}`;
  if (value === undefined || !Number.isFinite(value))
    throw new Refusal('BAD_OPTION', `--${name}: "${text}" is not ${what}`, write);
  if ((least !== undefined && value < least) || (most !== undefined && value > most)) {
    const range = most === undefined ? `at least ${least}${unit}` : `${least}${unit} to ${most}${unit}`;
    throw new Refusal('BAD_OPTION', `--${name} takes ${range}, not ${text}`, write);
  }
  return value;
}
