/** MEMBERS_DOWN: more members of a fleet are down together than it says may be. */
import type { Loss } from '../model';
import type { Rehearsal } from '../rehearse';
import type { FleetFacts, LedgerFacts } from './facts';
import { downOver, together, wellAtFirst } from './wellness';
import { count, few, span } from './words';

/** Of voters and brokers their own losses are told. */
export function crowded(rehearsal: Rehearsal, { fleets }: LedgerFacts): Loss[] {
  return fleets.flatMap((fleet) =>
    fleet.maxUnavailable === undefined || fleet.voters !== undefined || fleet.topics.length > 0
      ? []
      : crowdedLoss(rehearsal, fleet, fleet.maxUnavailable),
  );
}

function crowdedLoss(rehearsal: Rehearsal, fleet: FleetFacts, most: number): Loss[] {
  // Who was down before is none of this deploy's doing.
  const members = wellAtFirst(
    rehearsal,
    fleet.members.map(({ name }) => name),
  );
  const [first, ...more] = together(downOver(rehearsal, members), ({ down }) => down.length > most);
  if (first === undefined) return [];
  const over = downOver(rehearsal, members).filter(({ from, to, down }) => down.length > most && to > from);
  const worst = over.reduce((one, other) => (other.down.length > one.down.length ? other : one));
  const last = more.at(-1) ?? first;
  return [
    {
      code: 'MEMBERS_DOWN',
      severity: 'warning',
      name: `MEMBERS_DOWN:${fleet.path}`,
      stack: fleet.path,
      from: first.from,
      to: last.to,
      hosts: [...worst.down],
      what: `${worst.down.length} of ${count(members.length, 'member')} of ${fleet.target} are down together ${span(first.from, last.to, false)}, and ${most} may be (maxUnavailable)`,
      why: `the next one stops as soon as the one before runs, not when it is well: no gate stands between them; ${few(worst.down)}`,
      fix: `deploy when ${fleet.target} can spare them`,
    },
  ];
}
