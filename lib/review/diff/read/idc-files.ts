/** Files of data centres in a folder that `meissa synth` wrote. */
import { Unreadable } from '../../../disk/unreadable';
import type { EstateSource } from '../../../estate/read/source';
import { AssemblyError } from './assemblies';

/**
 * By path below the folder. Undefined where there is no such folder.
 *
 * @throws AssemblyError for a file that can't be read
 */
export function idcFilesIn(files: EstateSource, folder: string): ReadonlyMap<string, string> | undefined {
  const idcs = listed(files, folder);
  if (idcs === undefined) return undefined;
  const found = new Map<string, string>();
  const take = (path: string): void => {
    const text = readText(files, path);
    if (text !== undefined) found.set(path.slice(folder.length + 1), text);
  };
  for (const idc of idcs) {
    for (const top of files.list(`${folder}/${idc}`) ?? []) {
      if (!FOLDERS.includes(top)) take(`${folder}/${idc}/${top}`);
      else
        for (const name of listed(files, `${folder}/${idc}/${top}`) ?? [])
          for (const file of listed(files, `${folder}/${idc}/${top}/${name}`) ?? [])
            take(`${folder}/${idc}/${top}/${name}/${file}`);
    }
  }
  return found;
}

/** What a data centre has many of, each a folder. */
const FOLDERS = ['routers', 'hosts', 'racks'];

/** Without the mark by which synth knows its own folder. */
function listed(files: EstateSource, folder: string): readonly string[] | undefined {
  return files.list(folder)?.filter((name) => !name.startsWith('.'));
}

function readText(files: EstateSource, path: string): string | undefined {
  try {
    return files.read(path);
  } catch (error) {
    throw error instanceof Unreadable ? new AssemblyError(path, error.what) : error;
  }
}
