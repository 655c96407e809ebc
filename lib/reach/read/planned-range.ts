/** Which containers a host gives addresses to, by the arithmetic of the profile base's meissa-host: routes may say otherwise, and be wrong. */
import { parseIpv4, sizeOfBits } from '../../estate/addresses/cidr';
import type { PlannedRanges } from '../host/model';
import { readRange } from '../range';

export const ENV = '/etc/meissa/env';

/** Undefined where the text says no such plan: the host has what its cloud gives it. */
export function plannedRanges(files: ReadonlyMap<string, string>): PlannedRanges | undefined {
  const lines = [...(files.get(ENV) ?? '').matchAll(/^MEISSA_(\w+)="?([^"\n]*)"?$/gm)];
  const said = new Map(lines.map(([, name, value]) => [name!, value!]));
  const block = readRange(said.get('CONTAINERS'));
  const zones = (said.get('ZONES') ?? '').split(' ').map(parseIpv4);
  const [perZone, bits, first] = ['PER_ZONE', 'CONTAINER_BITS', 'FIRST_RANGE'].map((name) =>
    Number(said.get(name) ?? Number.NaN),
  );
  if (block === undefined || zones.some((zone) => zone === undefined)) return undefined;
  if (![perZone, bits, first].every(Number.isInteger)) return undefined;
  return (address) => {
    const zone = zones.findIndex((base) => address >= base! && address < base! + perZone!);
    if (zone < 0) return [];
    const member = (address - zones[zone]!) * zones.length + zone + 1;
    return [{ base: block.base + (first! + member - 1) * sizeOfBits(bits!), bits: bits! }];
  };
}
