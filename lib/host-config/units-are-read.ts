import type { Finding, Location } from '../estate/findings/finding';
import { LEAST_SYSTEMD, neededSystemd, RESTARTED_ONESHOT } from '../facts/systemd';
import type { Origins } from './merge';
import type { HostConfig, HostUnit } from './model';

type Settings = readonly (readonly [key: string, value: string])[];

/** By a unit's text: most are the same on hosts of many fleets. */
const known = new Map<string, Settings>();
/** Texts of units that are remembered; bounded, so that a long-lived process stays small. */
const KNOWN_AT_MOST = 1000;

function settingsOf(text: string): Settings {
  const found = known.get(text);
  if (found !== undefined) return found;
  if (known.size >= KNOWN_AT_MOST) known.clear();
  const settings = [...text.matchAll(/^[ \t]*([A-Z]\w*)[ \t]*=[ \t]*(.*)$/gm)].map(([, key, value]) => [key!, value!] as const);
  known.set(text, settings);
  return settings;
}

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
    const settings = texts.flatMap(settingsOf);
    return [...newer(unit, settings, LEAST_SYSTEMD[reads], at), ...(unit.content === undefined ? [] : alone(unit, settings, at))];
  });
}

function newer({ name }: HostUnit, settings: Settings, least: number, at: Location): Finding[] {
  const isOneshot = settings.some(([key, value]) => key === 'Type' && value === 'oneshot');
  const needs = (key: string, value: string): number =>
    (isOneshot && key === 'Restart' && value !== 'no' ? RESTARTED_ONESHOT : neededSystemd(key, value)) ?? 0;
  const told = new Map(settings.map(([key, value]) => [key, { value, needs: needs(key, value) }]));
  return [...told].flatMap(([key, { value, needs }]): Finding[] => {
    if (needs <= least) return [];
    const setting = key === 'Type' || key === 'Restart' ? `${key}=${value}` : `${key}=`;
    const what = key === 'Restart' ? `${setting} of a oneshot` : setting;
    return [
      {
        ...at,
        code: 'UNIT_NEWER',
        severity: 'warning',
        path: `unit ${name}`,
        message: `${what} came with systemd ${needs}, and images that these hosts may have are of ${least} and later.`,
        why: 'An older systemd passes over what it does not know, with a line in its journal, or refuses the unit.',
        fix: `Leave ${setting} out, and let the program do it.`,
      },
    ];
  });
}

function alone({ name }: HostUnit, settings: Settings, at: Location): Finding[] {
  const target = 'network-online.target';
  const names = (keys: readonly string[]): boolean =>
    settings.some(([key, value]) => keys.includes(key) && value.split(/\s+/).includes(target));
  if (!names(['After']) || names(['Wants', 'Requires', 'BindsTo'])) return [];
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
