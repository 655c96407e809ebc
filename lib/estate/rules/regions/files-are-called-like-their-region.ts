import { CLOUDS, cloudOf } from '../../../clouds/clouds';
import { cloudRegionId } from '../../../facts/region';
import type { Advice } from '../../findings/finding';
import { type Remedy, set } from '../../findings/remedy';
import { membersLockPath } from '../../lock-files/members-lock';
import type { Estate, Region } from '../../model/model';
import type { Rule } from '../rule';

/** A file that is named like a region of a cloud describes that one. Source: "AWS Regions and Availability Zones"; Aliyun ECS, "Regions and zones". */
export const filesAreCalledLikeTheirRegion: Rule = {
  code: 'FILE_NAME',
  title: 'A file that is named like a region of a cloud describes that one.',
  why: 'hosts, stacks and links are called as the file is, and would name a region where they are not',
  check: (estate) =>
    estate.regions
      .filter((region) => isMisnamed(estate, region))
      .map((region) => ({
        file: region.file,
        path: ['region'],
        message: `the file is called ${region.name}.yaml, but describes "${region.cloudRegion}"`,
        ...wayOut(estate, region),
      })),
};

/** Its zones say which of the two is meant; of a file that was copied it is the new one. */
function wayOut(estate: Estate, region: Region): Advice {
  const { name, cloudRegion, network, file, provider } = region;
  const cloud = cloudOf(region);
  const meant = cloud.preferredZones(estate, cloudRegionId(name));
  const owner = estate.regions.find((one) => `${one.name}` === cloudRegion);
  const areMeant = network.zones.every((zone) => meant.includes(zone));
  if (meant.length > 0 && (owner !== undefined || areMeant)) {
    const zones = areMeant ? [] : set(['network', 'zones'], meant.slice(0, network.zones.length));
    return { write: [[...set(['region'], name), ...zones]] };
  }
  const called = owner === undefined ? cloudRegion : `${provider}-${cloudRegion}`;
  const isNamed = estate.locks.tokens.tokens.some(({ region: of }) => of === name) || isNamedElsewhere(estate, name);
  const isTwice = owner?.provider === provider && owner.cloudRegion === cloudRegion;
  if (isNamed || isTwice)
    return { fix: `call the file ${called}.yaml${isNamed ? ', and the region so in estate.yaml and the locks' : ''}` };
  const lock = membersLockPath(called);
  const pinned: Remedy = estate.locks.members.has(name)
    ? [{ move: lock, file: membersLockPath(name) }, ...set(['region'], called, lock)]
    : [];
  return { write: [[{ move: `regions/${called}.yaml`, file }, ...pinned]] };
}

/** The estate calls a region as a cloud calls another one. */
export function isMisnamed(
  estate: Pick<Estate, 'awsRegions'>,
  { name, cloudRegion }: Pick<Region, 'name' | 'cloudRegion'>,
): boolean {
  const written = cloudRegionId(name);
  return written !== cloudRegion && Object.values(CLOUDS).some((cloud) => cloud.regions(estate).includes(written));
}

/** The estate says a place by its name, in a link or as the central one. */
export function isNamedElsewhere({ links, central }: Pick<Estate, 'links' | 'central'>, name: string): boolean {
  const said = links.flatMap((link) => [link.a.place, link.b.place, 'through' in link ? link.through : undefined]);
  return [central, ...said].includes(name);
}
