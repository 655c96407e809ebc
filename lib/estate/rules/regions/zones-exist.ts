import { cloudOf } from '../../../clouds/clouds';
import { nearest } from '../../findings/nearest';
import { remove, set } from '../../findings/remedy';
import type { Region } from '../../model/model';
import type { Problem, Rule } from '../rule';

/** Zones exist in their region and are named once. Source: "AWS Regions and Availability Zones"; Aliyun ECS, "Regions and zones". */
export const zonesExist: Rule = {
  code: 'ZONE_UNKNOWN',
  title: 'Every zone exists in its region and is named once.',
  why: 'a subnet in a zone that is not there fails in the middle of a deploy',
  check: (estate) =>
    estate.regions.flatMap((region) => {
      const known = cloudOf(region).zones(estate, region.cloudRegion);
      // An unknown region is told once, by RegionsExist.
      return known.length === 0 ? [] : region.network.zones.flatMap((zone, i) => checkZone(region, zone, i, known));
    }),
};

function checkZone(region: Region, zone: string, i: number, known: readonly string[]): Problem[] {
  const path = ['network', 'zones', i];
  if (!known.includes(zone)) {
    // One that the region has already would stand there twice.
    const open = known.filter((one) => !region.network.zones.includes(one));
    const near = nearest(zone, open) ?? open[0];
    const advice = near === undefined ? { write: [remove(path)] } : { write: [set(path, near)] };
    return [
      {
        file: region.file,
        path,
        message: `${region.name} has no zone "${zone}"`,
        ...advice,
        fix: `its zones are ${known.join(', ')}`,
      },
    ];
  }
  if (region.network.zones.indexOf(zone) === i) return [];
  return [{ file: region.file, path, message: `${zone} stands here a second time`, write: [remove(path)] }];
}
