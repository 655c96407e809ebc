import { type Cidr, cidr, containsCidr, formatCidr, formatIpv4 } from '../../addresses/cidr';
import { type Remedy, set } from '../../findings/remedy';
import type { Estate } from '../../model/model';
import { partsOf } from '../idc/idc-ranges-are-apart';
import type { RangePlace } from '../places';

/** A block of a place somewhere else, and with it what a data centre has in it. */
export function moved(estate: Estate, { file, path, kind, range }: Omit<RangePlace, 'of'>, to: string): Remedy {
  const by = cidr(to).base - range.base;
  const parts = estate.idcs.filter((idc) => idc.file === file).flatMap(partsOf);
  const inside = parts.filter((part) => part.kind === kind && containsCidr(range, part.range));
  return [
    ...set(path, to, file),
    ...inside.flatMap((part) =>
      set(part.path, written({ base: (part.range.base + by) as Cidr['base'], bits: part.range.bits }), file),
    ),
  ];
}

function written(range: Cidr): string {
  return range.bits === 32 ? formatIpv4(range.base) : formatCidr(range);
}
