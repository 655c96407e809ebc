/** In which order stacks deploy whose hosts stop: one after the other, or beside each other. */
import type { Timeline } from '../../../rehearsal/model';
import type { EstateDiff } from '../estate-diff';
import { hostList } from './host-list';
import { placedStack, placeOfStack } from './placed-names';

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
    const words = timeline === undefined ? order && orderWords(own, order) : wordsInTime(own, timeline);
    if (own.length > 1 && words !== undefined) alike.set(words, [...(alike.get(words) ?? []), place]);
  }
  return [...alike].map(([words, places]) => {
    const where = places.length === 1 ? places[0] : `${places.length} regions (${places.join(', ')})`;
    return `order of stacks in ${where}: ${words}`;
  });
}

/** `first controllers, voters; brokers after controllers; ...`: what no order keeps apart may run at the same time. */
function orderWords(paths: readonly string[], order: ReadonlyMap<string, readonly string[]>): string {
  const stops = new Set(paths);
  const before = (path: string): string[] =>
    (order.get(path) ?? []).flatMap((other) => (stops.has(other) ? [other] : before(other)));
  const all = (path: string): string[] => before(path).flatMap((other) => [other, ...all(other)]);
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const waits = [...new Set(before(path))];
    // Whoever waits for the last of a row waits for all of it.
    const last = waits.filter((one) => !waits.some((other) => all(other).includes(one)));
    groups.set(listed(last), [...(groups.get(listed(last)) ?? []), path]);
  }
  const words = [...groups].map(([after, own]) => (after === '' ? `first ${listed(own)}` : `${listed(own)} after ${after}`));
  return `${words.join('; ')}; those between which no order stands, side by side`;
}

/** As they ran: one after the other, or beside each other where they overlap. */
function wordsInTime(paths: readonly string[], { stacks }: Timeline): string {
  const runs = stacks.filter(({ path }) => paths.includes(path)).sort((a, b) => a.from - b.from);
  const levels: string[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const { path, from, to } of runs) {
    if (from < end) levels.at(-1)!.push(path);
    else levels.push([path]);
    end = Math.max(end, to);
  }
  return levels.map((level) => `${listed(level)}${level.length > 1 ? ' side by side' : ''}`).join(', then ');
}

function listed(paths: readonly string[]): string {
  return hostList(paths.map((path) => placedStack(path).name)).replaceAll('; ', ', ');
}
