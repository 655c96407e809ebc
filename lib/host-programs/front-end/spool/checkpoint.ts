/** Up to where the spool is confirmed, on disk. An old one costs lines that are sent twice, never a line. */
import { join } from 'node:path';
import { readOwn, writeWhole } from '../../shared/state-files';
import type { Position } from './segment';

const NAME = 'checkpoint';

/** The confirmed place; undefined where there is none, or none that can be read: everything is sent again then. */
export async function readCheckpoint(folder: string): Promise<Position | undefined> {
  try {
    const { segment, offset } = JSON.parse(readOwn(join(folder, NAME))) as Partial<Position>;
    return Number.isSafeInteger(segment) && Number.isSafeInteger(offset) ? { segment: segment!, offset: offset! } : undefined;
  } catch {
    return undefined;
  }
}

/** Wholly or not at all, also when the power fails. */
export async function writeCheckpoint(folder: string, position: Position): Promise<void> {
  await writeWhole(join(folder, NAME), `${JSON.stringify(position)}\n`);
}
