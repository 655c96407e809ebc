import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Takes files back that this process has just written into a folder of its own: what must not stay is found only once it is there. */
export function takeBack(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, name), { force: true });
}
