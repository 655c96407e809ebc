/** Where the files of an estate come from: the disk (files/disk-source.ts), or a map in memory. Paths use `/` and start at the estate's root. */
export interface EstateSource {
  /** Names in a folder, sorted; undefined when there is no such folder. */
  list(folder: string): readonly string[] | undefined;
  /** Text of a file; undefined when there is no such file. Throws when it is there and can't be read. */
  read(path: string): string | undefined;
}

/** An estate of texts by path. */
export function memorySource(files: Readonly<Record<string, string>>): EstateSource {
  return {
    list(folder) {
      const prefix = `${folder}/`;
      const names = new Set<string>();
      for (const path of Object.keys(files)) if (path.startsWith(prefix)) names.add(path.slice(prefix.length).split('/')[0]!);
      return names.size === 0 ? undefined : [...names].sort();
    },
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
  };
}

/** A source that holds nothing. */
export const emptySource: EstateSource = { list: () => undefined, read: () => undefined };
