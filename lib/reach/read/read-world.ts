/** From what was emitted to the World. */
import type { EstateSource } from '../../estate/source';
import type { World, WorldFault } from '../world';
import { readAssembly } from './assembly';
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

/** A host's containers are what routes send to its interface: the only place where a template says so. */
function readContainers(drafts: ReturnType<typeof newDrafts>, faults: WorldFault[]): void {
  const owners = new Map<string, string>();
  for (const table of drafts.tables.values()) {
    for (const { destination, target, from } of table.routes) {
      if (target.kind !== 'interface') continue;
      const { vpc } = table;
      if (vpc.cidrs.some((c) => destination.base >= c.base && destination.base < c.base + 2 ** (32 - c.bits))) continue;
      const key = destination.base * 64 + destination.bits;
      drafts.interfaces.get(target.id)?.containers.set(key, destination);
      const before = owners.get(`${vpc.id} ${key}`);
      if (before === undefined) owners.set(`${vpc.id} ${key}`, target.id);
      else if (before !== target.id)
        faults.push({
          where: from.stack,
          what: from.logicalId,
          message: `it sends a range to ${drafts.interfaces.get(target.id)?.host}; another table sends it to ${drafts.interfaces.get(before)?.host}`,
        });
    }
  }
}
