/** The text that hosts of a rack boot with: who gets another one, its units, and what its packet filter lets in. */
import type { Meaning, UserDataChange } from '../meaning/meaning';
import { filterChange } from '../meaning/packet-filter-words';
import { folders, foldersThatDiffer, type IdcChange } from './change';
import { WHEN_APPLIED } from './hosts-come-and-go';
import { unitsThatChange } from './rack-units';
import { rackOf } from './racks';

const FILE = 'user-data.yaml';

const OTHER_TEXT = 'get another text to boot with, and do what it says when they start again: nobody restarts them for you';

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
    const hosts = hostsThatStay(change, name);
    const userData = [{ fleet: `${change.name}-${name}`, stacks: [place], before: old, after: now }];
    return [{ meanings: textMeanings(place, name, hosts, old, now), userData }];
  });
  return { meanings: found.flatMap(({ meanings }) => meanings), userData: found.flatMap(({ userData }) => userData) };
}

function textMeanings(place: string, rack: string, hosts: readonly string[], old: string, now: string): Meaning[] {
  const explains = [`racks/${rack}/${FILE}`];
  const filter = filterChange(old, now);
  const base = { stack: place, hosts, explains } as const;
  return [
    {
      ...base,
      kind: 'rack-user-data',
      severity: 'interrupted',
      ...(hosts.length === 0 ? { what: 'hosts that come boot with another text' } : { what: OTHER_TEXT, ofHosts: true as const }),
      details: [],
      pace: WHEN_APPLIED,
    },
    ...unitsThatChange(base, old, now),
    ...(filter === undefined
      ? []
      : [
          {
            ...base,
            kind: 'host-filter',
            severity: filter.severity,
            what: 'packet filter of the hosts, when they start again',
            details: filter.words,
          },
        ]),
  ];
}

/** Where the rack has hosts, they say it. */
function comesOrGoes(change: IdcChange, rack: string, goes: boolean): Meaning[] {
  const side = goes ? 'before' : 'after';
  if ([...folders(change[side], 'hosts').keys()].some((host) => rackOf(change, host, side) === rack)) return [];
  return [
    {
      kind: goes ? 'rack-goes' : 'rack-comes',
      severity: goes ? 'replaced' : 'addition',
      stack: `${change.name}/rack-${rack}`,
      what: goes ? `rack ${rack} is no longer described, ${WHEN_APPLIED}` : `rack ${rack} is new, ${WHEN_APPLIED}`,
      hosts: [],
      details: [],
      explains: [`racks/${rack}/`],
    },
  ];
}

function hostsThatStay(change: IdcChange, rack: string): string[] {
  const old = folders(change.before, 'hosts');
  return [...folders(change.after, 'hosts').keys()].filter((host) => old.has(host) && rackOf(change, host, 'after') === rack);
}
