/** In which order stacks deploy whose hosts stop: one after the other, or beside each other. */
import type { Timeline } from '../../../rehearsal/model';
import type { EstateDiff } from '../estate-diff';
import { placedLines, placedStack, placeOfStack } from './placed-names';

/** Kinds of meaning that a host is away by. */
const STOPS: ReadonlySet<string> = new Set([
  'host-restarts',
  'host-replaced',
  'host-may-be-replaced',
  'host-made-anew',
  'host-goes',
  'fleet-rolls',
]);

/** One line an order, with the regions that have it; none where a region has one such stack, or nobody knows the order. */
export function orderLines({ stacks, order, timeline }: EstateDiff): string[] {
  const stopping = stacks.filter(({ meanings }) => meanings.some(({ kind }) => STOPS.has(kind))).map(({ change }) => change.path);
  const alike = new Map<string, string[]>();
  for (const place of new Set(stopping.flatMap((path) => placeOfStack(path) ?? []))) {
    const own = stopping.filter((path) => placeOfStack(path) === place);
    const levels = timeline === undefined ? order && levelsOf(own, order) : levelsInTime(own, timeline);
    if (own.length < 2 || levels === undefined) continue;
    const words = levels.map((level) =>
      placedLines(
        level.map((path) => ({ name: placedStack(path).name })),
        '/',
      ).join('; '),
    );
    const told = words.map((one, at) => `${at + 1}. ${one}${levels[at]!.length > 1 ? ' (side by side)' : ''}`).join(', ');
    alike.set(told, [...(alike.get(told) ?? []), place]);
  }
  return [...alike].map(([told, places]) => {
    const where = places.length === 1 ? places[0] : `${places.length} regions: ${places.join(', ')}`;
    return `order of stacks in ${where}: ${told}`;
  });
}

/** Each stack behind all that it waits for, directly or by others. */
function levelsOf(paths: readonly string[], order: ReadonlyMap<string, readonly string[]>): string[][] {
  const known = new Map<string, number>();
  const stops = new Set(paths);
  // How many of the paths stand before a stack on its longest way; -1 for none.
  const depth = (path: string): number => {
    const found = known.get(path);
    if (found !== undefined) return found;
    known.set(path, -1);
    const before = Math.max(-1, ...(order.get(path) ?? []).map(depth));
    known.set(path, stops.has(path) ? before + 1 : before);
    return known.get(path)!;
  };
  const depths = [...new Set(paths.map(depth))].sort((a, b) => a - b);
  return depths.map((level) => paths.filter((path) => depth(path) === level));
}

/** Stacks whose deploys overlap stand beside each other. */
function levelsInTime(paths: readonly string[], { stacks }: Timeline): string[][] {
  const runs = stacks.filter(({ path }) => paths.includes(path)).sort((a, b) => a.from - b.from);
  const levels: string[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { path, from, to } of runs) {
    if (from < end) levels.at(-1)!.push(path);
    else levels.push([path]);
    end = Math.max(end, to);
  }
  return levels;
}
