/** Bodies that S3's clients send in signed or unsigned chunks ("Signature calculations for the Authorization header: chunked upload"). */
import { hmac, sameSignature, sha256 } from '../../http/signing';
import { type Scope, scopeText } from './canonical';

/** The words that stand for a body in chunks, and what each has. */
export const STREAMING: Readonly<Record<string, { signed: boolean; trailer: boolean }>> = {
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { signed: true, trailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { signed: true, trailer: true },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { signed: false, trailer: true },
};

export interface Framed {
  body: Buffer;
  trailers: Record<string, string>;
}

/** What a chain of chunk signatures begins with. */
export interface Seed extends Scope {
  key: Buffer;
  time: string;
  signature: string;
}

const EMPTY = sha256('');

/**
 * Takes the framing off and checks the signatures.
 *
 * @param seed undefined: chunks are not signed
 * @returns the bytes; `unframed`: no such framing; `mismatch`: a signature is wrong
 */
export function readChunks(body: Buffer, seed: Seed | undefined, trailer: boolean): Framed | 'unframed' | 'mismatch' {
  const parts: Buffer[] = [];
  let at = 0;
  let previous = seed?.signature ?? '';
  const follows = (kind: string, given: string | undefined, ...what: string[]): boolean => {
    if (seed === undefined) return given === undefined;
    const text = [`AWS4-HMAC-SHA256-${kind}`, seed.time, scopeText(seed), previous, ...what].join('\n');
    previous = hmac(seed.key, text).toString('hex');
    return given !== undefined && sameSignature(previous, given);
  };
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const m = end < 0 ? null : /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(body.toString('latin1', at, end));
    if (m === null) return 'unframed';
    const size = Number.parseInt(m[1] as string, 16);
    const data = body.subarray(end + 2, end + 2 + size);
    if (data.length !== size) return 'unframed';
    if (!follows('PAYLOAD', m[2], EMPTY, sha256(data))) return 'mismatch';
    at = end + 2 + size;
    if (size === 0) break;
    if (body.toString('latin1', at, at + 2) !== '\r\n') return 'unframed';
    at += 2;
    parts.push(data);
  }
  const lines = body
    .toString('latin1', at)
    .split(/[\r\n]+/)
    .filter((line) => line !== '');
  if (lines.some((line) => !/^[\w-]+:/.test(line))) return 'unframed';
  const named = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const signature = named.get('x-amz-trailer-signature');
  named.delete('x-amz-trailer-signature');
  if (!trailer) return named.size === 0 && signature === undefined ? { body: Buffer.concat(parts), trailers: {} } : 'unframed';
  const text = [...named].map(([name, value]) => `${name}:${value}\n`).join('');
  if (!follows('TRAILER', signature, sha256(text))) return 'mismatch';
  return { body: Buffer.concat(parts), trailers: Object.fromEntries(named) };
}
