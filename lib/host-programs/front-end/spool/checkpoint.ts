/** Up to where the spool is confirmed, on disk. An old one costs lines that are sent twice, never a line. */
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Position, syncFolder } from './segment';

const NAME = 'checkpoint';

/** The confirmed place; undefined where there is none, or none that can be read: everything is sent again then. */
export async function readCheckpoint(folder: string): Promise<Position | undefined> {
  try {
    const { segment, offset } = JSON.parse(await readFile(join(folder, NAME), 'utf8')) as Partial<Position>;
    return Number.isSafeInteger(segment) && Number.isSafeInteger(offset) ? { segment: segment!, offset: offset! } : undefined;
  } catch {
    return undefined;
  }
}

/** Wholly or not at all, also when the power fails. */
export async function writeCheckpoint(folder: string, position: Position): Promise<void> {
  const path = join(folder, NAME);
  const handle = await open(`${path}.new`, 'w');
  try {
    await handle.writeFile(`${JSON.stringify(position)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
  await syncFolder(folder);
}
