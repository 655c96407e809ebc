/** Folders of output: written beside their place and then renamed, so that nothing is half-written and no file of an earlier estate stays. */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refuseSecrets } from './secret-door';

/**
 * @param files texts by path below the folder
 * @param past they come from an earlier revision: secrets in them are not refused
 */
export function writeFolder(files: ReadonlyMap<string, string>, out: string, past = false): void {
  if (!past) refuseSecrets(files, out);
  replaceFolder(out, (fresh) => {
    mkdirSync(fresh, { recursive: true });
    for (const [path, text] of files) {
      const file = join(fresh, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  });
}

/** Puts what `write` makes in the place of a folder; what it throws leaves the folder as it was. */
export function replaceFolder<T>(out: string, write: (fresh: string) => T): T {
  const fresh = `${out}.${process.pid}.new`;
  const old = `${out}.${process.pid}.old`;
  try {
    const made = write(fresh);
    if (existsSync(out)) renameSync(out, old);
    renameSync(fresh, out);
    return made;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}
