import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeFile } from '../../disk/write-files';
import { sha256 } from '../../engine/ids';

/** The bytes of buckets' objects, by their SHA-256: in memory, and on disk where there is a folder for them. */
export class ObjectStore {
  private readonly memory = new Map<string, Buffer>();

  /** @param folder where objects are kept; none: in memory only */
  constructor(private readonly folder?: string) {}

  /** Keeps some bytes; their digest finds them again. */
  write(bytes: Buffer): string {
    const digest = sha256(bytes);
    if (!this.folder) {
      this.memory.set(digest, bytes);
      return digest;
    }
    placeFile(join(this.folder, digest), bytes);
    return digest;
  }

  read(digest: string): Buffer | undefined {
    if (!this.folder) return this.memory.get(digest);
    try {
      return readFileSync(join(this.folder, digest));
    } catch {
      return undefined;
    }
  }
}
