import type { Advice } from '../../findings/finding';
import { remove, set } from '../../findings/remedy';
import type { Estate, Idc, IdcRack } from '../../model/model';
import { freeRackUnits, parseRackUnits } from '../../units';
import type { Problem, Rule } from '../rule';

/** A unit of a rack holds one host. Source: EIA-310 (rack units). */
export const idcUnitsAreApart: Rule = {
  code: 'IDC_UNIT',
  title: 'Every unit of a rack holds one host, and spans of units go upwards.',
  why: 'whoever builds and cables the rack reads from the sheet where a host stands, and finds another one there',
  check: (estate) => estate.idcs.flatMap((idc) => idc.racks.flatMap((rack) => problemsOf(estate, idc, rack))),
};

function problemsOf(estate: Estate, idc: Idc, rack: IdcRack): Problem[] {
  const at = (host: number) => ['racks', rack.name, 'units', String(host)];
  const owners = new Map<number, number>();
  return rack.hosts.flatMap(({ number, unit }): Problem[] => {
    if (unit === undefined) return [];
    const path = at(number);
    const units = parseRackUnits(unit);
    if (units === undefined) {
      const upwards = unit.replace(/(\d+)-U?(\d+)/g, (span, first, last) =>
        Number(last) < Number(first) ? `${last}-${first}` : span,
      );
      return [{ file: idc.file, path, message: `${unit} ends before it begins`, write: [set(path, upwards)] }];
    }
    const taken = units.find((one) => owners.has(one));
    const twice = units.find((one, i) => units.indexOf(one) !== i);
    if (taken === undefined && twice === undefined) {
      for (const one of units) owners.set(one, number);
      return [];
    }
    if (taken === undefined)
      return [
        {
          file: idc.file,
          path,
          message: `${unit} names unit ${twice} twice`,
          write: [set(path, [...new Set(units)].join(', '))],
        },
      ];
    const message = `hosts ${owners.get(taken)} and ${number} both stand in unit ${taken}`;
    return [
      {
        file: idc.file,
        path,
        message,
        ...elsewhere(rack, number, units.length, path),
        also: [estate.locate(idc.file, at(owners.get(taken)!))],
      },
    ];
  });
}

function elsewhere(rack: IdcRack, host: number, size: number, path: readonly string[]): Advice {
  const taken = new Set(
    rack.hosts.flatMap(({ number, unit }) => (number === host || unit === undefined ? [] : (parseRackUnits(unit) ?? []))),
  );
  const free = freeRackUnits(size, taken);
  return { write: [free === undefined ? remove(path) : set(path, free)], fix: 'or where it stands indeed' };
}
