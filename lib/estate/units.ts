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
