/** A fleet's text as a unified diff: decoded, without secrets. */
import { structuredPatch } from 'diff';
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
  const { hunks } = structuredPatch(fleet, fleet, before, after, undefined, undefined, { context: 3 });
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
