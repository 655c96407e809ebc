/**
 * What `cdk diff` shows of a ROS template. The template itself is a file, of which a diff would only say that its digest changed; its parts
 * under their names make the diff say which property of which resource changes, what it was and what it becomes.
 */
import { createHash } from 'node:crypto';

/**
 * Bytes of the parts. CDK's provider framework passes the properties, at an update the old ones too, to Step Functions, which takes
 * 256 KiB ("Quotas for state machine executions").
 */
const MOST_BYTES = 60_000;

/** Characters; what is longer is shown by its digest. Decoded user-data is what `meissa diff` shows. */
const LONG = 1_000;

type Section = Readonly<Record<string, unknown>>;

/** A part, or the properties of one. Texts only: CloudFormation would take ROS's functions for its own. */
export type Shown = string | Readonly<Record<string, string>>;

/** @returns by section (`Resources`, `Outputs` ...) and name; digests where all would be too much */
export function contentsOf(template: Readonly<Record<string, unknown>>): Record<string, Record<string, Shown>> {
  const whole = sections(template, shown);
  return Buffer.byteLength(JSON.stringify(whole)) <= MOST_BYTES
    ? whole
    : sections(template, (part) => `${typeOf(part)}${digestOf(JSON.stringify(part))}`);
}

function sections(
  template: Readonly<Record<string, unknown>>,
  each: (part: unknown) => Shown,
): Record<string, Record<string, Shown>> {
  const found = Object.entries(template).filter((entry): entry is [string, Section] => isMap(entry[1]));
  return Object.fromEntries(
    found.map(([name, section]) => [name, Object.fromEntries(Object.entries(section).map(([id, part]) => [id, each(part)]))]),
  );
}

/** A resource by its properties; anything else as it stands. */
function shown(part: unknown): Shown {
  if (!isMap(part) || typeOf(part) === '') return textOf(part);
  const { Properties: properties, ...rest } = part;
  const own = isMap(properties) ? properties : {};
  return Object.fromEntries([...Object.entries(rest), ...Object.entries(own)].map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONG ? digestOf(text) : text;
}

/** The type of a resource stays readable where the rest is a digest. */
function typeOf(part: unknown): string {
  return isMap(part) && typeof part.Type === 'string' && part.Type.includes('::') ? `${part.Type} ` : '';
}

const isMap = (value: unknown): value is Section => typeof value === 'object' && value !== null && !Array.isArray(value);

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
