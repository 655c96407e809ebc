import type { Cloud } from '../../../clouds/cloud';
import { CLOUDS } from '../../../clouds/clouds';
import { nearest } from '../../findings/nearest';
import type { Estate, Region } from '../../model/model';
import type { Problem, Rule } from '../rule';

/** A region is one of its provider's. Source: "AWS Regions and Availability Zones"; Aliyun ECS, "Regions and zones". */
export const regionsExist: Rule = {
  code: 'REGION_UNKNOWN',
  title: 'Every region exists at its provider.',
  why: 'nothing can be deployed to a region that is not there',
  check: (estate) =>
    estate.regions.flatMap((region) => {
      const cloud = CLOUDS[region.provider];
      return cloud.regions(estate).includes(region.cloudRegion) ? [] : [unknown(estate, region, cloud)];
    }),
};

function unknown(estate: Estate, { name, file, provider, cloudRegion }: Region, cloud: Cloud): Problem {
  const at = { file, path: ['region'] };
  const apart = cloud.apart(cloudRegion);
  if (apart !== undefined) {
    const fix = `write a region of ${cloud.name}, for example ${cloud.exampleRegion}`;
    return { ...at, message: `${cloudRegion} is ${apart}`, fix };
  }
  const message = `${provider} has no region "${cloudRegion}"`;
  const other = Object.values(CLOUDS).find((one) => one.regions(estate).includes(cloudRegion));
  if (other !== undefined) {
    const fix = `write \`provider: ${other.provider}\`, with zones and instance types of ${other.name}`;
    return { ...at, path: ['provider'], message: `${message}: it is one of ${other.name}`, fix };
  }
  const known = cloud.regions(estate);
  const near = nearest(cloudRegion, known);
  const called = name === `${cloudRegion}` ? `, and call the file ${near}.yaml` : '';
  const declare = cloud.newerRegions === '' ? '' : `; ${cloud.newerRegions}`;
  const fix = near
    ? `write \`region: ${near}\`${called}`
    : `write a region of ${provider}, for example \`region: ${known[0]}\`${declare}`;
  return { ...at, message, fix };
}
