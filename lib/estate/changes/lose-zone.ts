/**
 * `meissa zone lost` and `meissa zone back`: what the lock knows of zones. Nothing of a cloud is touched; from then on nothing is placed
 * there, and a rehearsal takes the hosts of the zone for down.
 */
import { membersLockPath, writeMembersLock } from '../lock-files/members-lock';
import { lostZones } from '../model/lost-zones';
import type { Estate, Region } from '../model/model';
import { rememberedStanding } from '../standing/remembered';
import { type Change, refuse } from './change';
import { findRegion, unknownName } from './find';

/** Hosts that stand know the voters of today; they are written down before anything of them changes. */
export function loseZone(estate: Estate, regionName: string, zone: string): Change {
  const found = findRegion(estate, regionName);
  if ('refused' in found) return found;
  const { region } = found;
  const { zones } = region.network;
  if (!zones.includes(zone)) return { refused: unknownName('zone', zone, zones) };
  const lost = lostZones(estate, region);
  if (lost.includes(zone)) return { files: [], words: [`${zone} is written down as lost already`] };
  if (zones.every((one) => one === zone || lost.includes(one)))
    return refuse(
      'ZONES_ALL_LOST',
      `${region.name} would have no zone left`,
      'a region that is lost is not mended by placing its hosts otherwise: bring up another region (meissa region add)',
    );
  return written(estate, region, [...lost, zone].sort(), `${region.name}: ${zone} is lost; nothing new is placed there`);
}

export function zoneBack(estate: Estate, regionName: string, zone: string): Change {
  const found = findRegion(estate, regionName);
  if ('refused' in found) return found;
  const { region } = found;
  const lost = lostZones(estate, region);
  if (!lost.includes(zone)) {
    const { zones } = region.network;
    if (!zones.includes(zone)) return { refused: unknownName('zone', zone, lost.length > 0 ? lost : zones) };
    return { files: [], words: [`${zone} is not written down as lost`] };
  }
  const left = lost.filter((one) => one !== zone);
  return written(estate, region, left, `${region.name}: ${zone} is back; hosts may be placed there again`);
}

function written(estate: Estate, region: Region, lost: readonly string[], words: string): Change {
  const lock = estate.locks.members.get(region.name);
  const etcd = region.clusters.flatMap((cluster) => (cluster.etcd === undefined ? [] : [cluster.name]));
  // A region of elastic fleets alone has no lock yet; one that is older remembers no more by this than it did.
  const standing = rememberedStanding(estate, region, lock?.standing, lost.length > 0 ? etcd : []);
  const text = writeMembersLock(region.name, lock?.members ?? new Map(), { ...standing, lostZones: lost });
  return { files: [{ path: membersLockPath(region.name), text }], words: [words] };
}
