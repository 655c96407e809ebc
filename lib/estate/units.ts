/** Rates, spans of time and sizes as people write them. */

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
/** Decimal, as clouds sell network and disks: 1 MB is 1,000,000 bytes. */
const BYTES = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

export const DURATION = /^\d+(\.\d+)?(s|m|h|d)$/;
export const RATE = /^\d+(\.\d+)?(B|kB|MB|GB|TB)\/s$/;
export const BYTE_SIZE = /^\d+(\.\d+)?(B|kB|MB|GB|TB)$/;

/** What may be written, for whoever wrote something else: every unit, because `KB`, `KiB` and `Mbit/s` are none of them. */
export const DURATION_RULE = 'a span of time such as 7d: a number and s, m, h or d';
export const RATE_RULE = 'a rate such as 50MB/s: a number and B/s, kB/s, MB/s, GB/s or TB/s, where 1 kB is 1,000 bytes';
export const BYTE_SIZE_RULE = 'a size such as 500B: a number and B, kB, MB, GB or TB, where 1 kB is 1,000 bytes';

/** Seconds of `90s`, `5m`, `12h` or `7d`; undefined where the text is none of these. */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  return Number(text.slice(0, -1)) * SECONDS[text.slice(-1) as keyof typeof SECONDS];
}

/** Bytes of `500B`, `2kB`, `50MB` or `1.5TB`; undefined where the text is none of these. */
export function parseBytes(text: string): number | undefined {
  if (!BYTE_SIZE.test(text)) return undefined;
  const unit = text.replace(/^[\d.]+/, '') as keyof typeof BYTES;
  return Number(text.slice(0, -unit.length)) * BYTES[unit];
}

/** Bytes a second of `50MB/s`; undefined where the text is none of these. */
export function parseRate(text: string): number | undefined {
  return RATE.test(text) ? parseBytes(text.slice(0, -2)) : undefined;
}

/** Highest unit of a rack: the tallest that are sold have 58 (EIA-310 says how high a unit is, not how many there are). */
const RACK_UNITS = 60;

/** Units of a rack: `12`, `12-13`, `12, 14`, each with or without a U. */
export const RACK_UNIT_LIST =
  /^U?(?:[1-9]|[1-5]\d|60)(?:-U?(?:[1-9]|[1-5]\d|60))?(?:, ?U?(?:[1-9]|[1-5]\d|60)(?:-U?(?:[1-9]|[1-5]\d|60))?)*$/;
export const RACK_UNIT_RULE = `units of a rack, such as 12 or 12-13, from 1 to ${RACK_UNITS}`;

/** Numbers of the units, in the order in which they are written; undefined for a span that ends before it begins. */
export function parseRackUnits(text: string): number[] | undefined {
  const spans = text.replaceAll('U', '').split(/, ?/);
  const numbers = spans.map((span) => {
    const [first = 0, last = first] = span.split('-').map(Number);
    return last < first ? undefined : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  return numbers.some((span) => span === undefined) ? undefined : numbers.flatMap((span) => span ?? []);
}

/** The lowest units beside each other that nobody has, as they are written. */
export function freeRackUnits(size: number, taken: ReadonlySet<number>): string | undefined {
  for (let first = 1; first + size - 1 <= RACK_UNITS; first++) {
    const all = Array.from({ length: size }, (_, i) => first + i);
    if (all.every((unit) => !taken.has(unit))) return size === 1 ? String(first) : `${first}-${first + size - 1}`;
  }
  return undefined;
}
