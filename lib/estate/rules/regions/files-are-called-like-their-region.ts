import { CLOUDS } from '../../../clouds/clouds';
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
      .map(({ name, file, cloudRegion }) => ({
        file,
        path: ['region'],
        message: `the file is called ${name}.yaml, but describes "${cloudRegion}"`,
        fix: `write \`region: ${name}\`, or call the file ${cloudRegion}.yaml`,
      })),
};

/** The estate calls a region as a cloud calls another one. */
export function isMisnamed(
  estate: Pick<Estate, 'awsRegions'>,
  { name, cloudRegion }: Pick<Region, 'name' | 'cloudRegion'>,
): boolean {
  const written = cloudRegionId(name);
  return written !== cloudRegion && Object.values(CLOUDS).some((cloud) => cloud.regions(estate).includes(written));
}
