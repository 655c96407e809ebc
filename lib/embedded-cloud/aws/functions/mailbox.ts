import { randomBytes } from 'node:crypto';

/** Path of the addresses that custom resources answer to. */
const ANSWERS = '/cloudformation-custom-resource-response-';

/** Where one answer is awaited. */
export interface Letter {
  url: string;
  /** The body that was put there, as it came. */
  answer: Promise<string>;
  /** Nobody waits any more. */
  close(): void;
}

/** Answers of custom resources: each is put once to an address of its own that nobody can guess, as to a presigned address of S3. */
export class Mailbox {
  private readonly open = new Map<string, (body: string) => void>();

  constructor(private readonly url: () => string) {}

  /** Makes an address. */
  letter(region: string): Letter {
    const path = `${ANSWERS}${region.replaceAll('-', '')}/${randomBytes(32).toString('base64url')}`;
    const answer = new Promise<string>((resolve) => this.open.set(path, resolve));
    return { url: `${this.url()}${path}?X-Amz-Expires=7200`, answer, close: () => this.open.delete(path) };
  }

  /** Whether an answer is still awaited at this path. */
  awaits(path: string): boolean {
    return this.open.has(path);
  }

  /** Takes what was put to an address; only the first counts, and what nobody waits for is dropped as S3's lifecycle would. */
  deliver(path: string, body: string): void {
    this.open.get(path)?.(body);
    this.open.delete(path);
  }
}
