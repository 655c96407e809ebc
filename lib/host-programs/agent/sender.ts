/** Sends batches and says what became of them. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { backOff } from './back-off';
import type { Connection } from './connection';
import type { Batch } from './feed';

/**
 * `accepted`: on the disk of a front end. `tooLarge`: will never be taken as it is. `path`: the front end or the way to it is in trouble, so
 * nothing else will get there either. `topic`: these lines were refused, others may not be.
 */
export type Outcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'path' | 'topic'; readonly why: string; readonly waitMs: number };

const NEWLINE = Buffer.from('\n');
const pack = promisify(gzip);

export interface SenderOptions {
  /** Name of this host: keys begin with it. */
  readonly host: string;
  readonly gzip: boolean;
  readonly random?: () => number;
}

export class Sender {
  /** In a row. */
  #failures = 0;

  constructor(
    private readonly connection: Connection,
    private readonly options: SenderOptions,
  ) {}

  /** One try. */
  async send(topic: string, batch: Batch): Promise<Outcome> {
    const plain = Buffer.concat(batch.lines.flatMap((line) => [line, NEWLINE]));
    const { host, gzip: packed, random = Math.random } = this.options;
    const headers = {
      'Content-Type': 'text/plain',
      ...(packed ? { 'Content-Encoding': 'gzip' } : {}),
      ...(batch.key === '' ? {} : { 'X-Meissa-Key': `${host}/${batch.key}` }),
    };
    let trouble: { kind: 'path' | 'topic'; why: string; retryAfter: number };
    try {
      const answer = await this.connection.post(`/lines/${topic}`, headers, packed ? await pack(plain, { level: 1 }) : plain);
      if (answer.status === 200 && acceptedOf(answer.body) === batch.lines.length) {
        this.#failures = 0;
        return { kind: 'accepted' };
      }
      if (answer.status === 413) return { kind: 'tooLarge' };
      const kind = answer.status >= 400 && answer.status < 500 && answer.status !== 429 ? 'topic' : 'path';
      trouble = { kind, why: `${answer.status} ${answer.body.slice(0, 200).trim()}`, retryAfter: answer.retryAfter };
    } catch (error) {
      trouble = { kind: 'path', why: (error as Error).message, retryAfter: 0 };
    }
    this.#failures++;
    return { kind: trouble.kind, why: trouble.why, waitMs: backOff(this.#failures, random(), trouble.retryAfter) };
  }
}

/** An answer that counts other lines than were sent isn't one to ours. */
function acceptedOf(body: string): number | undefined {
  try {
    return (JSON.parse(body) as { accepted?: number }).accepted;
  } catch {
    return undefined;
  }
}
