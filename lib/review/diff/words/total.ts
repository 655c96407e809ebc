/** The last line: how many hosts, whatever happens to them, then things by severity, then stacks. */
import { differs, type EstateDiff } from '../estate-diff';
import { isOfDataCentre } from '../idc/pace';
import type { MeaningKind } from '../kinds';
import type { Meaning, Severity } from '../meaning/meaning';

/** @param lines things of each severity */
export function totalWords(diff: EstateDiff, meanings: readonly Meaning[], lines: (severity: Severity) => number): string {
  if (!differs(diff)) return 'no changes';
  const { stacks } = diff;
  const hosts = (kinds: readonly string[]) =>
    new Set(meanings.filter(({ kind }) => kinds.includes(kind)).flatMap((meaning) => meaning.hosts)).size;
  const stacksOf = (kind: MeaningKind) => meanings.filter((meaning) => meaning.kind === kind).length;
  const parts: [number, (n: number) => string][] = [
    [lines('data-loss'), (n) => count(n, 'loss') + ' of data'],
    [lines('quorum'), (n) => `${count(n, 'cluster')} without quorum or empty`],
    [lines('refused'), (n) => `${n} refused`],
    [hosts(['host-replaced', 'host-made-anew']), (n) => `${count(n, 'host')} replaced`],
    [hosts(['host-may-be-replaced']), (n) => `${count(n, 'host')} that may be replaced`],
    [hosts(['host-goes']), (n) => `${count(n, 'host')} gone`],
    [lines('reachability'), (n) => `${count(n, 'change')} of who reaches whom`],
    [lines('security'), (n) => `${n} less safe`],
    [hosts(['host-restarts']), (n) => `${count(n, 'host')} stopped and started`],
    [hosts(['host-comes']), (n) => `${count(n, 'host')} new`],
    [lines('fleet'), (n) => `${count(n, 'change')} of elastic fleets`],
    [lines('network'), (n) => `${n} of the network`],
    [lines('access'), (n) => `${n} of access`],
    [stacksOf('stack-goes'), (n) => `${count(n, 'stack')} gone`],
    [stacksOf('stack-undescribed'), (n) => `${count(n, 'stack')} no longer described`],
  ];
  const told = parts.filter(([n]) => n > 0).map(([n, words]) => words(n));
  const described = stacks.filter(({ change }) => change.kind !== 'removed');
  const differing = described.filter(({ change }) => change.kind !== 'same').length;
  const all = `${differing} of ${count(described.length, 'stack')} ${differing === 1 ? 'differs' : 'differ'}`;
  const centres = new Set(diff.meanings.filter(isOfDataCentre).map(({ stack }) => stack.split('/')[0])).size;
  if (centres > 0)
    told.push(`${count(centres, 'data centre')} ${centres === 1 ? 'differs' : 'differ'} when the files are applied`);
  return [...told, ...(described.length === 0 && told.length > 0 ? [] : [all])].join(', ');
}

/** `3 hosts`, `2 losses`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}
