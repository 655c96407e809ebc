/** Things whose own text stays and that are made anew all the same, because what they refer to is: as the rehearsal found it. */
import type { DiffContext } from './context';
import { INSTANCES } from './host-names';
import { followsWords } from './hosts';
import type { Meaning } from './meaning';
import { plainId } from './references';

/** Hosts are told by `hostsThatChange`. */
export function replacedThrough({ change, steps, hostOf }: DiffContext): Meaning[] {
  return [...steps.values()].flat().flatMap(({ act, logicalId, type, properties, through }): Meaning[] => {
    if (through.length === 0 || act !== 'replace' || INSTANCES.has(type)) return [];
    const host = hostOf(logicalId);
    const what = `~ ${plainId(logicalId)} (${type}) is made anew: ${followsWords(properties.join(', '), through)}`;
    const hosts = host === undefined ? [] : [host];
    return [{ kind: 'replaced-through', severity: 'replaced', stack: change.path, what, hosts, details: [], explains: [] }];
  });
}
