import { nearest } from '../../findings/nearest';
import { remove, set } from '../../findings/remedy';
import { fleets, type Rule } from '../rule';

/** The zones of a fleet are zones of its region, each named once. Source: the design of this toolkit. */
export const fleetZonesAreTheRegions: Rule = {
  code: 'FLEET_ZONE',
  title: 'The zones of a fleet are zones of its region, each once.',
  why: 'the fleet has no subnet in any other zone',
  check: (estate) =>
    fleets(estate).flatMap(({ region, fleet, path }) =>
      fleet.zones.flatMap((zone, i) => {
        const twice = fleet.zones.indexOf(zone) !== i;
        if (fleet.zones === region.network.zones || (region.network.zones.includes(zone) && !twice)) return [];
        const open = region.network.zones.filter((one) => !fleet.zones.includes(one));
        const near = nearest(zone, open) ?? open[0];
        const at = [...path, 'zones', i];
        const message = twice ? `${zone} stands here a second time` : `"${zone}" is no zone of ${region.name}`;
        return [{ file: region.file, path: at, message, write: [twice || near === undefined ? remove(at) : set(at, near)] }];
      }),
    ),
};
