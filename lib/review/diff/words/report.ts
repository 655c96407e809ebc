/** What every kind of words is made from: sections in order of severity, lines, and the total. */
import type { StackDiff } from '../diff';
import { type Diffed, differs, estateDiff } from '../estate-diff';
import { type Meaning, SEVERITIES, type Severity } from '../meaning/meaning';
import { mergeUserData } from '../meaning/user-data';
import { hostList } from './host-list';
import { type UserDataPatch, userDataPatch } from './user-data-patch';

export interface Report {
  readonly sections: readonly ReportSection[];
  readonly userData: readonly UserDataPatch[];
  /** One line. */
  readonly total: string;
  readonly changed: boolean;
}

export interface ReportSection {
  readonly severity: Severity;
  readonly title: string;
  readonly lines: readonly ReportLine[];
}

export interface ReportLine {
  readonly text: string;
  /** Stacks that it is about; said where the line itself names no host. */
  readonly stack?: string;
  readonly details: readonly string[];
}

const TITLES: Readonly<Record<Severity, string>> = {
  'data-loss': 'Data is lost',
  quorum: 'Clusters that lose their quorum or stand empty',
  refused: 'Refused: the deploy would fail',
  replaced: 'Hosts and things that go or are made anew',
  reachability: 'Who reaches whom',
  security: 'Less safe than before',
  interrupted: 'Hosts that stop and start',
  fleet: 'Elastic fleets',
  network: 'Routes, links and outputs',
  access: 'Who may reach and do what',
  addition: 'What comes, and what changes without interruption',
  money: 'What it costs',
  cosmetic: 'What nobody notices',
};

export function report(diffed: Diffed): Report {
  const estate = estateDiff(diffed);
  const { stacks: diffs } = estate;
  const merged = mergeMeanings([...estate.meanings, ...diffs.flatMap(({ meanings }) => meanings)]);
  const sections = SEVERITIES.flatMap((severity): ReportSection[] => {
    const found = merged.filter((meaning) => meaning.severity === severity);
    // Hosts first: the rest is told stack by stack.
    const lines = [...found.filter(({ ofHosts }) => ofHosts), ...found.filter(({ ofHosts }) => !ofHosts)].map(lineOf);
    return lines.length === 0 ? [] : [{ severity, title: TITLES[severity], lines }];
  });
  const userData = mergeUserData([...estate.userData, ...diffs.flatMap((diff) => diff.userData)]).map(userDataPatch);
  const places = new Set(estate.meanings.map(({ stack }) => stack.split('/')[0])).size;
  return { sections, userData, total: totalWords(diffs, merged, places), changed: differs(estate) };
}

interface Merged extends Meaning {
  readonly stacks: readonly string[];
}

/** What is said of hosts in the same words is said once, over all stacks: a fleet's shards are one fleet. */
function mergeMeanings(meanings: readonly Meaning[]): Merged[] {
  const merged = new Map<string, Merged>();
  for (const meaning of meanings) {
    const { kind, severity, what, pace, ofHosts, stack } = meaning;
    const key = ofHosts ? JSON.stringify([kind, severity, what, pace]) : JSON.stringify([kind, stack, what, merged.size]);
    const known = merged.get(key);
    const stacks = [...new Set([...(known?.stacks ?? []), stack])];
    merged.set(key, { ...meaning, hosts: [...(known?.hosts ?? []), ...meaning.hosts], stacks });
  }
  return [...merged.values()];
}

function lineOf({ what, hosts, pace, ofHosts, stacks, details }: Merged): ReportLine {
  if (!ofHosts) return { text: what, stack: stacks.join(', '), details };
  const words = hosts.length === 1 ? singular(what) : what;
  const colon = words.indexOf(':');
  const [verb, rest] = colon < 0 ? [words, ''] : [words.slice(0, colon), words.slice(colon)];
  const how = pace === undefined ? '' : `, ${pace}`;
  return { text: `${count(hosts.length, 'host')} ${verb}${how}${rest}`, details: [hostList(hosts), ...details] };
}

const SINGULAR: readonly (readonly [RegExp, string])[] = [
  [/^stop and start/, 'stops and starts'],
  [/^restart/, 'restarts'],
  [/^come/, 'comes'],
  [/^go\b(.*)their system disks with them/, 'goes$1its system disk with it'],
  [/^(keep|lose) their /, '$1s its '],
  [/^go\b/, 'goes'],
  [/^are /, 'is '],
  [/^get /, 'gets '],
  [/^give their addresses back \(their interfaces go\)/, 'gives its address back (its interface goes)'],
];

function singular(what: string): string {
  return SINGULAR.reduce((words, [pattern, to]) => words.replace(pattern, to), what);
}

/** Hosts once each, whatever happens to them; then things by severity, then stacks. */
function totalWords(diffs: readonly StackDiff[], meanings: readonly Merged[], places: number): string {
  const differing = diffs.filter(({ change }) => change.kind !== 'same').length;
  if (differing + places === 0) return 'no changes';
  const hosts = (kinds: readonly string[]) =>
    new Set(meanings.filter(({ kind }) => kinds.includes(kind)).flatMap((m) => m.hosts)).size;
  const of = (severity: Severity) => meanings.filter((meaning) => meaning.severity === severity).length;
  const parts: [number, (n: number) => string][] = [
    [of('data-loss'), (n) => `${count(n, 'loss')} of data`],
    [of('refused'), (n) => `${n} refused`],
    [hosts(['host-replaced', 'host-made-anew']), (n) => `${count(n, 'host')} replaced`],
    [hosts(['host-may-be-replaced']), (n) => `${count(n, 'host')} that may be replaced`],
    [hosts(['host-goes']), (n) => `${count(n, 'host')} gone`],
    [hosts(['host-restarts']), (n) => `${count(n, 'host')} stopped and started`],
    [hosts(['host-comes']), (n) => `${count(n, 'host')} new`],
    [of('fleet'), (n) => `${count(n, 'change')} of elastic fleets`],
    [of('network'), (n) => `${n} of the network`],
    [of('access'), (n) => `${n} of access`],
  ];
  const told = parts.filter(([n]) => n > 0).map(([n, words]) => words(n));
  const centres =
    places === 0 ? [] : [`${count(places, 'data centre')} ${places === 1 ? 'differs' : 'differ'} when the files are applied`];
  if (differing === 0) return [...told, ...centres].join(', ');
  return [...told, ...centres, `${differing} of ${count(diffs.length, 'stack')} ${differing === 1 ? 'differs' : 'differ'}`].join(
    ', ',
  );
}

/** `3 hosts`, `2 losses`. */
function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}
