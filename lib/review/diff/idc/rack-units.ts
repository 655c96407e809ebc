/** Units of a rack's hosts: which come, go or are written otherwise. */
import { parseYaml } from '../../../estate/read/yaml-file';
import type { Meaning } from '../meaning/meaning';
import { isObject, type Json, listOf, objectOf } from '../model/json';
import { byNumber } from './change';
import { entriesThatDiffer } from './router';

/** @param old, now texts that coreos-cloudinit reads */
export function unitsThatChange(base: Pick<Meaning, 'stack' | 'hosts' | 'explains'>, old: string, now: string): Meaning[] {
  const changes = entriesThatDiffer(unitsOf(old), unitsOf(now)).sort((a, b) => byNumber(a.key, b.key));
  if (changes.length === 0) return [];
  const details = changes.map((unit) => {
    if (unit.old === undefined) return `+ ${unit.key}`;
    if (unit.now === undefined) return `- ${unit.key}: stopped and taken away when the host starts again`;
    return `~ ${unit.key}: ${entriesThatDiffer(new Map(Object.entries(unit.old)), new Map(Object.entries(unit.now)))
      .map(({ key }) => key)
      .join(', ')}`;
  });
  const count = (sign: string) => details.filter((line) => line.startsWith(sign)).length;
  const words = [
    [count('+'), 'come'],
    [count('-'), 'go'],
    [count('~'), 'change'],
  ].flatMap(([n, verb]) => (n === 0 ? [] : [`${n} ${verb}`]));
  const what = `units of the hosts, when they start again: ${words.join(', ')}`;
  return [{ ...base, kind: 'rack-units', severity: count('-') > 0 ? 'interrupted' : 'addition', what, details }];
}

/** By name. Source: Flatcar, "coreos-cloudinit": `coreos.units`. */
function unitsOf(text: string): Map<string, Readonly<Record<string, Json | undefined>>> {
  const { value } = parseYaml('user-data.yaml', text);
  const units = listOf(objectOf(objectOf(value).coreos).units).filter(isObject);
  return new Map(units.map((unit) => [String(unit.name), unit]));
}
