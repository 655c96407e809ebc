/** CAPACITY_BELOW_FLOOR: an elastic fleet has fewer well hosts than it is to have at any time. */
import type { Loss } from '../model';
import type { Rehearsal } from '../rehearse';
import type { FleetFacts, LedgerFacts } from './facts';
import { wellInstances, wellOver } from './wellness';
import { accepting, count, span } from './words';

export function capacity(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  return facts.fleets.flatMap((fleet) => (fleet.floor === undefined ? [] : capacityLoss(rehearsal, fleet, fleet.floor)));
}

function capacityLoss(rehearsal: Rehearsal, fleet: FleetFacts, planned: number): Loss[] {
  const hosts = rehearsal.hosts.filter(({ name }) => name === fleet.name);
  const stretches = wellOver({ hosts, seconds: rehearsal.seconds }).map(({ from, to, well }) => ({ from, to, well: well.size }));
  // A fleet that stood below its floor can't fall below it.
  const floor = Math.min(planned, wellInstances(hosts).size);
  const below = stretches.filter(({ from, to, well }) => well < floor && to > from);
  if (below.length === 0) return [];
  const [from, to] = [below[0]!.from, below.at(-1)!.to];
  const least = Math.min(...below.map(({ well }) => well));
  const name = `CAPACITY_BELOW_FLOOR:${fleet.path}`;
  return [
    {
      code: 'CAPACITY_BELOW_FLOOR',
      severity: 'error',
      name,
      stack: fleet.path,
      from,
      to,
      hosts: [],
      what: `${fleet.target} has ${count(least, 'well host')} ${span(from, to, stretches.at(-1)!.well < floor)}, and is to have ${floor} at any time`,
      why: `its hosts are exchanged before the new ones are well, or are not launched again`,
      fix: `raise max of ${fleet.target} above its min, so that new hosts stand before old ones go, and leave the UpdatePolicy as meissa synth writes it; ${accepting(name)}`,
    },
  ];
}
