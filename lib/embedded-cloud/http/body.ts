import type { IncomingMessage } from 'node:http';
import { tooLarge } from './admission';

/**
 * Reads a whole request body; a client that goes away in the middle of it is an error.
 *
 * @throws Refused as soon as it is longer than `most` bytes
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    size += (part as Buffer).length;
    if (size > most) throw tooLarge(most);
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
