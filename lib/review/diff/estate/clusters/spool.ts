/** What front ends keep while Kafka is away, and what they do when it is full. */
import { spanText } from '../../../../collection/words';
import type { FleetPlan } from '../../../../plan/model';
import type { Meaning } from '../../meaning/meaning';
import { type ClusterPair, clusterMeaning, isMembers } from './cluster-pair';

/** Sources: docs/collection/front-ends.md ("The spool", "Stopping and draining"). */
export function spoolsThatChange({ place, before, after }: ClusterPair): Meaning[] {
  const [fleet, stood] = [after.kafka?.frontEnds, before.kafka?.frontEnds];
  if (fleet === undefined || stood === undefined) return [];
  const [old, now] = [before.kafka!.plan.spool, after.kafka!.plan.spool];
  const drops = now.whenFull === 'drop-oldest';
  const say = (
    kind: Meaning['kind'],
    severity: Meaning['severity'],
    what: string,
    details: string[] = [],
    hosts: string[] = [],
  ) => clusterMeaning(after, fleet, kind, severity, `spools of ${place}: ${what}`, { details, hosts });
  const found: Meaning[] = [];
  if (old.whenFull !== now.whenFull) {
    found.push(
      drops
        ? say(
            'spool-drops',
            'data-loss',
            `when full ${old.whenFull} -> ${now.whenFull}: full spools give up their oldest lines, which were acknowledged`,
            ['with `refuse` senders get 503 and keep theirs'],
          )
        : say('spool-refuses', 'addition', `when full ${old.whenFull} -> ${now.whenFull}: senders get 503 and keep their lines`),
    );
  }
  const room = [roomOf(stood), roomOf(fleet)] as const;
  if (room.every(Number.isFinite) && room[0] !== room[1]) {
    const lost = drops ? 'the oldest acknowledged lines are lost' : 'senders are refused';
    const words = `room a host ${room[0]} -> ${room[1]} GiB`;
    found.push(
      room[1] < room[0]
        ? say('spool-smaller', drops ? 'data-loss' : 'security', `${words}: sooner full while Kafka is away, then ${lost}`)
        : say('spool-larger', 'addition', words),
    );
  }
  if (old.keep !== now.keep) {
    const words = `keep ${spanText(old.keep)} -> ${spanText(now.keep)} of the average load`;
    found.push(
      say(
        'spool-keep',
        now.keep < old.keep ? 'security' : 'addition',
        `${words}: what disks are checked against; hosts fill the room that they have`,
      ),
    );
  }
  const go = leaving(stood, fleet);
  if (go.length > 0) {
    found.push(
      say(
        'front-ends-go',
        'data-loss',
        `${go.join(', ')} ${go.length === 1 ? 'goes' : 'go'} with lines that Kafka may not have yet: the volume is kept, nobody sends what is on it`,
        ['first, on each: `/opt/meissa/bin/front-end-drain`, which returns when Kafka has every line'],
        go,
      ),
    );
  }
  return found;
}

/** GiB that a host's spool may fill. */
function roomOf(fleet: FleetPlan): number {
  const { spoolPercent, rootPercent } = fleet.context.parameters['front-end'] ?? {};
  const disk = isMembers(fleet) ? (fleet.volumes.find(({ name }) => name === 'spool')?.gb ?? 0) : fleet.rootGb;
  return Math.floor((disk * Number(isMembers(fleet) ? spoolPercent : rootPercent)) / 100);
}

/** Members only: hosts of an elastic fleet drain before they go. */
function leaving(before: FleetPlan, after: FleetPlan): string[] {
  if (!isMembers(before) || !isMembers(after)) return [];
  return before.members.map(({ name }) => name).filter((name) => !after.members.some((member) => member.name === name));
}
