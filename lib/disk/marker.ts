/** `.meissa-folder`: the file by which a folder is ours, and says what kind of ours. Without it nothing in a folder is removed or replaced. */
import { closeSync, constants, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from './process-identity';

export const MARKER = '.meissa-folder';

/** `scratch`: of one process, gone with it. `rehearsal`: the state of an embedded cloud. The others are what synth writes. */
export type FolderKind = 'cdk.out' | 'aliyun.out' | 'idc.out' | 'rehearsal' | 'scratch';

const KINDS: readonly FolderKind[] = ['cdk.out', 'aliyun.out', 'idc.out', 'rehearsal', 'scratch'];

export interface Marker {
  readonly kind: FolderKind;
  /** Paths of what was written, below the folder. @default - what the kind is known to hold */
  readonly files?: readonly string[];
  /** Whose it is. @default - nobody's in particular */
  readonly process?: ProcessIdentity;
}

/** Larger than any list of files that we write. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The same folder gives the same bytes: no time, no process, but for scratch. */
export function writeMarker(folder: string, marker: Marker): void {
  const about = 'written by meissa, which may empty, replace and remove this folder';
  writeFileSync(join(folder, MARKER), `${JSON.stringify({ meissa: 'folder', about, ...marker }, undefined, 1)}\n`, {
    flag: 'wx',
  });
}

/** @returns undefined where no marker of ours stands: a symlink is none, and what looks different is none */
export function readMarker(folder: string): Marker | undefined {
  try {
    // Windows has no O_NOFOLLOW; the descriptor's own type is looked at everywhere. O_NONBLOCK: a pipe isn't waited for.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const file = openSync(join(folder, MARKER), flags);
    try {
      const status = fstatSync(file);
      if (!status.isFile() || status.size > MOST_BYTES) return undefined;
      return parse(JSON.parse(readFileSync(file, 'utf8')));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function parse(read: Partial<Marker & { meissa: unknown }> | null): Marker | undefined {
  if (read?.meissa !== 'folder' || !KINDS.includes(read.kind!)) return undefined;
  const { kind, files, process: of } = read as Marker;
  if (files !== undefined && !(Array.isArray(files) && files.every((file) => typeof file === 'string'))) return undefined;
  return { kind, ...(files === undefined ? {} : { files }), ...(of === undefined ? {} : { process: of }) };
}
