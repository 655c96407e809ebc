/** HOST_IN_LOST_ZONE: a deploy waits for hosts of a zone that is lost. */
import type { Loss } from '../model';
import type { Rehearsal } from '../rehearse';
import type { FleetFacts, LedgerFacts } from './facts';
import { accepting, count, few } from './words';

/** @param rehearsal as it went, with the hosts of lost zones in it */
export function lostHosts(rehearsal: Rehearsal, { fleets }: LedgerFacts): Loss[] {
  return fleets.flatMap((fleet) => lossOf(rehearsal, fleet, new Set(fleet.lost)));
}

/** Who goes for good is waited for by nobody; who is to come up again is. */
function lossOf({ hosts }: Rehearsal, { path, target }: FleetFacts, lost: ReadonlySet<string>): Loss[] {
  const awaited = hosts.filter(({ name, up, at }) => up && at > 0 && lost.has(name));
  const [first] = awaited;
  if (first === undefined) return [];
  const names = [...new Set(awaited.map(({ name }) => name))].sort();
  const name = `HOST_IN_LOST_ZONE:${path}`;
  return [
    {
      code: 'HOST_IN_LOST_ZONE',
      severity: 'error',
      name,
      stack: path,
      from: first.at,
      to: awaited.at(-1)!.at,
      hosts: names,
      what: `${count(names.length, 'host')} of ${target} would have to start in a zone that is lost: ${few(names)}`,
      why: 'it does not come up there: the deploy waits until it gives up, and those that come after it keep what they had',
      fix: `leave ${target} as it is until the zone is back (meissa zone back), or retire what stands there: docs/runbooks/incidents/zone-lost.md; ${accepting(name)}`,
    },
  ];
}
