/** Lines that no front end takes because they are too long: kept as they are, for a person. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { anew, syncFolder } from '../shared/state-files';

/** A name has 255 bytes at most, `.new` included. */
const NAME = 240;

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
      (await readdir(this.#folder)).map((name) => lstat(join(this.#folder, name)).catch(() => undefined)),
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
    const path = join(this.#folder, nameOf(place));
    const room = this.limit - this.bytes;
    let length = 0;
    const file = await anew(`${path}.new`);
    try {
      for await (const piece of line) {
        length += piece.length;
        if (length > room) throw new DeadLettersAreFull(`dead letters have ${room} bytes left`);
        await file.writeFile(piece);
      }
      await file.sync();
    } catch (error) {
      await rm(`${path}.new`, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    await syncFolder(this.#folder);
    this.count++;
    this.bytes += length;
  }
}

/** A name that no place of another line has, with nothing in it that leads out of the folder. */
function nameOf(place: readonly string[]): string {
  const name = place.map((each) => each.replace(/[^A-Za-z0-9._-]/g, '_')).join('-');
  if (name.length <= NAME) return name;
  return `${name.slice(0, NAME - 17)}-${createHash('sha256').update(place.join('\n')).digest('hex').slice(0, 16)}`;
}
