/** QUORUM_LOST, QUORUM_AT_RISK: of members that vote, so many are well that they decide, or not. */
import type { Loss } from '../model';
import type { Rehearsal } from '../rehearse';
import { type Away, awayAmong, awayIn, awayReasons, repairing } from './away';
import type { FleetFacts, LedgerFacts } from './facts';
import { membersIn } from './hosts';
import { causes } from './places';
import { MEMBER_DOWN } from './usual';
import { downOver, emptied, type Stretch, together, wellAtFirst } from './wellness';
import { accepting, few, span } from './words';

/** Voters that must be well so that they decide. */
export const quorumOf = (voters: number): number => Math.floor(voters / 2) + 1;

export function quorums(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  const away = awayIn(facts);
  return facts.fleets.flatMap((fleet) => (fleet.voters === undefined ? [] : quorumLosses(rehearsal, fleet, away)));
}

function quorumLosses(rehearsal: Rehearsal, fleet: FleetFacts, away: Away): Loss[] {
  const stood = membersIn(rehearsal.before);
  // Who is left out for a while votes too: its seat stands empty.
  const voters = fleet.members.filter(({ name, absent }) => absent || stood.has(name)).map(({ name }) => name);
  const quorum = quorumOf(voters.length);
  // Before the first quorum there is none to lose.
  if (wellAtFirst(rehearsal, voters).length < quorum) return [];
  const stretches = downOver(rehearsal, voters, stillItself(rehearsal));
  const well = ({ down }: Stretch) => voters.length - down.length;
  const lost = together(stretches, (stretch) => well(stretch) < quorum);
  if (lost.length > 0) return [lostLoss(rehearsal, fleet, away, voters, lost, well(stretches.at(-1)!) < quorum)];
  const last = stretches.at(-1)!.down.join();
  const atFirst = new Set(voters.filter((name) => !wellAtFirst(rehearsal, voters).includes(name)));
  const risky = stretches.find((stretch) => {
    // Who was down before is none of this deploy's doing.
    if (well(stretch) !== quorum || stretch.down.every((name) => atFirst.has(name))) return false;
    return stretch.down.length > 1 || stretch.down.join() === last || durationOf(stretches, stretch) > 2 * MEMBER_DOWN;
  });
  return risky === undefined ? [] : [riskLoss(rehearsal, fleet, voters, whole(stretches, risky), risky.down.join() === last)];
}

/** The same ones: where one follows the other, nobody is down for long. */
function whole(stretches: readonly Stretch[], one: Stretch): Stretch {
  const same = together(stretches, ({ down }) => down.join() === one.down.join());
  return same.find(({ from, to }) => from <= one.from && one.to <= to) ?? one;
}

function durationOf(stretches: readonly Stretch[], one: Stretch): number {
  const { from, to } = whole(stretches, one);
  return to - from;
}

/** A voter that comes back without what it had is another one: the others know it by what it has forgotten. */
function stillItself(rehearsal: Rehearsal): (instanceId: string, name: string) => boolean {
  const gone = emptied(rehearsal);
  const before = membersIn(rehearsal.before);
  return (instanceId, name) => !gone.has(name) || before.get(name)?.instanceId === instanceId;
}

function lostLoss(
  rehearsal: Rehearsal,
  fleet: FleetFacts,
  away: Away,
  voters: readonly string[],
  lost: readonly Stretch[],
  stays: boolean,
): Loss {
  const name = `QUORUM_LOST:${fleet.path}`;
  const [first] = lost;
  const hosts = [...new Set(lost.flatMap(({ down }) => down))].sort();
  const only = voters.length === 1 && !stays;
  const missing = awayAmong(away, hosts);
  const forgotten = hosts.filter((host) => emptied(rehearsal).has(host));
  return {
    code: 'QUORUM_LOST',
    // One voter can't be restarted otherwise.
    severity: only ? 'warning' : 'error',
    name,
    stack: fleet.path,
    from: first!.from,
    to: lost.at(-1)!.to,
    hosts,
    what: `${fleet.voters === 'etcd' ? 'etcd' : 'the KRaft quorum'} of ${fleet.target} has fewer than ${quorumOf(voters.length)} of ${voters.length} voters ${span(first!.from, lost.at(-1)!.to, stays)}`,
    why: [
      forgotten.length > 0 ? `${few(forgotten)} come back empty and are no voters any more` : `${few(hosts)} are down together`,
      ...awayReasons(missing),
      ...causes(rehearsal, hosts),
    ].join('; '),
    fix: only
      ? 'one voter is never down without its quorum: nothing but three voters helps'
      : forgotten.length > 0
        ? `take the change back that replaces them, and replace one member at a time: meissa replace ${fleet.target}/<number>; ${accepting(name)}`
        : fleet.lost !== undefined
          ? `leave ${fleet.target} as it is until the zone is back, or give its lost voters up first: docs/runbooks/incidents/zone-lost.md; ${accepting(name)}`
          : missing.size > 0
            ? `first ${repairing(fleet.target)}: a voter that does not run can't stand in for one that restarts; ${accepting(name)}`
            : `take the change of ${fleet.path} back, and deploy templates of meissa synth, in which one voter waits for the other (DependsOn on its gate); ${accepting(name)}`,
  };
}

function riskLoss(
  rehearsal: Rehearsal,
  fleet: FleetFacts,
  voters: readonly string[],
  { from, to, down }: Stretch,
  stays: boolean,
): Loss {
  return {
    code: 'QUORUM_AT_RISK',
    severity: 'warning',
    name: `QUORUM_AT_RISK:${fleet.path}`,
    stack: fleet.path,
    from,
    to,
    hosts: [...down],
    what: `${fleet.target} has exactly ${quorumOf(voters.length)} of ${voters.length} voters ${span(from, to, stays)}: one more that fails ends its quorum`,
    why: [`${few(down)} ${down.length === 1 ? 'is' : 'are'} down`, ...causes(rehearsal, down)].join('; '),
    fix: `see that all voters are well before the next one is touched: meissa status ${fleet.target.split('/')[0]}`,
  };
}
