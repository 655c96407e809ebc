/** Up to where the spool is confirmed, on disk. An old one costs lines that are sent twice, never a line. */
import { join } from 'node:path';
import { type Files, readWhole, syncFolder, writeWhole } from './files';
import type { Position } from './segment';

export interface Checkpoint extends Position {
  /** Lines that are confirmed of segments that are not confirmed as a whole, by number. @default - unknown */
  readonly confirmed?: Readonly<Record<string, number>>;
  /** Lines that the spool had kept over all boots, and how many of them were done with. @default - unknown */
  readonly kept?: number;
  readonly done?: number;
  /** Topics that wait apart from the others, each from where. */
  readonly apart?: Readonly<Record<string, Position>>;
}

const NAME = 'checkpoint';

/** The confirmed place; undefined where there is none, or none that can be read: everything is sent again then. */
export async function readCheckpoint(files: Files, folder: string): Promise<Checkpoint | undefined> {
  try {
    const path = join(folder, NAME);
    const { size } = await files.stat(path);
    const file = await files.open(path, 'r');
    try {
      const read = JSON.parse((await readWhole(file, 0, size)).toString('utf8'));
      return isPosition(read) && Object.values(read.apart ?? {}).every(isPosition) ? read : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

function isPosition(value: unknown): value is Checkpoint {
  const { segment, offset } = (value ?? {}) as Partial<Position>;
  return isCount(segment) && isCount(offset);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Wholly or not at all, also when the power fails. */
export async function writeCheckpoint(files: Files, folder: string, checkpoint: Checkpoint): Promise<void> {
  const path = join(folder, NAME);
  const file = await files.open(`${path}.new`, 'w');
  try {
    await writeWhole(file, Buffer.from(`${JSON.stringify(checkpoint)}\n`), 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(`${path}.new`, path);
  await syncFolder(files, folder);
}
