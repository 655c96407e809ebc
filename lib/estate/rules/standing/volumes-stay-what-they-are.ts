import { cloudOf } from '../../../clouds/clouds';
import { remove, set } from '../../findings/remedy';
import type { Problem, Rule } from '../rule';
import { type StandingVolume, standingVolumes } from './standing-volumes';

/** A volume changes only what its cloud changes in place, and keeps its device. Source: lib/facts, the tables of what an update does. */
export const volumesStayWhatTheyAre: Rule = {
  code: 'VOLUME_CHANGED',
  title: 'A data volume that stands keeps its device, and its type where the cloud changes none in place.',
  why: 'a volume that is made anew is empty, one that is attached anew is taken from under what runs on it, and an engine that refuses the change stops the deploy',
  check: (estate) => standingVolumes(estate).flatMap((standing) => [...device(standing), ...type(standing)]),
};

function device({ volume, entry, described, at }: StandingVolume): Problem[] {
  if (described === undefined || described.device === entry.device) return [];
  const message = `the volume "${volume}" is attached as ${entry.device}, and would be as ${described.device}`;
  return [{ ...at('device'), message, write: [set(at('device').path, entry.device)] }];
}

function type({ region, volume, entry, described, at }: StandingVolume): Problem[] {
  if (described === undefined) return [];
  const effect = cloudOf(region).volumeUpdate(entry, described);
  if (effect === 'none') return [];
  const words = (of: typeof entry): string => `${of.type}${of.iops === undefined ? '' : ` with ${of.iops} operations a second`}`;
  const message = `the volume "${volume}" is ${words(entry)}, and would be ${words(described)}, which ${cloudOf(region).engine} ${effect === 'refused' ? 'refuses' : 'does by another, empty one'}`;
  const key = entry.type === described.type ? 'iops' : 'type';
  const back = (of: 'type' | 'iops') =>
    entry[of] === undefined ? (described[of] === undefined ? [] : remove(at(of).path)) : set(at(of).path, entry[of]);
  const before = key === 'iops' ? back('iops') : [...back('type'), ...(entry.iops === described.iops ? [] : back('iops'))];
  return [{ ...at(key), message, write: [before], fix: 'or a volume of another name beside it' }];
}
