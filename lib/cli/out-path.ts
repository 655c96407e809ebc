/** Where a verb may write its folders: not into what describes the estate, nor around it. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { Refusal } from './verb';

/** What is read as a description, or is git's own: a folder that came to stand in it would be read the next time. */
const TAKEN = ['regions', 'cloud-config', '.git'];

/** @throws Refusal OUT_PATH for a path that can't be a folder of ours, whatever stands there */
export function refusePlace(out: string, root: string, fix: string): void {
  const path = realNearest(out);
  const base = realNearest(resolve(root));
  const inside = TAKEN.find((name) => holds(join(base, name), path));
  if (inside !== undefined) throw new Refusal('OUT_PATH', `${out} is part of ${inside}/, which is read or is git's`, fix);
  if (holds(path, base)) throw new Refusal('OUT_PATH', `${out} holds the estate itself, which would be replaced with it`, fix);
}

/** The first path for an assembly that is free, quoted for a shell. */
export function freeOut(root: string): string {
  return free((n) => join(resolve(root), `meissa-out${n}`, 'cdk.out'), dirname);
}

/** The first path for a rehearsal's state that is free, quoted for a shell. */
export function freeState(root: string): string {
  return free(
    (n) => join(resolve(root), '.meissa', `state${n}`),
    (path) => path,
  );
}

function free(path: (n: string) => string, top: (path: string) => string): string {
  for (let n = 1; ; n++) {
    const each = path(n === 1 ? '' : `-${n}`);
    if (!existsSync(top(each))) return /^[\w./-]+$/.test(each) ? each : `'${each.replaceAll("'", `'\\''`)}'`;
  }
}

function holds(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(way) !== way);
}

/** Behind symlinks, as far as there is something. */
function realNearest(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realNearest(dirname(path)), basename(path));
  }
}
