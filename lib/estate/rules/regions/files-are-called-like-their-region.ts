import { CLOUDS, cloudOf } from '../../../clouds/clouds';
import { cloudRegionId } from '../../../facts/region';
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
        fix: wayOut(estate, region),
      })),
};

/** Its zones say which of the two is meant; of a file that was copied it is the new one. */
function wayOut(estate: Estate, region: Region): string {
  const { name, cloudRegion, network } = region;
  const meant = cloudOf(region).zones(estate, cloudRegionId(name));
  const taken = estate.regions.some((one) => `${one.name}` === cloudRegion);
  if (meant.length === 0 || (!taken && !network.zones.every((zone) => meant.includes(zone))))
    return `call the file ${taken ? `${region.provider}-${cloudRegion}` : cloudRegion}.yaml`;
  return `write \`region: ${name}\`, and zones of it: ${meant.join(', ')}`;
}

/** The estate calls a region as a cloud calls another one. */
export function isMisnamed(
  estate: Pick<Estate, 'awsRegions'>,
  { name, cloudRegion }: Pick<Region, 'name' | 'cloudRegion'>,
): boolean {
  const written = cloudRegionId(name);
  return written !== cloudRegion && Object.values(CLOUDS).some((cloud) => cloud.regions(estate).includes(written));
}
