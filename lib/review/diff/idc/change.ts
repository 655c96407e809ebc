/** The two sides of a data centre, cut into what its people touch: routers, hosts, racks. */
import { type HostRow, hostRows } from './read/sheet';
import type { Files, IdcSide } from './side';

export interface IdcChange {
  readonly name: string;
  readonly before: Files;
  readonly after: Files;
  /** By host, what only the sheet says of it. */
  readonly rows: Readonly<Record<'before' | 'after', ReadonlyMap<string, HostRow>>>;
}

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
  return { name: (after ?? before)!.name, before: old, after: now, rows };
}

export const SHEET = 'sheet.md';

/** In order of name; those that are the same on both sides are left out. */
export function foldersThatDiffer({ before, after }: IdcChange, kind: 'routers' | 'hosts' | 'racks'): FolderChange[] {
  const [old, now] = [folders(before, kind), folders(after, kind)];
  return [...new Set([...old.keys(), ...now.keys()])].sort(byNumber).flatMap((name): FolderChange[] => {
    const [was, is] = [old.get(name), now.get(name)];
    return was !== undefined && is !== undefined && sameFiles(was, is)
      ? []
      : [{ name, ...(was && { before: was }), ...(is && { after: is }) }];
  });
}

/** By name, the files of each router, host or rack. */
export function folders(files: Files, kind: string): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [path, text] of files) {
    const [top, name, file] = path.split('/');
    if (top !== kind || name === undefined || file === undefined) continue;
    const own = found.get(name) ?? new Map<string, string>();
    found.set(name, own.set(file, text));
  }
  return found;
}

export function sameFiles(one: Files, other: Files): boolean {
  return one.size === other.size && [...one].every(([path, text]) => other.get(path) === text);
}

/** `a01-2` before `a01-10`. */
export function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
