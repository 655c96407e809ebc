/** Every range of addresses that an estate uses, and where it is written. */
import type { Cidr } from '../addresses/cidr';
import type { Estate } from '../model/model';

export interface RangePlace {
  readonly range: Cidr;
  readonly kind: 'hosts' | 'containers';
  /** Name of the region or data centre. */
  readonly of: string;
  readonly file: string;
  readonly path: readonly string[];
}

export function ranges(estate: Estate): RangePlace[] {
  const places: RangePlace[] = [];
  for (const { name, file, block, containers } of estate.regions) {
    places.push({ range: block, kind: 'hosts', of: name, file, path: ['block'] });
    if (containers.block)
      places.push({ range: containers.block, kind: 'containers', of: name, file, path: ['containers', 'block'] });
  }
  for (const { name, file, block, containers } of estate.idcs) {
    places.push({ range: block, kind: 'hosts', of: name, file, path: ['block'] });
    if (containers) places.push({ range: containers, kind: 'containers', of: name, file, path: ['containers'] });
  }
  return places;
}
