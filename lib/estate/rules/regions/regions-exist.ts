import { CLOUDS } from '../../../clouds/clouds';
import { nearest } from '../../findings/nearest';
import type { Rule } from '../rule';

/** A region is one of its provider's. Source: "AWS Regions and Availability Zones"; Aliyun ECS, "Regions and zones". */
export const regionsExist: Rule = {
  code: 'REGION_UNKNOWN',
  title: 'Every region exists at its provider.',
  why: 'nothing can be deployed to a region that is not there',
  check: (estate) =>
    estate.regions.flatMap(({ name, file, provider }) => {
      const { newerRegions, ...cloud } = CLOUDS[provider];
      const known = cloud.regions(estate);
      if (known.includes(name)) return [];
      const near = nearest(name, known);
      const fix = near
        ? `write ${near}, and call the file ${near}.yaml`
        : `write a region of ${provider}, for example ${known[0]}${newerRegions === '' ? '' : `; ${newerRegions}`}`;
      return [{ file, path: ['region'], message: `${provider} has no region "${name}"`, fix }];
    }),
};
