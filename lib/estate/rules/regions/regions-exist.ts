import type { Cloud } from '../../../clouds/cloud';
import { CLOUDS } from '../../../clouds/clouds';
import { cloudRegionId } from '../../../facts/region';
import type { Advice, Path } from '../../findings/finding';
import { nearest } from '../../findings/nearest';
import { type Remedy, set } from '../../findings/remedy';
import { imageAdvice, imageOf } from '../../model/images';
import type { Estate, Region } from '../../model/model';
import { alarmPlaces, type Problem, type Rule } from '../rule';

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

function unknown(estate: Estate, region: Region, cloud: Cloud): Problem {
  const { file, provider, cloudRegion } = region;
  const at = { file, path: ['region'] };
  const apart = cloud.apart(cloudRegion);
  if (apart !== undefined) {
    const fix = `choose a region of ${cloud.name}, for example ${cloud.exampleRegion}`;
    return { ...at, message: `${cloudRegion} is ${apart}`, fix };
  }
  const message = `${provider} has no region "${cloudRegion}"`;
  const other = Object.values(CLOUDS).find((one) => one.regions(estate).includes(cloudRegion));
  if (other === undefined) return { ...at, message, ...otherwise(estate, region, cloud) };
  return {
    ...at,
    path: ['provider'],
    message: `${message}: it is one of ${other.name}`,
    write: [[...set(['provider'], other.provider), ...withImage(estate, { ...region, provider: other.provider } as Region)]],
    fix: `with zones and instance types of ${other.name}`,
  };
}

/** The nearest region that the estate doesn't have yet. A file that is called like the region is called so again. */
function otherwise(estate: Estate, region: Region, cloud: Cloud): Advice {
  const { name, provider, cloudRegion, file, network } = region;
  const known = cloud.regions(estate);
  const isNamedSo = `${name}` === cloudRegion;
  const isTaken = (id: string): boolean =>
    estate.regions.some((one) => (one.provider === provider && one.cloudRegion === id) || (isNamedSo && one.name === id));
  const near = nearest(
    cloudRegion,
    known.filter((id) => !isTaken(id)),
  );
  const declare = cloud.newerRegions === '' ? '' : `; ${cloud.newerRegions}`;
  if (near === undefined) return { fix: `choose a region of ${provider}, for example ${known[0]}${declare}` };
  const id = cloudRegionId(near);
  const theirs = cloud.zones(estate, id);
  const zones = network.zones.map((zone) =>
    zone.startsWith(cloudRegion) && !theirs.includes(zone) ? near + zone.slice(cloudRegion.length) : zone,
  );
  const renamed = zones.some((zone, i) => zone !== network.zones[i]) ? set(['network', 'zones'], zones) : [];
  const moved = isNamedSo ? [{ move: `regions/${near}.yaml`, file }] : [];
  const topics = alarmPlaces(estate)
    .filter((place) => place.region === region)
    .flatMap(({ alarms: { topicArn }, path }) => renamedTopic(topicArn, cloudRegion, near, [...path, 'topicArn']));
  const image = withImage(estate, { ...region, cloudRegion: id, name: isNamedSo ? near : name });
  return { write: [[...set(['region'], near), ...renamed, ...topics, ...moved, ...image]] };
}

/** A topic that was called as the region was. */
function renamedTopic(topicArn: string | undefined, from: string, to: string, path: Path): Remedy {
  return topicArn?.split(':')[3] === from ? set(path, topicArn.replace(`:${from}:`, `:${to}:`)) : [];
}

/** What gives hosts of a region an image where the lock has none for it. */
function withImage(estate: Estate, region: Region): Remedy {
  if (!CLOUDS[region.provider].imagesLocked || region.clusters.length === 0 || imageOf(estate, region) !== undefined) return [];
  return imageAdvice(estate, region).write?.[0] ?? [];
}
