/** What a region's block can't be divided by: without it no host of the region has an address, and no rule can look at one. */
import { CLOUDS } from '../../clouds/clouds';
import { cloudRegionId, type RegionName } from '../../facts/region';
import { parseCidr } from '../addresses/cidr';
import { BLOCK_BITS, zoneLetter, zoneSlot } from '../addresses/layout';
import { errorAt, type Finding, type Path, type Told } from '../findings/finding';
import type { Estate } from '../model/model';
import type { YamlFile } from '../read/yaml-file';
import type { RegionFile } from '../schema/region-schema';

const PLACES =
  'a region has eight places, for the letters a to h; i to p take them again, where no two zones are eight letters apart';

/**
 * Empty where every zone that is named has a place in the block.
 *
 * @param name of the file: the cloud's id too where none is written
 */
export function layoutFindings(
  name: RegionName,
  file: YamlFile,
  { region = name, provider, block, network, clusters }: RegionFile,
  known: Pick<Estate, 'awsRegions'>,
): Finding[] {
  const findings: Finding[] = [];
  const refuse = (path: Path, told: Told): void => void findings.push(errorAt(file.locate(path), path, told));
  const bits = parseCidr(block)?.bits ?? 0;
  if (bits > BLOCK_BITS.max) {
    const why = `below /${BLOCK_BITS.max} the subnets of a zone would be smaller than /28`;
    const fix = `write a block of /${BLOCK_BITS.min} to /${BLOCK_BITS.max}`;
    refuse(['block'], { code: 'BLOCK_SIZE', message: `${block} is /${bits}`, why, fix });
  }
  const cloud = CLOUDS[provider];
  const id = cloudRegionId(region);
  const check = (zones: readonly string[], path: Path, code: string, told: readonly string[] = []): void => {
    for (const [i, zone] of zones.entries()) {
      if (told.includes(zone)) continue;
      const other = cloud.otherZone(zone, cloud.zones(known, id));
      if (other === undefined && zoneSlot(zoneLetter(zone)) !== undefined) continue;
      const { what, why, fix } = other ?? {
        what: "no name of a zone: it ends in no letter from a to p, and has no place in the region's block",
        why: PLACES,
        fix: `write zones by name, as ${cloud.zoneName(id, 'a')}`,
      };
      refuse([...path, i], { code, message: `${JSON.stringify(zone)} is ${what}`, why, fix });
    }
  };
  check(network.zones, ['network', 'zones'], 'ZONE_UNKNOWN');
  for (const [cluster, { fleets }] of Object.entries(clusters)) {
    for (const [fleet, { zones }] of Object.entries(fleets))
      check(zones ?? [], ['clusters', cluster, 'fleets', fleet, 'zones'], 'FLEET_ZONE', network.zones);
  }
  return findings;
}
