import { cloudOf } from '../../../clouds/clouds';
import { remove } from '../../findings/remedy';
import { fleetVolumes } from '../../model/fleet-volumes';
import type { Cluster, Estate, Fleet, Region } from '../../model/model';
import { isGated } from '../../stacks/gates';
import { ESTATE_PATH, fleets, type Problem, type Rule, wholeRegions } from '../rule';

/** The tags of all levels and this toolkit's own fit on a resource. Source: "Tag your Amazon EC2 resources" (restrictions); "TagResources"; CreateStack (Tags) of both clouds. */
export const tagsFitOnAResource: Rule = {
  code: 'TAGS_TOO_MANY',
  title: 'The tags of the estate, a region, a fleet and this toolkit are together as many as a resource takes.',
  why: 'the cloud refuses the resource in the middle of a deploy',
  check: (estate) => {
    const rooms = wholeRegions(estate).map((region) => roomOfRegion(estate, region));
    const [least] = [...rooms].sort((a, b) => a.room - b.room);
    const whole = tooMany({ file: ESTATE_PATH, path: ['tags'] }, estate.tags, {}, least);
    if (whole.length > 0) return whole;
    return rooms.flatMap((room): Problem[] => {
      const { region } = room;
      const told = tooMany({ file: region.file, path: ['tags'] }, region.tags, estate.tags, room);
      if (told.length > 0) return told;
      const above = { ...estate.tags, ...region.tags };
      return fleets({ ...estate, regions: [region] }).flatMap(({ cluster, fleet, path }) =>
        tooMany({ file: region.file, path: [...path, 'tags'] }, fleet.tags, above, roomOfFleet(estate, region, cluster, fleet)),
      );
    });
  },
};

/** Tags that people may write. */
interface Room {
  readonly region: Region;
  readonly room: number;
  /** This toolkit's own, and on what. */
  readonly own: string;
}

/** On whatever of the region's has the most of our own. */
function roomOfRegion(estate: Estate, region: Region): Room {
  const { tags, ownTags } = cloudOf(region);
  const places = [
    { region, room: tags.count - ownTags.place, own: `${ownTags.place}` },
    ...fleets({ ...estate, regions: [region] }).map(({ cluster, fleet }) => roomOfFleet(estate, region, cluster, fleet)),
  ];
  return places.reduce((least, one) => (one.room < least.room ? one : least));
}

function roomOfFleet(estate: Estate, region: Region, cluster: Cluster, fleet: Fleet): Room {
  const { tags, ownTags } = cloudOf(region);
  const voter = cluster.etcd?.voters === fleet.name;
  const own =
    fleet.kind === 'elastic'
      ? ownTags.elastic
      : ownTags.member + Number(isGated(estate, region, cluster, fleet)) + fleetVolumes(fleet, voter, estate.profiles).length;
  return { region, room: tags.count - own, own: `${own} on hosts of ${cluster.name}/${fleet.name}` };
}

function tooMany(
  place: Pick<Problem, 'file' | 'path'>,
  tags: Readonly<Record<string, string>>,
  above: Readonly<Record<string, string>>,
  room: Room | undefined,
): Problem[] {
  if (room === undefined || Object.keys({ ...above, ...tags }).length <= room.room) return [];
  const { name, tags: rules } = cloudOf(room.region);
  const inherited = Object.keys(above).length;
  const left = room.room - inherited;
  const beside = inherited === 0 ? '' : `beside ${inherited} of the levels above `;
  return [
    {
      ...place,
      message: `${Object.keys(tags).length} tags ${beside}and this toolkit's own (${room.own}) are over the ${rules.count} that a resource of ${name} takes`,
      ...(left > 0 ? { fix: `keep at most ${left}` } : { write: [remove(place.path)] }),
    },
  ];
}
