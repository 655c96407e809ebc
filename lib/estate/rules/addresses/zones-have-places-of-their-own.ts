import { cloudOf } from '../../../clouds/clouds';
import { zoneLetter, zoneSlot } from '../../addresses/layout';
import type { Advice, Path } from '../../findings/finding';
import { remove, set } from '../../findings/remedy';
import type { Estate, Region } from '../../model/model';
import type { Problem, Rule } from '../rule';

/** No two zones share a place in the region's block, which has eight: zones i to p have those of a to h. Source: the design of this toolkit (addresses follow the zone's letter). */
export const zonesHavePlacesOfTheirOwn: Rule = {
  code: 'ZONE_PLACE',
  title: 'Zones of a region have places of their own in its block.',
  why: 'addresses follow the letter of a zone, so that a zone added later moves nobody; zone i has the place of a, j that of b',
  check: (estate) =>
    estate.regions.flatMap((region) => {
      const { file, network } = region;
      const owners = new Map<number, string>();
      const known = cloudOf(region).zones(estate, region.cloudRegion);
      return network.zones.flatMap((zone, i): Problem[] => {
        const slot = zoneSlot(zoneLetter(zone));
        // One that is not there is told once, by ZonesExist.
        if (slot === undefined || !known.includes(zone)) return [];
        const first = owners.get(slot);
        owners.set(slot, first ?? zone);
        if (first === undefined || first === zone) return [];
        return [
          {
            file,
            path: ['network', 'zones', i],
            message: `${zone} would have the addresses of ${first}`,
            ...another(estate, region, ['network', 'zones', i]),
          },
        ];
      });
    }),
};

/** A zone of the region whose place nobody has. */
function another(estate: Estate, region: Region, path: Path): Advice {
  const slots = region.network.zones.map((zone) => zoneSlot(zoneLetter(zone)));
  const free = cloudOf(region)
    .zones(estate, region.cloudRegion)
    .find((zone) => !slots.includes(zoneSlot(zoneLetter(zone))));
  return { write: [free === undefined ? remove(path) : set(path, free)] };
}
