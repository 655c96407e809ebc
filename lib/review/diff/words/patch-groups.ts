/** Equal patches of several fleets are one, with their names. */
import type { PatchHunk, UserDataPatch } from './user-data-patch';

export interface PatchGroup {
  readonly patches: readonly UserDataPatch[];
  /** What all of them have in common; line numbers and lines around, where they differ, are left out. */
  readonly hunks: readonly PatchHunk[];
}

/** Lines before a change that must be alike for two patches to be of the same file. */
const ALIKE_BEFORE = 2;

/** In order of the first of each. */
export function patchGroups(patches: readonly UserDataPatch[]): PatchGroup[] {
  const groups: PatchGroup[] = [];
  for (const patch of patches) {
    const at = groups.findIndex(({ hunks }) => common(hunks, patch.hunks) !== undefined);
    const known = groups[at];
    if (known === undefined) groups.push({ patches: [patch], hunks: patch.hunks });
    else groups[at] = { patches: [...known.patches, patch], hunks: common(known.hunks, patch.hunks)! };
  }
  return groups;
}

function common(some: readonly PatchHunk[], others: readonly PatchHunk[]): PatchHunk[] | undefined {
  if (some.length !== others.length) return undefined;
  const hunks: PatchHunk[] = [];
  for (const [at, one] of some.entries()) {
    const other = others[at]!;
    if (!sameLines(one.changes, other.changes)) return undefined;
    const before = commonEnd(one.before, other.before);
    if (!sameLines(one.before, other.before) && before.length < ALIKE_BEFORE) return undefined;
    const after = commonEnd([...one.after].reverse(), [...other.after].reverse()).reverse();
    hunks.push({ place: one.place === other.place ? one.place : '@@', before, changes: one.changes, after });
  }
  return hunks;
}

function commonEnd(some: readonly string[], others: readonly string[]): string[] {
  let length = 0;
  while (length < Math.min(some.length, others.length) && some.at(-1 - length) === others.at(-1 - length)) length++;
  return length === 0 ? [] : some.slice(-length);
}

function sameLines(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((line, at) => line === others[at]);
}
