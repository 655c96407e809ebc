/**
 * What `cdk diff` shows of a ROS template. The template itself is a file, of which a diff would only say that its digest changed; its parts
 * as texts under their logical ids make the diff name each resource that changes, with what it was and what it becomes.
 */
import { createHash } from 'node:crypto';

/**
 * Bytes of the parts. CDK's provider framework passes the properties, at an update the old ones too, to Step Functions, which takes
 * 256 KiB ("Quotas for state machine executions").
 */
const MOST_BYTES = 60_000;

/** A part longer than this is shown by its digest: decoded user-data is what `meissa diff` shows. */
const LONG = 2_000;

type Sections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** @returns by section (`Resources`, `Outputs` ...) and name the part as text, or its digest where that would be too long */
export function contentsOf(template: Sections): Record<string, Record<string, string>> {
  const texts = parts(template, (part) => (part.length > LONG ? digestOf(part) : part));
  return Buffer.byteLength(JSON.stringify(texts)) <= MOST_BYTES ? texts : parts(template, digestOf);
}

function parts(template: Sections, shown: (text: string) => string): Record<string, Record<string, string>> {
  const sections = Object.entries(template).filter(([, section]) => typeof section === 'object' && section !== null);
  return Object.fromEntries(
    sections.map(([name, section]) => [
      name,
      Object.fromEntries(Object.entries(section).map(([id, part]) => [id, `${typeOf(part)}${shown(JSON.stringify(part))}`])),
    ]),
  );
}

/** The type of a resource stays readable where the rest is a digest. */
function typeOf(part: unknown): string {
  const { Type: type } = part as { Type?: unknown };
  return typeof type === 'string' && type.includes('::') ? `${type} ` : '';
}

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
