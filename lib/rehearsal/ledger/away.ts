/** HOST_AWAY: hosts do not run when the deploy begins, and nothing that it does brings them back. */
import type { AwayHost } from '../../clouds/away-host';
import type { Loss } from '../model';
import type { Rehearsal } from '../rehearse';
import type { FleetFacts, LedgerFacts } from './facts';
import { count, few } from './words';

/** Hosts that do not run when the deploy begins, by name. */
export type Away = ReadonlyMap<string, AwayHost['state']>;

/** @param path of one stack alone @default - all */
export function awayIn({ before }: Pick<LedgerFacts, 'before'>, path?: string): Away {
  const stacks = before.filter((stack) => path === undefined || stack.path === path);
  return new Map(stacks.flatMap(({ away = [] }) => away.map(({ name, state }) => [name, state])));
}

/** `cn-1-voters-2 (gone)` */
export const awayWords = (away: Away): string => few([...away].map(([name, state]) => `${name} (${state})`).sort());

/** Of those that a loss names. */
export const awayAmong = (away: Away, hosts: readonly string[]): Away =>
  new Map([...away].filter(([host]) => hosts.includes(host)));

/** As one of the reasons of a loss, where there are any. */
export const awayReasons = (away: Away): string[] => (away.size > 0 ? [`when the deploy begins ${awayWords(away)}`] : []);

export function hostsAway(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  const away = awayIn(facts);
  return away.size === 0 ? [] : facts.fleets.flatMap((fleet) => lossOf(rehearsal, fleet, away));
}

function lossOf({ hosts, seconds }: Rehearsal, { members, path, target }: FleetFacts, all: Away): Loss[] {
  const comes = new Set(hosts.flatMap(({ name, up }) => (up ? [name] : [])));
  const away = new Map(members.flatMap(({ name }) => (all.has(name) && !comes.has(name) ? [[name, all.get(name)!]] : [])));
  if (away.size === 0) return [];
  return [
    {
      code: 'HOST_AWAY',
      severity: 'warning',
      name: `HOST_AWAY:${path}`,
      stack: path,
      from: 0,
      to: seconds,
      hosts: [...away.keys()].sort(),
      what: `${count(away.size, 'host')} of ${target} ${away.size === 1 ? 'does' : 'do'} not run, and the deploy does not bring ${away.size === 1 ? 'it' : 'them'} back`,
      why: awayWords(away),
      fix: `first ${repairing(target)}`,
    },
  ];
}

/** What brings hosts of a fleet back. */
export const repairing = (target: string): string => `meissa repair ${target.split('/')[0]}`;
