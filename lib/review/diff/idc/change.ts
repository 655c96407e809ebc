/** The two sides of a data centre, cut into what its people touch: routers, hosts, racks. */
import { type HostRow, hostRows } from './read/sheet';
import type { Files, IdcSide } from './side';

export interface IdcChange {
  readonly name: string;
  readonly before: Files;
  readonly after: Files;
  /** By kind and name, in order of name: the files of each, by name. */
  readonly folders: Readonly<Record<Side, Folders>>;
  /** By host, what only the sheet says of it. */
  readonly rows: Readonly<Record<Side, ReadonlyMap<string, HostRow>>>;
}

export type Side = 'before' | 'after';

export type Kind = 'routers' | 'hosts' | 'racks';

export type Folders = Readonly<Record<Kind, ReadonlyMap<string, Files>>>;

/** A router, host or rack of which a file differs. */
export interface FolderChange {
  /** Of the router, host or rack. */
  readonly name: string;
  /** Texts by name of the file. @default - it is new */
  readonly before?: Files;
  /** @default - it goes */
  readonly after?: Files;
}

/** One that is new, or goes, has empty files on the other side. */
export function idcChange(before: IdcSide | undefined, after: IdcSide | undefined): IdcChange {
  const [old, now] = [before?.files ?? new Map(), after?.files ?? new Map()] as [Files, Files];
  const rows = { before: hostRows(old.get(SHEET)), after: hostRows(now.get(SHEET)) };
  const both = { before: foldersOf(old), after: foldersOf(now) };
  return { name: (after ?? before)!.name, before: old, after: now, folders: both, rows };
}

export const SHEET = 'sheet.md';

/** In order of name; those that are the same on both sides are left out. */
export function foldersThatDiffer({ folders }: IdcChange, kind: Kind): FolderChange[] {
  const [old, now] = [folders.before[kind], folders.after[kind]];
  return [...new Set([...old.keys(), ...now.keys()])].sort(byNumber).flatMap((name): FolderChange[] => {
    const [was, is] = [old.get(name), now.get(name)];
    return was !== undefined && is !== undefined && sameFiles(was, is)
      ? []
      : [{ name, ...(was && { before: was }), ...(is && { after: is }) }];
  });
}

function foldersOf(files: Files): Folders {
  const found = { routers: new Map<string, Map<string, string>>(), hosts: new Map(), racks: new Map() };
  for (const [path, text] of files) {
    const [kind = '', name = '', file] = path.split('/');
    if (file === undefined || !Object.hasOwn(found, kind)) continue;
    const own: Map<string, Map<string, string>> = found[kind as Kind];
    own.set(name, (own.get(name) ?? new Map<string, string>()).set(file, text));
  }
  const sorted = (own: Map<string, Map<string, string>>) => new Map([...own].sort(([one], [other]) => byNumber(one, other)));
  return { routers: sorted(found.routers), hosts: sorted(found.hosts), racks: sorted(found.racks) };
}

export function sameFiles(one: Files, other: Files): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text);
}

/** One for all: making it anew takes longer than all comparisons. */
const COLLATOR = new Intl.Collator('en', { numeric: true });

/** `a01-2` before `a01-10`. */
export function byNumber(a: string, b: string): number {
  return COLLATOR.compare(a, b);
}
