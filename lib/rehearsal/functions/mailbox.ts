import { uuid } from '../ids';

/** Path of the addresses that custom resources answer to. */
export const ANSWERS = '/cloudformation-custom-resource-response-';

/** Where one answer is awaited. */
export interface Letter {
  url: string;
  /** The body that was put there, as it came. */
  answer: Promise<string>;
  /** Nobody waits any more. */
  close(): void;
}

/** Answers of custom resources: each is put once to an address of its own, as to a presigned address of S3. */
export class Mailbox {
  private readonly open = new Map<string, (body: string) => void>();

  constructor(private readonly url: () => string) {}

  /** Makes an address. */
  letter(region: string, account: string): Letter {
    const path = `${ANSWERS}${region.replaceAll('-', '')}/${uuid()}`;
    const answer = new Promise<string>((resolve) => this.open.set(path, resolve));
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const credential = encodeURIComponent(`AKIA${account}TEST/${day}/${region}/s3/aws4_request`);
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Expires=7200`;
    return { url: `${this.url()}${path}?${query}`, answer, close: () => this.open.delete(path) };
  }

  /** Takes what was put to an address; only the first counts, and what nobody waits for is dropped as S3's lifecycle would. */
  deliver(path: string, body: string): void {
    this.open.get(path)?.(body);
    this.open.delete(path);
  }
}
