/**
 * `meissa replace --disk <host>/<volume>`: the two steps of a replacement with a new, empty volume in place of one. The old volume leaves
 * its stack and is kept by the cloud. A volume is told from those before it by the generation of the instance that is the first to have
 * it, so that the same command does both steps.
 */
import { fleetVolumes } from '../model/fleet-volumes';
import { memberKey } from '../model/locks';
import type { Cluster, Estate, MembersFleet } from '../model/model';
import { type Change, refuse } from './change';
import { findMember, unknownName } from './find';
import { replaceMember } from './replace-member';

/** @param accepted `<host>/<volume>` whose data nobody else may have */
export function replaceDisk(estate: Estate, host: string, volume: string, accepted: readonly string[] = []): Change {
  const found = findMember(estate, host);
  if ('refused' in found) return found;
  const { region, cluster, fleet, number } = found;
  const volumes = fleetVolumes(fleet, cluster.etcd?.voters === fleet.name, estate.profiles).map(({ name }) => name);
  if (!volumes.includes(volume)) return { refused: unknownName('volume', volume, volumes) };
  const name = `${host}/${volume}`;
  const entry = estate.locks.members.get(region.name)?.members.get(memberKey(cluster.name, fleet.name, number));
  const made = entry === undefined ? 0 : (entry.volumes?.[volume] ?? 1);
  const fresh = entry === undefined || made <= entry.generation;
  const alone = fresh ? onlyCopy(estate, cluster, fleet, volume) : undefined;
  if (alone !== undefined && !accepted.includes(name))
    return refuse(
      'LAST_COPY',
      `${name} may hold the only copy of what is on it: ${alone}`,
      `copy what can still be read, then accept it by name: meissa replace --disk ${name} --accept ${name}`,
    );
  const idle = accepted.filter((one) => one !== name || (fresh && alone === undefined));
  if (idle.length > 0)
    return refuse('ACCEPTS_NOTHING', `--accept ${idle.join(', ')}: nothing of that name is lost by this`, 'leave --accept out');
  return replaceMember(estate, host, volume);
}

/** Why nobody else may have what is on a volume; undefined where other members of the fleet hold the same. */
function onlyCopy(estate: Estate, cluster: Cluster, fleet: MembersFleet, volume: string): string | undefined {
  const ofProfile = fleet.profiles.some((name) => estate.profiles.get(name)?.volumes.some((own) => own.name === volume));
  if (fleet.quorum === undefined) return `the hosts of ${cluster.name}/${fleet.name} hold no copies for each other`;
  if (!ofProfile) return `${volume} is the fleet's own, and is not what its members copy to each other`;
  if (cluster.kafka?.brokers !== fleet.name) return undefined;
  const single = cluster.kafka.topics.filter(({ replication }) => replication < 2).map((topic) => topic.name);
  return single.length === 0
    ? undefined
    : `${single.join(', ')} ${single.length === 1 ? 'is' : 'are'} written with replication 1`;
}
