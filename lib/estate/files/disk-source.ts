/** Reads an estate from the disk. The files of this folder are the only ones of this room that know the file system. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EstateSource } from '../source';

/** The files under a folder. */
export function diskSource(root: string): EstateSource {
  return {
    list(folder) {
      try {
        return readdirSync(join(root, folder)).sort();
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    read(path) {
      try {
        return readFileSync(join(root, path), 'utf8');
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
  };
}

function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The folder of this package: the nearest one upwards that has a package.json, from lib/ as from dist/lib/. */
export function packageRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return __dirname;
    folder = parent;
  }
  return folder;
}
