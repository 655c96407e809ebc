import { CLOUDS } from '../../../clouds/clouds';
import type { Advice } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { set } from '../../findings/remedy';
import type { Estate, Region } from '../../model/model';
import type { Rule } from '../rule';

const PROVIDERS = ['aws', 'aliyun'] as const;

/** A region is one of its provider's. Source: "AWS Regions and Availability Zones"; Aliyun ECS, "Regions and zones". */
export const regionsExist: Rule = {
  code: 'REGION_UNKNOWN',
  title: 'Every region exists at its provider.',
  why: 'nothing can be deployed to a region that is not there',
  check: (estate) =>
    estate.regions.flatMap((region) => {
      const { name, file, provider } = region;
      if (CLOUDS[provider].regions(estate).includes(name)) return [];
      return [{ file, path: ['region'], message: `${provider} has no region "${name}"`, ...advice(estate, region) }];
    }),
};

function advice(estate: Estate, { name, provider, file, network }: Region): Advice {
  const { newerRegions, ...cloud } = CLOUDS[provider];
  const known = cloud.regions(estate);
  const other = PROVIDERS.find((one) => CLOUDS[one].regions(estate).includes(name));
  if (other !== undefined) return { write: [set(['provider'], other)] };
  const open = known.filter((one) => !estate.regions.some((region) => region.name === one));
  const near = nearest(name, open);
  if (near === undefined)
    return { fix: `choose a region of ${provider}, for example ${known[0]}${newerRegions === '' ? '' : `; ${newerRegions}`}` };
  const zones = network.zones.map((zone) => (zone.startsWith(name) ? near + zone.slice(name.length) : zone));
  const renamed = zones.some((zone, i) => zone !== network.zones[i]) ? set(['network', 'zones'], zones) : [];
  return { write: [[...set(['region'], near), ...renamed, { move: `regions/${near}.yaml`, file }]] };
}
