/** Texts inside of a text: base64, also over several lines, and what is gzipped in it. */
import { gunzipSync } from 'node:zlib';
import { matches } from './model';

/** The first of {@link WRAPPED}. */
const LONG_LINE = /^[ \t]{0,80}[A-Za-z0-9+/]{40}/m;

/** What a packed text holds; undefined where it is no text. */
export interface Packed {
  readonly start: number;
  readonly end: number;
  /** A whole gzip: by its checksum nothing else than what it holds, so that no token stands in its own characters. */
  readonly gzip: boolean;
  /** Undefined where it is packed so well that it would fill the memory: nobody looked through it. */
  readonly text: string | undefined;
}

/** Characters that one packed text may come to: user-data has 16,384 bytes, packed. */
const MOST = 4_000_000;
/** Lines of one length, the last one shorter: MIME, PEM bodies, `base64` with its own line breaks. */
const WRAPPED = /\n[ \t]{0,80}[A-Za-z0-9+/]{40,120}(?:\n[ \t]{0,80}[A-Za-z0-9+/]{2,120}={0,2}){1,4000}(?=\n|$)/g;

/** What stands in base64 of either alphabet, unbroken. */
const RUN = /(?<![\w+/-])[\w+/-]{16,}/g;

/** Unbroken runs of base64, with their places. @param least characters, 16 or more */
export function* runsOf(line: string, least: number): Iterable<{ readonly start: number; readonly end: number }> {
  for (const { 0: run, index: start } of matches(RUN, line)) if (run.length >= least) yield { start, end: start + run.length };
}

export function* packedIn(line: string): Iterable<Packed> {
  for (const { start, end } of runsOf(line, 16)) {
    const text = unpacked(line.slice(start, end));
    if (text !== null)
      yield { start, end: end + /^={0,2}/.exec(line.slice(end, end + 2))![0].length, gzip: line.startsWith('H4sI', start), text };
  }
}

/** The same over lines. */
export function* wrappedIn(whole: string): Iterable<Packed> {
  if (!LONG_LINE.test(whole)) return;
  // Each line behind its line break: the first one too.
  for (const match of matches(WRAPPED, `\n${whole}`)) {
    const text = unpacked(match[0].replace(/\s+/g, ''));
    if (text !== null) yield { start: match.index, end: match.index + match[0].length - 1, gzip: false, text };
  }
}

/** Null where nothing is packed. */
function unpacked(encoded: string): string | undefined | null {
  // A word, a number or a digest in hex decodes to noise.
  if (encoded.length < 400 && /^(?:[a-z]+|[A-Z]+|[A-Za-z_-]{1,24}|\d+|[0-9a-f]+)$/.test(encoded)) return null;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length < 8) return null;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      return gunzipSync(bytes, { maxOutputLength: MOST }).toString('utf8');
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? undefined : null;
    }
  }
  return printable(bytes) ? bytes.toString('utf8') : null;
}

function printable(bytes: Buffer): boolean {
  let odd = 0;
  const seen = Math.min(bytes.length, 400);
  for (let i = 0; i < seen; i++) {
    const byte = bytes[i]!;
    if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127) odd++;
    else if (byte > 127) odd += 0.5;
  }
  return odd <= seen * 0.04;
}
