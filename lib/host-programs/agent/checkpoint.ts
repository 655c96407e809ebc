/** How far every feed has been acknowledged, in one file that is whole at every moment. */
import { renameSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readOwn, writeWhole } from '../shared/state-files';
import type { DockerPending } from './docker-lines';

/** A file whose lines were taken up to `offset`. */
export interface FileCheckpoint {
  /** Random, of its own for every content that a file ever had: keys of lines begin with it. */
  readonly id: string;
  /** Which source it belongs to. */
  readonly source: string;
  readonly path: string;
  readonly inode: string;
  readonly offset: number;
  /** Digest of the last bytes before `offset`: whether a file of this inode is still the same one. */
  readonly tail: string;
  /** Of the file's first `length` bytes, where some are sent and not acknowledged, and those before `offset` are too few to tell it. */
  readonly shown?: { readonly length: number; readonly digest: string };
  /** Pieces of lines of a container that miss their end. */
  readonly pending?: DockerPending;
}

export interface Checkpoint {
  readonly files: readonly FileCheckpoint[];
  /** Cursor by source. */
  readonly journals: Readonly<Record<string, string>>;
}

/** Writes and reads the checkpoint; those who wait for a write at the same time share one. */
export class CheckpointFile {
  /** Writes so far. */
  writes = 0;
  readonly #path: string;
  readonly #snapshot: () => Checkpoint;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param snapshot what is acknowledged when it is called */
  constructor(folder: string, snapshot: () => Checkpoint) {
    this.#path = join(folder, 'checkpoint.json');
    this.#snapshot = snapshot;
  }

  /** Resolves when everything that was acknowledged before the call is on disk. */
  commit(): Promise<void> {
    // What runs has taken its snapshot already.
    this.#next ??= (this.#running ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        this.#running = this.#write(JSON.stringify(this.#snapshot()));
        return this.#running;
      });
    return this.#next;
  }

  async #write(text: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await writeWhole(this.#path, text);
    this.writes++;
  }
}

/**
 * The checkpoint in a folder; empty where there is none. One that can't be understood is put aside: everything that is still there is
 * sent again then, and nothing is lost.
 */
export function readCheckpoint(folder: string, log: (text: string) => void): Checkpoint {
  const path = join(folder, 'checkpoint.json');
  try {
    const { files, journals } = JSON.parse(readOwn(path)) as Checkpoint;
    if (!Array.isArray(files) || typeof journals !== 'object') throw new Error('it has other fields');
    return { files, journals };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { files: [], journals: {} };
    // ELOOP: it is a link.
    if (code !== undefined && code !== 'ELOOP') throw error;
    renameSync(path, `${path}.unreadable`);
    log(`${path} can't be understood (${(error as Error).message}): put aside, everything is sent again`);
    return { files: [], journals: {} };
  }
}
