/** Lines that no front end takes because they are too long: kept as they are, for a person. */
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** There is no room for another one. */
export class DeadLettersAreFull extends Error {
  override readonly name = 'DeadLettersAreFull';
}

export class DeadLetters {
  /** Written since the start. */
  count = 0;
  /** Bytes in the folder. */
  bytes = 0;
  readonly #folder: string;

  constructor(
    folder: string,
    private readonly limit: number,
  ) {
    this.#folder = join(folder, 'dead-letters');
  }

  /** Looks at what is there: a person may have taken some away. */
  async measure(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const sizes = await Promise.all(
      (await readdir(this.#folder)).map((name) => stat(join(this.#folder, name)).catch(() => undefined)),
    );
    this.bytes = sizes.reduce((sum, each) => sum + (each?.size ?? 0), 0);
  }

  /**
   * Keeps a line on disk. The same place gives the same name, so a line that comes twice is there once.
   *
   * @param place topic, feed and offset
   * @throws DeadLettersAreFull nothing of it is kept
   */
  async put(place: readonly string[], line: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    await this.measure();
    const path = join(this.#folder, place.map((each) => each.replace(/[^A-Za-z0-9._-]/g, '_')).join('-'));
    const room = this.limit - this.bytes;
    let length = 0;
    const bounded = async function* (): AsyncIterable<Buffer> {
      for await (const piece of line) {
        length += piece.length;
        if (length > room) throw new DeadLettersAreFull(`dead letters have ${room} bytes left`);
        yield piece;
      }
    };
    try {
      await pipeline(bounded, createWriteStream(`${path}.new`, { mode: 0o600 }));
    } catch (error) {
      await rm(`${path}.new`, { force: true });
      throw error;
    }
    await sync(`${path}.new`);
    await rename(`${path}.new`, path);
    await sync(this.#folder);
    this.count++;
    this.bytes += length;
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
