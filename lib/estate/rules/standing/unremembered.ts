/** What the members lock doesn't remember yet: it is older, or something has grown since. */
import { cloudOf } from '../../../clouds/clouds';
import type { VolumeEntry } from '../../model/locks';
import type { Estate, Region } from '../../model/model';
import { describedStanding } from '../../standing/described';
import { type StandingFleet, standingFleets } from './standing-fleets';

/** In words, for what is described and pinned; empty where everything is remembered. */
export function unremembered(estate: Estate, region: Region): string[] {
  const lock = estate.locks.members.get(region.name);
  if (lock === undefined || lock.members.size === 0) return [];
  const { standing } = lock;
  const now = describedStanding(estate, region);
  const pinned = new Set([...lock.members.keys()].map((key) => key.slice(0, key.lastIndexOf('/'))));
  const clusters = new Set([...pinned].map((fleet) => fleet.split('/')[0]!));
  return [
    ...(standing?.block === undefined || standing.generation === undefined ? ['the block and the generation of the region'] : []),
    ...[...now.clusters.keys()]
      .filter((name) => clusters.has(name) && !standing?.clusters.has(name))
      .map((name) => `the generation of ${name}`),
    ...standingFleets(estate)
      .filter((fleet) => fleet.region === region)
      .flatMap(places),
    ...[...now.volumes].flatMap(([name, volume]) =>
      pinned.has(name.slice(0, name.lastIndexOf('/'))) && grown(region, standing?.volumes.get(name), volume)
        ? [`the volume ${name} (${volume.type}, ${volume.gb} GiB)`]
        : [],
    ),
    ...[...now.topics].flatMap(([name, { partitions }]) =>
      clusters.has(name.slice(0, name.indexOf('/'))) && partitions > (standing?.topics.get(name)?.partitions ?? 0)
        ? [`the topic ${name} (${partitions} partitions)`]
        : [],
    ),
  ];
}

function grown(region: Region, before: VolumeEntry | undefined, now: VolumeEntry): boolean {
  if (before === undefined || now.gb > before.gb) return true;
  const other = now.type !== before.type || now.iops !== before.iops;
  return other && cloudOf(region).volumeUpdate(before, now) === 'none';
}

function places({ name, unknown }: StandingFleet): string[] {
  const [first, ...others] = unknown;
  if (first === undefined) return [];
  return [others.length === 0 ? `where member ${first} of ${name} stands` : `where ${unknown.length} members of ${name} stand`];
}
