/** Where forwarding goes on after a start: the checkpoint held against the segments that are there. */
import type { Checkpoint } from './checkpoint';
import type { Files } from './files';
import { countLines } from './reader';
import { isBefore, type Position, type Segment } from './segment';

export interface Settled {
  readonly from: Checkpoint;
  /** Why nothing may be forwarded until somebody has looked. */
  readonly strange?: string;
}

const BEGIN: Checkpoint = { segment: 0, offset: 0 };

/**
 * Marks what is confirmed in the segments. A checkpoint that names a place behind all that is there: files are missing, or have become shorter, and
 * whether what is there was sent is not known.
 *
 * @param drops whether this spool gives its oldest segments up: a checkpoint may name one of them then
 */
export async function settle(
  files: Files,
  segments: readonly Segment[],
  saved: Checkpoint | undefined,
  drops: boolean,
): Promise<Settled> {
  if (saved === undefined) return { from: BEGIN };
  const places = [saved, ...Object.values(saved.apart ?? {})];
  const beyond = places.find((place) => isBeyond(place, segments, drops));
  if (beyond !== undefined)
    return {
      from: BEGIN,
      strange: `the checkpoint names byte ${beyond.offset} of segment ${beyond.segment}, which is not there; remove the file "checkpoint" to send all that is there again`,
    };
  const [first] = segments;
  if (first === undefined) return { from: saved };
  // Only the oldest are ever dropped. One that is missing among others was taken by somebody: nobody knows what arrived.
  if (first.number < saved.segment && !segments.some(({ number }) => number === saved.segment)) return { from: BEGIN };
  const earliest = places.reduce<Position>((a, b) => (isBefore(b, a) ? b : a), saved);
  for (const segment of segments) {
    segment.confirmed = await confirmedOf(files, segment, saved, earliest);
    segment.taken = segment.confirmed;
  }
  return { from: saved };
}

function isBeyond({ segment, offset }: Position, segments: readonly Segment[], drops: boolean): boolean {
  if (segment === 0) return false;
  const named = segments.find(({ number }) => number === segment);
  return named === undefined ? !(drops && segments.some(({ number }) => number > segment)) : offset > named.bytes;
}

async function confirmedOf(files: Files, segment: Segment, saved: Checkpoint, earliest: Position): Promise<number> {
  const lines = segment.next - segment.first;
  if (segment.number < earliest.segment) return lines;
  if (saved.confirmed !== undefined) return Math.min(saved.confirmed[segment.number] ?? 0, lines);
  // Of the first version, which didn't say.
  return segment.number === saved.segment ? countLines(files, segment, { until: saved.offset }) : 0;
}

/**
 * Lines that should be there and aren't: kept by the newest segment's word or the checkpoint's, less what was done with, less what is there. Whole
 * files may be missing, and nothing but this tells.
 *
 * @returns and the number of all lines that were ever kept
 */
export function balance(
  segments: readonly Segment[],
  saved: Checkpoint | undefined,
): { readonly kept: number; readonly missing: number } {
  let before: number | undefined;
  for (const segment of segments) {
    segment.total ??= before;
    before = segment.total === undefined ? undefined : segment.total + segment.next - segment.first;
  }
  const there = segments.reduce((sum, { next, first, confirmed }) => sum + next - first - confirmed, 0);
  const kept = Math.max(before ?? there, saved?.kept ?? 0);
  const done = saved === undefined ? (segments[0]?.total ?? 0) : saved.done;
  return { kept, missing: done === undefined ? 0 : Math.max(0, kept - done - there) };
}
