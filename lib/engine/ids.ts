import { createHash, randomUUID } from 'node:crypto';

/** A request id or token. */
export const uuid = (): string => randomUUID();

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
export const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex');
