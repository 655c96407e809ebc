/** Rates, spans of time and sizes as people write them. */

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
/** Decimal, as clouds sell network and disks: 1 MB is 1,000,000 bytes. */
const BYTES = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const;

export const DURATION = /^\d+(\.\d+)?(s|m|h|d)$/;
export const RATE = /^\d+(\.\d+)?(B|kB|MB|GB|TB)\/s$/;
export const BYTE_SIZE = /^\d+(\.\d+)?(B|kB|MB|GB|TB)$/;

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
