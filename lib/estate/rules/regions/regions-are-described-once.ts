import { cloudOf } from '../../../clouds/clouds';
import type { Advice } from '../../findings/finding';
import type { Estate, Region } from '../../model/model';
import type { Rule } from '../rule';
import { isMisnamed, isNamedElsewhere } from './files-are-called-like-their-region';

/** Two files never describe one region of a cloud. Source: CEN, "CreateTransitRouter" (one a region and network); the design of this toolkit (one network a region). */
export const regionsAreDescribedOnce: Rule = {
  code: 'REGION_TWICE',
  title: 'A region of a cloud is described by one file.',
  why: "a region has one network, one transit gateway and one lease, and the images lock knows it by the cloud's id",
  check: (estate) => {
    // A file that was copied and still says the first one's region is told as misnamed.
    const regions = estate.regions.filter((region) => !isMisnamed(estate, region)).sort(ownNameFirst);
    return regions.flatMap((region, i) => {
      const first = regions.slice(0, i).find((one) => one.provider === region.provider && one.cloudRegion === region.cloudRegion);
      if (first === undefined) return [];
      return [
        {
          file: region.file,
          path: ['region'],
          message: `${region.cloudRegion} of ${cloudOf(region).name} is described in ${first.file} too`,
          ...without(estate, region, first),
          also: [estate.locate(first.file, ['region'])],
        },
      ];
    });
  },
};

/** What is in the second file is the reader's to move. */
function without(estate: Estate, { name, file, clusters }: Region, first: Region): Advice {
  if (clusters.length === 0 && !isNamedElsewhere(estate, name)) return { write: [[{ delete: file }]] };
  return { fix: `describe its clusters in ${first.file}, name that one where estate.yaml names ${name}, and delete ${file}` };
}

/** Who is called as the cloud calls it was there first. */
function ownNameFirst(a: Region, b: Region): number {
  return Number(`${b.name}` === b.cloudRegion) - Number(`${a.name}` === a.cloudRegion);
}
