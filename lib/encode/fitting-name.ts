/** Names that are made of other names, where what takes them has a limit. */
import { createHash } from 'node:crypto';

const DIGITS = 8;

/**
 * The name itself where it fits; else its beginning and a digest of all of it, so that it stays the same and no two names become one.
 * Only for names of this toolkit's own that nobody writes: a person couldn't guess it.
 *
 * @param most characters, at least 16
 */
export function fittingName(name: string, most: number): string {
  if (name.length <= most) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGITS);
  const beginning = name.slice(0, most - DIGITS - 1).replace(/[^A-Za-z0-9]+$/, '');
  return `${beginning}-${digest}`;
}
