/** The text that hosts of a rack boot with: who gets another one, its units, and what its packet filter lets in. */
import type { Meaning, UserDataChange } from '../meaning/meaning';
import { filterThatChanges } from '../meaning/packet-filter-words';
import { foldersThatDiffer, type IdcChange } from './change';
import { unitsThatChange } from './rack-units';
import { rackOf } from './racks';

const FILE = 'user-data.yaml';

const OTHER_TEXT = 'get another text to boot with, which counts from the next start on: nobody restarts them for you';

export interface RackTexts {
  readonly meanings: readonly Meaning[];
  readonly userData: readonly UserDataChange[];
}

/** Of racks that stay: of one that comes or goes it is said that its hosts do. */
export function rackTexts(change: IdcChange): RackTexts {
  const found = foldersThatDiffer(change, 'racks').flatMap(({ name, before, after }) => {
    const [old, now] = [before?.get(FILE), after?.get(FILE)];
    if (old === undefined || now === undefined) return [{ meanings: comesOrGoes(change, name, now === undefined), userData: [] }];
    const place = `${change.name}/rack-${name}`;
    const text = { fleet: `${change.name}-${name}`, stacks: [place], before: old, after: now };
    const base = { stack: place, hosts: hostsThatStay(change, name), explains: [`racks/${name}/${FILE}`] };
    const meanings = [otherText(base), ...unitsThatChange(base, old, now), ...filterThatChanges(base, text)];
    return [{ meanings, userData: [text] }];
  });
  return { meanings: found.flatMap(({ meanings }) => meanings), userData: found.flatMap(({ userData }) => userData) };
}

function otherText(base: Pick<Meaning, 'stack' | 'hosts' | 'explains'>): Meaning {
  const whole = { ...base, kind: 'rack-user-data', severity: 'interrupted', details: [] } as const;
  return base.hosts.length === 0
    ? { ...whole, what: 'hosts that come boot with another text' }
    : { ...whole, what: OTHER_TEXT, ofHosts: true };
}

/** Where the rack has hosts, they say it. */
function comesOrGoes(change: IdcChange, rack: string, goes: boolean): Meaning[] {
  const side = goes ? 'before' : 'after';
  if ([...change.folders[side].hosts.keys()].some((host) => rackOf(change, host, side) === rack)) return [];
  return [
    {
      kind: goes ? 'rack-goes' : 'rack-comes',
      severity: goes ? 'replaced' : 'addition',
      stack: `${change.name}/rack-${rack}`,
      what: goes ? `rack ${rack} is no longer described` : `rack ${rack} is new`,
      hosts: [],
      details: [],
      explains: [`racks/${rack}/`],
    },
  ];
}

function hostsThatStay(change: IdcChange, rack: string): string[] {
  const { before, after } = change.folders;
  return [...after.hosts.keys()].filter((host) => before.hosts.has(host) && rackOf(change, host, 'after') === rack);
}
