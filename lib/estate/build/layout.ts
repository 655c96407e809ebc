/** What a region's block can't be divided by: without it no host of the region has an address, and no rule can look at one. */
import { CLOUDS } from '../../clouds/clouds';
import { parseCidr } from '../addresses/cidr';
import { BLOCK_BITS, zoneLetter, zoneSlot } from '../addresses/layout';
import { errorAt, type Finding, type Path, type Told } from '../findings/finding';
import type { YamlFile } from '../read/yaml-file';
import type { RegionFile } from '../schema/region-schema';

const PLACES =
  'a region has eight places, for the letters a to h; i to p take them again, where no two zones are eight letters apart';

/** Empty where every zone that is named has a place in the block. */
export function layoutFindings(file: YamlFile, { region, provider, block, network, clusters }: RegionFile): Finding[] {
  const findings: Finding[] = [];
  const refuse = (path: Path, told: Told): void => void findings.push(errorAt(file.locate(path), path, told));
  const bits = parseCidr(block)?.bits ?? 0;
  if (bits > BLOCK_BITS.max) {
    const why = `below /${BLOCK_BITS.max} the subnets of a zone would be smaller than /28`;
    const fix = `write a block of /${BLOCK_BITS.min} to /${BLOCK_BITS.max}`;
    refuse(['block'], { code: 'BLOCK_SIZE', message: `${block} is /${bits}`, why, fix });
  }
  const check = (zones: readonly string[], path: Path, code: string): void => {
    for (const [i, zone] of zones.entries()) {
      if (zoneSlot(zoneLetter(zone)) !== undefined) continue;
      const message = `${JSON.stringify(zone)} ends in no letter from a to p: it has no place in the region's block`;
      const fix = `write zones by name, as ${CLOUDS[provider].zoneName(region, 'a')}; ids of zones (use1-az1) stand for other zones in every account`;
      refuse([...path, i], { code, message, why: PLACES, fix });
    }
  };
  check(network.zones, ['network', 'zones'], 'ZONE_UNKNOWN');
  for (const [cluster, { fleets }] of Object.entries(clusters)) {
    for (const [name, { zones }] of Object.entries(fleets))
      check(zones ?? [], ['clusters', cluster, 'fleets', name, 'zones'], 'FLEET_ZONE');
  }
  return findings;
}
