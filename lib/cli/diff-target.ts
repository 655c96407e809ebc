/** What a diff looks at: regions, links, and what synth writes for them now. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskSource } from '../estate/files/disk-source';
import type { Finding } from '../estate/finding';
import type { Estate } from '../estate/model';
import { planEstate } from '../plan/plan';
import type { StackState } from '../review/diff';
import { linkEnds } from '../review/diff/meaning/routes';
import { assemblyStates } from '../review/diff/read/assemblies';
import { emitOut } from './emit-out';
import { findLink } from './estate-app';
import { linksAmong } from './linked-world';
import { findRegion, loadValid } from './loading';
import type { VerbContext } from './verb';

export interface DiffSelection {
  readonly regions: readonly string[];
  /** Links by path: `sa-east-1--us-east-1`. */
  readonly links: readonly string[];
  /** Places that are regions of the estate, whether they are looked at or not. */
  readonly places: readonly string[];
}

export interface DiffTarget extends DiffSelection {
  readonly estate: Estate;
  readonly warnings: readonly Finding[];
}

/**
 * @param names regions; none means all
 * @param links paths, `all` for every link of these regions, or `none`. @default - links whose regions are all named
 */
export function diffTarget(context: VerbContext, names: readonly string[], links?: readonly string[]): DiffTarget {
  const { estate, warnings } = loadValid(context, names.length === 0 ? undefined : names);
  for (const name of names) findRegion(estate, name);
  const places = estate.regions.map(({ name }) => name);
  const regions = names.length === 0 ? places : [...new Set(names)];
  return { estate, warnings, regions, places, links: chosenLinks(estate, regions, links) };
}

function chosenLinks(estate: Estate, regions: readonly string[], asked: readonly string[] | undefined): string[] {
  if (asked?.includes('none')) return [];
  const plan = planEstate(estate);
  const stacked = plan.links.filter((link) => link.stacks.length > 0);
  const among = linksAmong(plan, regions).map(({ path }) => path);
  if (asked?.includes('all')) {
    const touching = stacked.filter(({ a, b }) => [a, b].some(({ place }) => regions.includes(place)));
    return [...new Set([...among, ...touching.map(({ path }) => path)])];
  }
  for (const path of asked ?? []) findLink(estate, path);
  return [...new Set([...among, ...(asked ?? [])])];
}

/**
 * Whether a stack that stands, or stood, belongs to the selection: that of a link which is no longer described when all its regions do.
 */
export function isSelected(path: string, { regions, links, places }: DiffSelection): boolean {
  const ends = linkEnds(path);
  if (ends === undefined) return regions.includes(path.split('/')[0]!);
  if (links.includes(`${ends[0]}--${ends[1]}`)) return true;
  const inRegions = ends.filter((place) => regions.includes(place));
  return inRegions.length > 0 && ends.every((place) => regions.includes(place) || !places.includes(place));
}

/** Written into a folder that is gone afterwards. Throws all findings of what can't be written. */
export function synthesizedStates(estate: Estate, { regions, links }: DiffSelection): StackState[] {
  const folder = mkdtempSync(join(tmpdir(), 'meissa-diff-'));
  try {
    emitOut(estate, { regions, links }, folder);
    return assemblyStates(diskSource(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
