/** Puts the locked artifacts into a region's bucket, each under its digest. */

import { createHash } from 'node:crypto';
import type { ArtifactEntry } from '../estate/model/locks';

/** A region's bucket of artifacts, of whichever cloud. */
export interface ArtifactStore {
  has(key: string): Promise<boolean>;
  put(entry: ArtifactEntry, bytes: Uint8Array): Promise<void>;
}

export type PushOutcome = 'uploaded' | 'there already';

/** Thrown when the bytes are not what the lock says: nothing is uploaded. */
export class DigestMismatch extends Error {
  constructor(entry: ArtifactEntry, actual: string) {
    super(`${entry.file}: SHA-256 is ${actual}, the lock says ${entry.sha256}`);
    this.name = 'DigestMismatch';
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Uploads one artifact unless an object of its digest is there: an object's key is its content, so it never changes.
 *
 * @param read gives the bytes; called only when they are needed
 */
export async function pushArtifact(
  store: ArtifactStore,
  entry: ArtifactEntry,
  read: () => Promise<Uint8Array>,
): Promise<PushOutcome> {
  if (await store.has(entry.sha256)) return 'there already';
  const bytes = await read();
  const actual = sha256(bytes);
  if (actual !== entry.sha256) throw new DigestMismatch(entry, actual);
  await store.put(entry, bytes);
  return 'uploaded';
}
