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
  /** Unified, with the two file lines. */
  readonly patch: string;
}

/** Compared as it is and shown without secrets: that one changed is seen, its value is not. */
export function userDataPatch({ fleet, stacks, before = '', after = '' }: UserDataChange): UserDataPatch {
  const hunks = hunksOf(before, after);
  const [old, now] = [withoutSecrets(before).split('\n'), withoutSecrets(after).split('\n')];
  const lines = hunks.flatMap((hunk) => {
    let [oldLine, newLine] = [hunk.oldStart - 1, hunk.newStart - 1];
    const shown = hunk.lines.map((line) => {
      if (line.startsWith('\\')) return line;
      if (line.startsWith('-')) return `-${old[oldLine++]}`;
      if (line.startsWith('+')) return `+${now[newLine++]}`;
      oldLine++;
      return ` ${now[newLine++]}`;
    });
    return [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, ...shown];
  });
  return {
    fleet,
    stacks,
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
    patch: [`--- ${fleet} (stands)`, `+++ ${fleet} (would be)`, ...lines].join('\n'),
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

/** `User-data of us-east-1-core-storage: 2 lines come, 1 goes`. */
export function summaryOf({ fleet, added, removed }: UserDataPatch): string {
  return `User-data of ${fleet}: ${added} ${added === 1 ? 'line comes' : 'lines come'}, ${removed} ${removed === 1 ? 'goes' : 'go'}`;
}
