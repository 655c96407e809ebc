/** REPLICAS_LOST: so many brokers are down at once that a topic takes no lines, or can't be read at all. */
import type { Loss } from '../model';
import type { Rehearsal } from '../rehearse';
import { type Away, awayAmong, awayIn, awayReasons, repairing } from './away';
import type { FleetFacts, LedgerFacts } from './facts';
import { membersIn } from './hosts';
import { causes } from './places';
import { downOver, type Stretch, together, wellAtFirst } from './wellness';
import { accepting, few, span } from './words';

export function replicas(rehearsal: Rehearsal, facts: LedgerFacts): Loss[] {
  const away = awayIn(facts);
  return facts.fleets.flatMap((fleet) => (fleet.topics.length === 0 ? [] : replicaLosses(rehearsal, fleet, away)));
}

function replicaLosses(rehearsal: Rehearsal, fleet: FleetFacts, away: Away): Loss[] {
  const stood = membersIn(rehearsal.before);
  const brokers = fleet.members.filter(({ name, absent }) => absent || stood.has(name));
  const names = brokers.map(({ name }) => name);
  const zoneOf = new Map(brokers.map(({ name, zone }) => [name, zone]));
  const stretches = downOver(rehearsal, names);
  const atFirst = names.length - wellAtFirst(rehearsal, names).length;
  if (atFirst === names.length) return [];
  const losses = fleet.topics.flatMap((topic): { topic: FleetFacts['topics'][number]; found: Stretch[] }[] => {
    const most = topic.replication - topic.minInsync;
    const found = together(
      stretches,
      ({ down }) => replicasDown(down, zoneOf, topic.replication) > most && down.length > atFirst,
    );
    return found.length === 0 ? [] : [{ topic, found }];
  });
  if (losses.length === 0) return [];
  const found = losses.flatMap((loss) => loss.found).sort((a, b) => a.from - b.from);
  const [from, to] = [found[0]!.from, Math.max(...found.map((one) => one.to))];
  const hosts = [...new Set(found.flatMap(({ down }) => down))].sort();
  const last = stretches.at(-1)!.down;
  const stays = losses.some(({ topic }) => replicasDown(last, zoneOf, topic.replication) > topic.replication - topic.minInsync);
  const gone = losses.filter(({ topic, found: own }) =>
    own.some(({ down }) => replicasDown(down, zoneOf, topic.replication) >= topic.replication),
  );
  // With as many replicas as must be in sync, no broker can be restarted otherwise.
  const unavoidable = !stays && losses.every(({ topic }) => topic.replication === topic.minInsync) && singly(stretches, found);
  const missing = awayAmong(away, hosts);
  const name = `REPLICAS_LOST:${fleet.path}`;
  const topics = few(losses.map(({ topic }) => topic.name));
  return [
    {
      code: 'REPLICAS_LOST',
      severity: unavoidable ? 'warning' : 'error',
      name,
      stack: fleet.path,
      from,
      to,
      hosts,
      what: `brokers of ${fleet.target} are down ${span(from, to, stays)}: ${topics} ${gone.length > 0 ? 'can be neither written nor read where all replicas lie on them' : 'take no lines where too few replicas are in sync'}`,
      why: [`${few(hosts)} are down`, ...awayReasons(missing), ...causes(rehearsal, hosts)].join('; '),
      fix: unavoidable
        ? 'as many replicas must be in sync as there are: raise replication above minInsync, and a broker may restart'
        : missing.size > 0
          ? `first ${repairing(fleet.target)}: a broker that does not run holds no replica in sync; ${accepting(name)}`
          : `take the change of ${fleet.path} back, and deploy templates of meissa synth, in which one broker waits for the other; ${accepting(name)}`,
    },
  ];
}

const singly = (stretches: readonly Stretch[], found: readonly Stretch[]): boolean =>
  stretches.every(({ from, to, down }) => down.length <= 1 || !found.some((one) => one.from < to && from < one.to));

/**
 * Replicas of the worst partition that are down. Kafka spreads a partition's replicas over the racks, here zones, as evenly as it can
 * (Kafka, "Balancing replicas across racks").
 */
export function replicasDown(down: readonly string[], zoneOf: ReadonlyMap<string, string>, replication: number): number {
  const zones = new Set(zoneOf.values()).size;
  const most = Math.ceil(replication / Math.max(1, zones));
  const byZone = new Map<string, number>();
  for (const name of down) byZone.set(zoneOf.get(name)!, (byZone.get(zoneOf.get(name)!) ?? 0) + 1);
  const worst = [...byZone.values()].reduce((sum, number) => sum + Math.min(number, most), 0);
  return Math.min(replication, worst);
}
