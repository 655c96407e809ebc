import { zoneLetter, zoneSlot } from '../../addresses/layout';
import type { Problem, Rule } from '../rule';

/** No two zones share a place in the region's block, which has eight: zones i to p have those of a to h. Source: the design of this toolkit (addresses follow the zone's letter). */
export const zonesHavePlacesOfTheirOwn: Rule = {
  code: 'ZONE_PLACE',
  title: 'Zones of a region have places of their own in its block.',
  why: 'addresses follow the letter of a zone, so that a zone added later moves nobody; zone i has the place of a, j that of b',
  check: (estate) =>
    estate.regions.flatMap(({ file, network }) => {
      const owners = new Map<number, string>();
      return network.zones.flatMap((zone, i): Problem[] => {
        const slot = zoneSlot(zoneLetter(zone));
        if (slot === undefined) return [];
        const first = owners.get(slot);
        owners.set(slot, first ?? zone);
        if (first === undefined || first === zone) return [];
        return [
          {
            file,
            path: ['network', 'zones', i],
            message: `${zone} would have the addresses of ${first}`,
            fix: `use a zone whose letter is not eight from that of ${first}`,
          },
        ];
      });
    }),
};
