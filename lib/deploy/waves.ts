/** Which stacks may start now. Pure: a state goes in, paths come out; the clock and the clouds are elsewhere. */
import { isLink, type Ordered, unitOf } from './order';

export interface Scheduled extends Ordered {
  /** Words that no two running stacks may share. */
  readonly exclusive: readonly string[];
}

export interface WaveOptions {
  /** Stacks at once. */
  readonly concurrency: number;
  /** Regions at once: the next ones begin when these are done or given up. Links are no regions. */
  readonly regionsAtOnce: number;
  /** Regions (and links) that may fail before nothing new is started. */
  readonly failureTolerance: number;
}

export interface WaveState {
  readonly done: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  readonly running: ReadonlySet<string>;
  /** Nothing new is to be started. */
  readonly stopped: boolean;
}

/**
 * Paths of stacks that may start now, best first: each stack after what it depends on, its region in its turn. A unit (a region, or the
 * links between two places) that failed starts nothing more.
 *
 * @param stacks each after what it depends on (`inOrder`)
 * @param regions in the order in which they are worked on
 */
export function startable(
  stacks: readonly Scheduled[],
  regions: readonly string[],
  state: WaveState,
  options: WaveOptions,
): string[] {
  if (state.stopped || tooManyFailed(state, options)) return [];
  const waiting = new Set(stacks.filter((s) => !state.done.has(s.path)).map((s) => s.path));
  const lost = givenUp(stacks, state);
  const open = openStacks(stacks, openRegions(stacks, regions, state, lost, options));
  const held = new Set(stacks.filter((s) => state.running.has(s.path)).flatMap((s) => s.exclusive));
  const starts: string[] = [];
  for (const { path, dependsOn, exclusive } of stacks) {
    if (state.running.size + starts.length >= options.concurrency) break;
    if (!waiting.has(path) || state.running.has(path) || lost.has(path) || !open.has(path)) continue;
    if (dependsOn.some((before) => waiting.has(before)) || exclusive.some((word) => held.has(word))) continue;
    starts.push(path);
    for (const word of exclusive) held.add(word);
  }
  return starts;
}

export function tooManyFailed(state: Pick<WaveState, 'failed'>, { failureTolerance }: WaveOptions): boolean {
  return unitsOf(state.failed).size > failureTolerance;
}

/** What will not be done any more: what failed, the rest of its unit, and whatever depends on those. */
export function givenUp(stacks: readonly Ordered[], state: WaveState): Set<string> {
  const failedUnits = unitsOf(state.failed);
  const lost = new Set(state.failed);
  for (const { path, dependsOn } of stacks) {
    if (state.done.has(path) || state.running.has(path)) continue;
    if (failedUnits.has(unitOf(path)) || dependsOn.some((before) => lost.has(before))) lost.add(path);
  }
  return lost;
}

/** Regions in the order in which a list of stacks first names them. */
export function regionsOf(stacks: readonly Ordered[]): string[] {
  return [...new Set(stacks.map(({ path }) => unitOf(path)))].filter((unit) => !isLink(unit));
}

/** The first regions that are neither done nor given up. */
function openRegions(
  stacks: readonly Ordered[],
  regions: readonly string[],
  state: WaveState,
  lost: ReadonlySet<string>,
  { regionsAtOnce }: WaveOptions,
): Set<string> {
  const left = unitsOf(new Set(stacks.map(({ path }) => path).filter((path) => !state.done.has(path) && !lost.has(path))));
  return new Set(regions.filter((region) => left.has(region)).slice(0, regionsAtOnce));
}

/** Stacks of links, of open regions, and what those need of later regions. */
function openStacks(stacks: readonly Ordered[], regions: ReadonlySet<string>): Set<string> {
  const open = new Set<string>();
  // Backwards, what depends comes before what it depends on.
  for (const { path, dependsOn } of [...stacks].reverse()) {
    const unit = unitOf(path);
    if (!isLink(unit) && !regions.has(unit) && !open.has(path)) continue;
    open.add(path);
    if (!isLink(unit)) for (const before of dependsOn) open.add(before);
  }
  return open;
}

function unitsOf(paths: ReadonlySet<string>): Set<string> {
  return new Set([...paths].map(unitOf));
}
