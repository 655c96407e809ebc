/** What every kind of words is made from: sections in order of severity, lines, patches, and the total. */
import { type Diffed, differs, type EstateDiff, estateDiff } from '../estate-diff';
import { isOfDataCentre } from '../idc/pace';
import { lossMeanings, timelineWords } from '../losses';
import { type Meaning, SEVERITIES, type Severity } from '../meaning/meaning';
import { mergeUserData } from '../meaning/user-data';
import { findingLines } from './finding-lines';
import { type Merged, mergeMeanings } from './merge';
import { orderLines } from './order';
import { type PatchGroup, patchGroups } from './patch-groups';
import { placedLines, placedStack } from './placed-names';
import { singular } from './singular';
import { count, totalWords } from './total';
import { userDataPatch } from './user-data-patch';

export interface Report {
  readonly sections: readonly ReportSection[];
  readonly patches: readonly PatchGroup[];
  /** One line. */
  readonly total: string;
  /** How long the deploy takes. @default - it was not run in virtual time */
  readonly takes?: string;
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

/** Stacks that a deploy leaves alone because nothing describes them any more: a section of their own. */
const LEFT = 'No longer described, and left alone by a deploy';

export function report(diffed: Diffed): Report {
  const diff = estateDiff(diffed);
  const meanings = meaningsOf(diff);
  const merged = mergeMeanings(meanings);
  const left = merged.filter(({ kind }) => kind === 'stack-undescribed');
  const of = (severity: Severity) => merged.filter((one) => one.severity === severity && !left.includes(one));
  const sections = SEVERITIES.flatMap((severity): ReportSection[] => {
    const found = of(severity);
    // Hosts first: the rest is told stack by stack.
    const hosts = found.filter(({ ofHosts }) => ofHosts).map(lineOf);
    const order = severity === 'interrupted' ? orderLines(diff).map((text) => ({ text, details: [] })) : [];
    const rest = byStack(found.filter(({ ofHosts }) => !ofHosts).map(lineOf));
    return sectionOf(severity, TITLES[severity], [...hosts, ...order, ...rest]);
  });
  return {
    sections: [
      ...sections,
      ...sectionOf('network', LEFT, byStack(left.map(lineOf))),
      ...sectionOf('security', `New findings since ${diff.findings?.since}`, findingLines(diff.findings?.new ?? [])),
    ],
    patches: patchGroups(mergeUserData([...diff.stacks, diff].flatMap(({ userData }) => userData)).map(userDataPatch)),
    total: totalWords(diff, meanings, (severity) => sum(of(severity))),
    ...(diff.timeline === undefined ? {} : { takes: timelineWords(diff.timeline) }),
    changed: differs(diff),
  };
}

/** Things, and not lines: what is said once of several stacks is in each of them. */
function sum(told: readonly Merged[]): number {
  return told.reduce((n, { ofHosts, stacks }) => n + (ofHosts ? 1 : stacks.length), 0);
}

/** All of the estate: of the deploy in time, of no single stack, then stack by stack. */
export function meaningsOf({ stacks, meanings, timeline }: EstateDiff): Meaning[] {
  return [...lossMeanings(timeline?.losses ?? []), ...meanings, ...stacks.flatMap((stack) => stack.meanings)];
}

function sectionOf(severity: Severity, title: string, lines: readonly ReportLine[]): ReportSection[] {
  return lines.length === 0 ? [] : [{ severity, title, lines }];
}

/** Stable: what is said of the same stacks stands together. */
function byStack(lines: readonly ReportLine[]): ReportLine[] {
  const stacks = [...new Set(lines.map(({ stack }) => stack))];
  return stacks.flatMap((stack) => lines.filter((line) => line.stack === stack));
}

function lineOf({ what, hosts, pace, ofHosts, stacks, details }: Merged): ReportLine {
  if (!ofHosts) {
    const named = stacks.filter((stack) => stack !== '').map(placedStack);
    return { text: what, ...(named.length === 0 ? {} : { stack: placedLines(named, '/').join('; ') }), details };
  }
  const words = hosts.length === 1 ? singular(what) : what;
  const colon = words.indexOf(':');
  const [verb, rest] = colon < 0 ? [words, ''] : [words.slice(0, colon), words.slice(colon)];
  // Stacks may deploy side by side: what paces hosts in one of them says nothing of the others.
  const each = stacks.length > 1 && !isOfDataCentre({ pace }) ? `in each of ${stacks.length} stacks ` : '';
  const how = pace === undefined ? '' : `, ${each}${pace}`;
  return { text: `${count(hosts.length, 'host')} ${verb}${how}${rest}`, details: [...placedLines(hosts, '-'), ...details] };
}
