/** What the checks of a collection have in common. */

import { cloudOf } from '../../clouds/clouds';
import type { Estate } from '../../estate/model/model';
import type { Problem } from '../../estate/rules/rule';
import { MIB } from '../assumptions';
import { type WrittenCollection, type WrittenFleet, writtenCollections } from '../written';

/** Rounding of floating point is no lack. */
const TOLERANCE = 1 + 1e-9;

/** Whether `needed` is more than `there`. */
export function exceeds(needed: number, there: number): boolean {
  return needed > there * TOLERANCE;
}

/** Runs a check over every collection of an estate. */
export function eachCollection(estate: Estate, check: (written: WrittenCollection) => Problem[]): Problem[] {
  return writtenCollections(estate).flatMap(check);
}

/** Path of a fleet's key in the region's file. */
export function fleetPath({ cluster }: WrittenCollection, { fleet }: WrittenFleet, ...keys: string[]): string[] {
  return ['clusters', cluster.name, 'fleets', fleet.name, ...keys];
}

/** Bytes a second of a volume; Infinity where its cloud doesn't say them. */
export function volumeBytes({ region }: WrittenCollection, { volume }: WrittenFleet): number {
  return (volume === undefined ? Number.POSITIVE_INFINITY : cloudOf(region).volumeMib(volume)) * MIB;
}
