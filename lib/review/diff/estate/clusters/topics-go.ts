/** Topics that are described no more, or newly. */
import type { Meaning } from '../../meaning/meaning';
import { type ClusterPair, clusterMeaning } from './cluster-pair';

/** Sources: docs/collection/brokers.md ("It never removes a topic"), docs/collection/front-ends.md (404). */
export function topicsThatComeOrGo({ place, before, after }: ClusterPair): Meaning[] {
  const { kafka } = after;
  if (before.kafka === undefined || kafka === undefined) return [];
  const [old, now] = [before.kafka.plan, kafka.plan];
  const gone = old.topics.filter(({ name }) => !now.topics.some((topic) => topic.name === name));
  const come = now.topics.filter(({ name }) => !old.topics.some((topic) => topic.name === name));
  return [
    ...gone.map(({ name, mirrored }) => {
      const what = `topic ${name} of ${place} is described no more: front ends refuse its lines (404), and senders that don't keep them lose them`;
      const carried =
        mirrored && old.into !== ''
          ? [`it is carried into ${old.into} no more; the copy that is there stays until its lines are too old`]
          : [];
      return clusterMeaning(after, kafka.brokers, 'topic-goes', 'data-loss', what, {
        details: [
          'nothing deletes it: its lines stay until they are too old, what spools hold of it is still sent; delete it by hand (`kafka-topics --delete`)',
          ...carried,
        ],
      });
    }),
    ...come.map(({ name, partitions, replication }) =>
      clusterMeaning(
        after,
        kafka.brokers,
        'topic-comes',
        'addition',
        `+ topic ${name} of ${place}: ${partitions} partitions, ${replication} copies`,
      ),
    ),
  ];
}
