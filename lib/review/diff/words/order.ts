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

/** None where no region has two such stacks, or nobody knows the order. */
export function orderLines({ stacks, order, timeline }: EstateDiff): string[] {
  const stopping = stacks.filter(({ meanings }) => meanings.some(({ kind }) => STOPS.has(kind))).map(({ change }) => change.path);
  const places = [...new Set(stopping.flatMap((path) => placeOfStack(path) ?? []))]
    .map((place) => ({ place, own: stopping.filter((path) => placeOfStack(path) === place) }))
    .filter(({ own }) => own.length > 1);
  if (timeline === undefined) return order === undefined || places.length === 0 ? [] : [orderWords(places, order)];
  const alike = new Map<string, string[]>();
  for (const { place, own } of places) {
    const words = wordsInTime(own, timeline);
    alike.set(words, [...(alike.get(words) ?? []), place]);
  }
  return [...alike].map(([words, having]) => `${whereWords(having)}: ${words}`);
}

interface Place {
  readonly place: string;
  /** Paths of its stacks whose hosts stop. */
  readonly own: readonly string[];
}

function whereWords(places: readonly string[]): string {
  return `order of stacks in ${places.length === 1 ? places[0] : `${places.length} regions (${places.join(', ')})`}`;
}

/** `first controllers, voters; brokers after controllers; ...`: what holds in every region that has the stacks is said once. */
function orderWords(places: readonly Place[], order: ReadonlyMap<string, readonly string[]>): string {
  const afters = new Map<string, Map<string, string[]>>();
  for (const { place, own } of places) {
    for (const [name, after] of waits(own, order)) {
      const known = afters.get(name) ?? new Map<string, string[]>();
      afters.set(name, known.set(after, [...(known.get(after) ?? []), place]));
    }
  }
  const groups = new Map<string, string[]>([['', []]]);
  for (const [name, byAfter] of afters) {
    for (const [after, having] of byAfter) {
      const told = byAfter.size === 1 ? after : `${after} in ${having.join(', ')}`;
      groups.set(told, [...(groups.get(told) ?? []), name]);
    }
  }
  const words = [...groups].flatMap(([after, names]) => {
    if (names.length === 0) return [];
    return after === '' || after.startsWith(' in ') ? `first ${listed(names)}${after}` : `${listed(names)} after ${after}`;
  });
  const where = places.length === 1 ? places[0]!.place : `each of ${places.length} regions`;
  return `order of stacks in ${where}: ${words.join('; ')}; those between which no order stands, side by side`;
}

/** What each stack of a region waits for, through stacks in which nothing stops; empty: for none. */
function waits(paths: readonly string[], order: ReadonlyMap<string, readonly string[]>): [name: string, after: string][] {
  const stops = new Set(paths);
  const before = (path: string): string[] =>
    (order.get(path) ?? []).flatMap((other) => (stops.has(other) ? [other] : before(other)));
  const all = (path: string): string[] => before(path).flatMap((other) => [other, ...all(other)]);
  return paths.map((path) => {
    const found = [...new Set(before(path))];
    // Whoever waits for the last of a row waits for all of it.
    const last = found.filter((one) => !found.some((other) => all(other).includes(one)));
    return [placedStack(path).name, listed(last.map((one) => placedStack(one).name))];
  });
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
  return levels
    .map((level) => `${listed(level.map((path) => placedStack(path).name))}${level.length > 1 ? ' side by side' : ''}`)
    .join(', then ');
}

function listed(names: readonly string[]): string {
  return hostList(names).replaceAll('; ', ', ');
}
