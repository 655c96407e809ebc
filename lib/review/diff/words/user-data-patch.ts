/** A fleet's text as a unified diff: decoded, without secrets. */
import { type StructuredPatchHunk, structuredPatch } from 'diff';
import type { UserDataChange } from '../meaning/meaning';
import { withoutSecrets } from '../meaning/secrets';

export interface UserDataPatch {
  readonly fleet: string;
  readonly stacks: readonly string[];
  /** Lines that come, and that go. */
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly PatchHunk[];
}

/** Lines that follow each other, from the first that changes to the last, and some around. */
export interface PatchHunk {
  /** `@@ -7,3 +7,4 @@`. */
  readonly place: string;
  readonly before: readonly string[];
  readonly changes: readonly string[];
  readonly after: readonly string[];
}

/** Compared as it is and shown without secrets: that one changed is seen, its value is not. */
export function userDataPatch({ fleet, stacks, before = '', after = '' }: UserDataChange): UserDataPatch {
  const [old, now] = [withoutSecrets(before).split('\n'), withoutSecrets(after).split('\n')];
  const hunks = hunksOf(before, after).map((hunk) => shownHunk(hunk, old, now));
  const changes = hunks.flatMap((hunk) => hunk.changes);
  return {
    fleet,
    stacks,
    added: changes.filter((line) => line.startsWith('+')).length,
    removed: changes.filter((line) => line.startsWith('-')).length,
    hunks,
  };
}

function shownHunk(hunk: StructuredPatchHunk, old: readonly string[], now: readonly string[]): PatchHunk {
  let [oldLine, newLine] = [hunk.oldStart - 1, hunk.newStart - 1];
  const lines = hunk.lines.map((line) => {
    if (line.startsWith('\\')) return line;
    if (line.startsWith('-')) return `-${old[oldLine++]}`;
    if (line.startsWith('+')) return `+${now[newLine++]}`;
    oldLine++;
    return ` ${now[newLine++]}`;
  });
  const first = lines.findIndex((line) => /^[+-]/.test(line));
  const last = lines.findLastIndex((line) => /^[+-]/.test(line)) + 1;
  return {
    place: `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    before: lines.slice(0, first),
    changes: lines.slice(first, last),
    after: lines.slice(last),
  };
}

/** Lines that differ, at most: the search takes their square in time. Texts that differ in more have little in common. */
const MOST_EDITS = 2000;

function hunksOf(before: string, after: string): StructuredPatchHunk[] {
  const options = { context: 3, maxEditLength: MOST_EDITS };
  const found = structuredPatch('', '', before, after, undefined, undefined, options);
  if (found !== undefined) return found.hunks;
  const [old, now] = [before, after].map((text) => text.replace(/\n$/, '').split('\n')) as [string[], string[]];
  const lines = [...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`)];
  return [{ oldStart: 1, oldLines: old.length, newStart: 1, newLines: now.length, lines }];
}

/** Unified, with the two file lines. @param name of the fleet, or of all that have the patch */
export function patchLines(name: string, hunks: readonly PatchHunk[]): string[] {
  const body = hunks.flatMap(({ place, before, changes, after }) => [place, ...before, ...changes, ...after]);
  return [`--- ${name} (stands)`, `+++ ${name} (would be)`, ...body];
}

/** `2 lines come, 1 goes`. */
export function patchSummary({ added, removed }: Pick<UserDataPatch, 'added' | 'removed'>): string {
  return `${added} ${added === 1 ? 'line comes' : 'lines come'}, ${removed} ${removed === 1 ? 'goes' : 'go'}`;
}
