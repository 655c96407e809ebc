/** From what was emitted to the World. */
import type { EstateSource } from '../../estate/source';
import type { World, WorldFault } from '../world';
import { readAssembly } from './assembly';
import { readContainers } from './containers';
import { finishVpc, newDrafts } from './drafts';
import { readGroups } from './groups';
import { readIdcs } from './idcs';
import { readInterfaces } from './interfaces';
import { readLines } from './lines';
import { readPeerings } from './peerings';
import { Emitted } from './resources';
import { readRoutes } from './routes';
import { readTransits } from './transits';
import { readVpcs } from './vpcs';

export interface WorldPlaces {
  /** Folder of the cloud assembly inside the source. @default 'cdk.out' */
  readonly cloud?: string;
  /** Folder of the data centres' files inside the source. @default 'idc.out' */
  readonly idc?: string;
}

/**
 * Reads a cloud assembly and rendered router and host files. Never throws for what stands in them: what can't be read or
 * joined is a fault of the world, and packets that need it go nowhere.
 */
export function readWorld(files: EstateSource, places: WorldPlaces = {}): World {
  const faults: WorldFault[] = [];
  const emitted = new Emitted(readAssembly(files, places.cloud ?? 'cdk.out', faults), faults);
  const drafts = newDrafts();
  readVpcs(emitted, drafts);
  readGroups(emitted, drafts);
  readInterfaces(emitted, drafts);
  readRoutes(emitted, drafts);
  readContainers(drafts, faults);
  const ends = readLines(emitted);
  const { transits, transitPeerings } = readTransits(emitted, drafts, ends);
  const byId = <T extends { readonly id: string }>(list: readonly T[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    vpcs: byId([...drafts.vpcs.values()].map(finishVpc)),
    peerings: byId(readPeerings(emitted, drafts)),
    transits: byId(transits),
    transitPeerings: byId(transitPeerings),
    lines: byId(ends.lines),
    vpns: byId(ends.vpns),
    ...readIdcs(files, places.idc ?? 'idc.out', faults),
    faults,
  };
}
