/** Brokers and controllers that come and go, while their cluster stays. */
import type { MembersFleetPlan } from '../../../../plan/model';
import type { Meaning } from '../../meaning/meaning';
import { type ClusterPair, clusterMeaning } from './cluster-pair';

/** Source: Apache Kafka, "Expanding your cluster", "Decommissioning brokers": replicas move only by a reassignment; nobody here asks for one. */
export function brokersThatComeOrGo({ place, before, after }: ClusterPair): Meaning[] {
  const { kafka } = after;
  if (before.kafka === undefined || kafka === undefined) return [];
  const { come, go } = differing(before.kafka.brokers, kafka.brokers);
  const found: Meaning[] = [];
  if (go.length > 0) {
    const { replication, refuses } = safest(before.kafka.plan.topics, go.length);
    const lost = go.length >= replication;
    const fate = lost
      ? `partitions that have all of their copies there are lost`
      : refuses
        ? 'partitions with too few copies left take no more lines'
        : 'their partitions have a copy less, and every gate of the cluster stays shut until it is made again';
    const what = `Kafka of ${place} loses ${go.join(', ')} with the replicas that ${go.length === 1 ? 'it holds' : 'they hold'}: nothing moves them: ${fate}`;
    found.push(
      clusterMeaning(after, kafka.brokers, 'brokers-go', lost ? 'data-loss' : 'quorum', what, {
        hosts: go,
        details: [
          'first, on a broker that stays: `kafka-reassign-partitions` until it holds none (`kafka-topics --describe`); then take it out of the description',
          'its volume is kept when the host goes',
        ],
      }),
    );
  }
  if (come.length > 0) {
    const what = `Kafka of ${place} gets ${come.join(', ')}: empty until partitions are made or moved there (\`kafka-reassign-partitions\`); nothing moves by itself`;
    found.push(clusterMeaning(after, kafka.brokers, 'brokers-come', 'addition', what, { hosts: come }));
  }
  return found;
}

/** Least copies of the topics, and whether some topic refuses lines with so many brokers less. */
function safest(topics: readonly { replication: number; minInsync: number }[], away: number) {
  const replication = Math.min(3, ...topics.map((topic) => topic.replication));
  return { replication, refuses: topics.some((topic) => topic.replication - away < topic.minInsync) };
}

/** Who votes on metadata: planned ones must vote, or every gate stays shut; one that goes is still counted. */
export function controllersThatChange({ place, before, after }: ClusterPair): Meaning[] {
  if (before.kafka === undefined || after.kafka === undefined) return [];
  const fleets = [before.kafka, after.kafka].map(({ controllers, brokers }) => controllers ?? brokers) as [
    MembersFleetPlan,
    MembersFleetPlan,
  ];
  if (before.kafka.plan.size !== after.kafka.plan.size) return [];
  const { come, go } = differing(...fleets);
  const voted = fleets[0].members.length;
  const found: Meaning[] = [];
  if (go.length > 0) {
    const [left, needed] = [voted - go.length, Math.floor(voted / 2) + 1];
    const fate =
      left < needed
        ? 'the quorum is lost'
        : left === needed
          ? 'one more that fails takes the quorum'
          : `${left - needed} more may fail`;
    const what = `controllers of ${place} ${voted} -> ${fleets[1].members.length}: ${go.join(', ')} still ${go.length === 1 ? 'counts' : 'count'} when gone: ${left} of ${voted} voters are left, ${needed} are needed, ${fate}; gates stay shut meanwhile`;
    found.push(
      clusterMeaning(after, fleets[1], 'controllers-go', 'quorum', what, {
        hosts: go,
        details: [
          'first, for each: `MetadataQuorumCommand remove-controller --controller-id <number> --controller-directory-id <id>` (docs/collection/brokers.md); then deploy',
        ],
      }),
    );
  }
  if (come.length > 0) {
    const what = `controllers of ${place} ${voted} -> ${fleets[1].members.length}: ${come.join(', ')} ${come.length === 1 ? 'joins' : 'join'} as an observer and vote${come.length === 1 ? 's' : ''} when caught up, while all others are there; hosts of other fleets wait for it at their gates`;
    found.push(clusterMeaning(after, fleets[1], 'controllers-come', 'addition', what, { hosts: come }));
  }
  return found;
}

/** Brokers that are controllers too, or no longer: ids and folders of another kind. */
export function sizeThatChanges({ place, before, after }: ClusterPair): Meaning[] {
  if (before.kafka === undefined || after.kafka === undefined) return [];
  const [old, now] = [before.kafka.plan.size, after.kafka.plan.size];
  if (old === now) return [];
  const what = `Kafka of ${place}: size ${old} -> ${now}: brokers get other node ids, which their data refuses, and another quorum: the cluster does not come up again`;
  const details = ['the size is fixed when the cluster is made: leave it, or raise the generation too and lose the lines'];
  return [clusterMeaning(after, after.kafka.brokers, 'kafka-size', 'quorum', what, { details })];
}

function differing(before: MembersFleetPlan, after: MembersFleetPlan): { come: string[]; go: string[] } {
  const names = (fleet: MembersFleetPlan) => fleet.members.map(({ name }) => name);
  const [old, now] = [names(before), names(after)];
  return { come: now.filter((name) => !old.includes(name)), go: old.filter((name) => !now.includes(name)) };
}
