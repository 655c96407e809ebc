/** CUT_OFF, OPENED: who loses reach of whom while the deploy runs or for good, and who gains it. */
import { changeLines } from '../../../reach/change-words';
import type { Loss } from '../../model';
import type { Rehearsal } from '../../rehearse';
import type { LedgerFacts } from '../facts';
import { accepting, few } from '../words';
import { MOST_LOOKS, type PairOverTime, type ReachOverTime, reachOverTime } from './over-time';
import type { Turn } from './standing';

export function cutOff(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  const found = reachOverTime(rehearsal, facts);
  if (found === undefined) return [];
  return [
    ...alike(found.lost).map((group) => cut(found, group)),
    ...alike(found.gained).map((group) => opened(found, group)),
    ...unseen(rehearsal, found),
  ];
}

/** Pairs that the same thing does to at the same time are one loss. */
function alike(list: readonly PairOverTime[]): PairOverTime[][] {
  const groups = new Map<string, PairOverTime[]>();
  for (const one of list) {
    const key = JSON.stringify([one.from, one.to, one.stays, one.untilRouters]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function cut({ had }: ReachOverTime, group: readonly PairOverTime[]): Loss {
  const { from, to, stays, untilRouters, by } = group[0]!;
  const base = baseOf('CUT_OFF', group);
  const lines = changeLines(
    group.map(({ pair }) => pair),
    had,
  );
  const codes = [...new Set(group.flatMap(({ pair }) => pair.codes))].sort();
  return {
    ...base,
    severity: 'error',
    what: `no way ${durationWords(from, to, stays, untilRouters)}: ${few(lines, 8, '; ')}`,
    why: `${doneWords(by)}${codes.length === 0 ? '' : `; packets end with ${codes.join(', ')}`}`,
    fix: `${
      stays && !untilRouters
        ? `take back what ${by.length === 0 ? 'the files of the data centres' : `${by[0]!.stack} does to ${few(idsOf(by))}`} change, if these are to reach each other`
        : 'deploy the new way first, and take the old one away in a deploy after that'
    }; ${accepting(base.name)}`,
  };
}

function opened({ has }: ReachOverTime, group: readonly PairOverTime[]): Loss {
  const { from, to, stays, untilRouters, by } = group[0]!;
  const lines = changeLines(
    group.map(({ pair }) => pair),
    has,
  );
  return {
    ...baseOf('OPENED', group),
    severity: 'warning',
    what: `newly open ${durationWords(from, to, stays, untilRouters)}: ${few(lines, 8, '; ')}`,
    why: doneWords(by),
    fix: 'nothing, where it is wanted; else take the rule or route back',
  };
}

function baseOf(code: string, group: readonly PairOverTime[]) {
  const { from, to, by } = group[0]!;
  const stack = by[0]?.stack ?? 'idc';
  return {
    code,
    name: `${code}:${stack}`,
    stack,
    ...(by.length === 1 ? { resource: by[0]!.logicalId } : {}),
    from,
    to,
    hosts: [],
  };
}

function durationWords(from: number, to: number, stays: boolean, untilRouters: boolean): string {
  if (untilRouters) return `from ${Math.round(from)} s on, until the routers of the data centres have their new files`;
  return stays
    ? `from ${Math.round(from)} s on, and at the end still`
    : `for ${Math.max(1, Math.round(to - from))} s from ${Math.round(from)} s`;
}

function doneWords(by: readonly Turn[]): string {
  if (by.length === 0) return 'the files of routers and hosts in data centres say so';
  const gone = by.filter(({ resource }) => resource === undefined);
  const turned = by.filter(({ resource }) => resource !== undefined);
  return [
    ...(gone.length === 0 ? [] : [`${few(idsOf(gone))} of ${stacksOf(gone)} ${gone.length === 1 ? 'goes' : 'go'}`]),
    ...(turned.length === 0
      ? []
      : [`${few(idsOf(turned))} of ${stacksOf(turned)} ${turned.length === 1 ? 'is' : 'are'} made or changed`]),
  ].join(', ');
}

const idsOf = (turns: readonly Turn[]): string[] => turns.map(({ logicalId }) => logicalId);
const stacksOf = (turns: readonly Turn[]): string => [...new Set(turns.map(({ stack }) => stack))].join(', ');

function unseen({ seconds }: Rehearsal, found: ReachOverTime): Loss[] {
  if (found.unseen === 0) return [];
  return [
    {
      code: 'REACH_NOT_FOLLOWED',
      severity: 'warning',
      name: 'REACH_NOT_FOLLOWED:estate',
      stack: 'estate',
      from: 0,
      to: seconds,
      hosts: [],
      what: `${found.unseen} changes of routes and rules were looked at only together with those right after them`,
      why: `reachability is looked at ${MOST_LOOKS} times in a deploy; what is cut between two of them and mended again is not seen`,
      fix: 'deploy fewer stacks at once to see each',
    },
  ];
}
