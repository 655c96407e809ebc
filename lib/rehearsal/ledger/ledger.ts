/** The ledger: what a rehearsed deploy takes away, for a while or for good. */
import type { Loss, Timeline } from '../model';
import type { Rehearsal } from '../rehearse';
import { addresses } from './addresses';
import { anew } from './anew';
import { hostsAway } from './away';
import { capacity } from './capacity';
import { crowded } from './crowded';
import { disks } from './disks';
import { emptiedVolumes } from './emptied';
import type { LedgerFacts } from './facts';
import { fails } from './fails';
import { lostHosts } from './lost-hosts';
import { quorums } from './quorum';
import { cutOff } from './reach/cut-off';
import { replaced } from './replaced';
import { replicas } from './replicas';

/** Worst first: every kind of loss, each a pure function of the rehearsal and of what is known of the hosts. */
const KINDS = [
  disks,
  anew,
  emptiedVolumes,
  quorums,
  replicas,
  replaced,
  addresses,
  cutOff,
  capacity,
  crowded,
  fails,
  hostsAway,
] as const;

/** Errors first, then by kind, in the order of their begin. */
export function ledgerOf(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  const seen = withoutLost(rehearsal, facts);
  const found = KINDS.map((kind) => kind(seen, facts));
  const losses = [...found, lostHosts(rehearsal, facts)].flatMap((kind) => kind.sort((a, b) => a.from - b.from));
  return [...losses.filter(({ severity }) => severity === 'error'), ...losses.filter(({ severity }) => severity === 'warning')];
}

/** In virtual time every host is well that stands; those of a lost zone are not, and nothing that is done makes them so. */
function withoutLost(rehearsal: Rehearsal, { fleets }: LedgerFacts): Rehearsal {
  const lost = new Set(fleets.flatMap((fleet) => fleet.lost ?? []));
  return lost.size === 0 ? rehearsal : { ...rehearsal, hosts: rehearsal.hosts.filter(({ name }) => !lost.has(name)) };
}

export function timelineOf(rehearsal: Rehearsal, facts: LedgerFacts): Timeline {
  const { stacks, steps, seconds } = rehearsal;
  return { stacks, steps, seconds, losses: ledgerOf(rehearsal, facts) };
}
