import type { Finding, Location } from '../estate/findings/finding';
import { LEAST_SYSTEMD, neededSystemd } from '../facts/systemd';
import type { Origins } from './merge';
import type { HostConfig, HostUnit } from './model';

/** What a unit's texts say for a key, a word each. */
const words = (texts: readonly string[], key: string): string[] =>
  texts.flatMap((text) => [...text.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].flatMap(([, value]) => value!.split(/\s+/)));

/**
 * What the images' systemd passes over, and so does other than the unit says: settings that the oldest one doesn't know, and an order after
 * the network that nothing asks for (systemd.special(7), network-online.target: "units that strictly require a configured network connection
 * should pull in network-online.target (via a Wants= type dependency) and order themselves after it").
 */
export function unitsAreRead(
  { units }: HostConfig,
  reads: keyof typeof LEAST_SYSTEMD,
  origins: Origins,
  otherwise: Location,
): Finding[] {
  return units.flatMap((unit) => {
    const at = origins.get(`unit ${unit.name}`) ?? otherwise;
    const texts = [...(unit.content === undefined ? [] : [unit.content]), ...unit.dropIns.map(({ content }) => content)];
    return [...newer(unit, texts, LEAST_SYSTEMD[reads], at), ...(unit.content === undefined ? [] : alone(unit, texts, at))];
  });
}

function newer({ name }: HostUnit, texts: readonly string[], least: number, at: Location): Finding[] {
  const settings = texts.flatMap((text) =>
    [...text.matchAll(/^([A-Z]\w*)=(.*)$/gm)].map(([, key, value]) => [key!, value!] as const),
  );
  const told = new Map(settings.map(([key, value]) => [key, { value, needs: neededSystemd(key, value) ?? 0 }]));
  return [...told].flatMap(([key, { value, needs }]): Finding[] => {
    if (needs <= least) return [];
    const setting = key === 'Type' ? `Type=${value}` : `${key}=`;
    return [
      {
        ...at,
        code: 'UNIT_NEWER',
        severity: 'warning',
        path: `unit ${name}`,
        message: `${setting} came with systemd ${needs}, and images that these hosts may have are of ${least} and later.`,
        why: 'An older systemd passes over what it does not know, with a line in its journal: the unit runs as if it were not there.',
        fix: `Leave ${setting} out, and let the program do it.`,
      },
    ];
  });
}

function alone({ name }: HostUnit, texts: readonly string[], at: Location): Finding[] {
  const target = 'network-online.target';
  const asked = ['Wants', 'Requires', 'BindsTo'].some((key) => words(texts, key).includes(target));
  if (asked || !words(texts, 'After').includes(target)) return [];
  return [
    {
      ...at,
      code: 'UNIT_NETWORK',
      severity: 'warning',
      path: `unit ${name}`,
      message: `It starts after ${target}, which it does not want.`,
      why: 'Where nothing wants the target it is never started, and the order says nothing: the unit starts without a network.',
      fix: `Write Wants=${target} beside After=${target}.`,
    },
  ];
}
