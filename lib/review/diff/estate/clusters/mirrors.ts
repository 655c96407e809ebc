/** What is carried from a region into the central one, and by whom. */
import type { MirrorFlow } from '../../../../plan/model';
import type { Meaning } from '../../meaning/meaning';
import { bytesWords, type ClusterPair, clusterMeaning } from './cluster-pair';
import { copyOf, ofTopics } from './topic-pair';

/** A topic that is carried, or no longer. */
export const topicMirrored = ofTopics((topic) => {
  const { pair, kafka, old, now, title, meaning } = topic;
  if (old.mirrored === now.mirrored || kafka.plan.into === '') return [];
  if (now.mirrored)
    return [
      meaning('topic-mirrored', 'network', `${title} is carried into ${kafka.plan.into}, from the oldest line that is kept`),
    ];
  const copy = copyOf({ ...topic, now: old })!;
  return [
    meaning(
      'topic-unmirrored',
      'network',
      `${title} is no longer carried: ${copy} gets nothing new, and ${pair.after.region.name} alone keeps its lines`,
    ),
  ];
});

/** Where a collection is carried to (docs/collection/mirror.md). */
export function centralThatChanges({ place, before, after }: ClusterPair): Meaning[] {
  const { kafka } = after;
  if (before.kafka === undefined || kafka === undefined) return [];
  const [old, now] = [before.kafka.plan.into, kafka.plan.into];
  if (old === now) return [];
  const region = after.region.name;
  const words = (into: string) => (into === '' ? 'nowhere' : into);
  const what = `${place}: carried into ${words(now)} (was: ${words(old)})`;
  const details = [
    ...(now === ''
      ? []
      : [`${now} gets what ${region} still keeps from the beginning, under ${region}.<topic>; groups' offsets there begin anew`]),
    ...(old === ''
      ? []
      : [
          `${old} gets nothing new; its copies stay until their lines are too old, and its mirrors' rights in ${region} stay until they are taken by hand`,
        ]),
  ];
  return [clusterMeaning(after, kafka.brokers, 'central-changes', 'network', what, { details })];
}

/** The rate that mirrors may read at: a quota of the brokers. */
export function mirrorRateThatChanges({ place, before, after }: ClusterPair): Meaning[] {
  const { kafka } = after;
  if (before.kafka === undefined || kafka === undefined) return [];
  const [old, now] = [before.kafka.plan.mirrorRate, kafka.plan.mirrorRate];
  if (old === now || before.kafka.plan.into !== kafka.plan.into) return [];
  const less = now < old ? ': after an outage it takes longer to catch up' : '';
  const what = `${place}: mirrors of ${kafka.plan.into} may read ${bytesWords(old)} -> ${bytesWords(now)} a second${less}`;
  return [clusterMeaning(after, kafka.brokers, 'mirror-rate', less === '' ? 'addition' : 'network', what)];
}

/** Flows that the mirrors of this region run. */
export function flowsThatChange({ place, before, after }: ClusterPair): Meaning[] {
  const { kafka } = after;
  const mirrors = kafka?.mirrors;
  if (kafka === undefined || mirrors === undefined) return [];
  const flowsOf = (fleet: typeof mirrors | undefined) => fleet?.context.cluster.kafka?.flows ?? [];
  const old = new Map(flowsOf(before.kafka?.mirrors).map((flow) => [flow.region, flow]));
  const now = new Map(flowsOf(mirrors).map((flow) => [flow.region, flow]));
  const say = (kind: Meaning['kind'], what: string) => clusterMeaning(after, mirrors, kind, 'network', what);
  return [
    ...[...old.values()]
      .filter(({ region }) => !now.has(region))
      .map(({ region }) => say('flow-goes', `- mirror ${region} -> ${place}: its copies get nothing new`)),
    ...[...now.values()].flatMap((flow) => {
      const stood = old.get(flow.region);
      if (stood === undefined) return [say('flow-comes', `+ mirror ${flow.region} -> ${place}: ${flow.topics.join(', ')}`)];
      const words = flowWords(stood, flow);
      return words === '' ? [] : [say('flow-changes', `~ mirror ${flow.region} -> ${place}: ${words}`)];
    }),
  ];
}

function flowWords(old: MirrorFlow, now: MirrorFlow): string {
  const pairs: [string, string, string][] = [
    ['begins at', old.bootstrap, now.bootstrap],
    ['port number', String(old.number), String(now.number)],
    ['tasks', String(old.tasks), String(now.tasks)],
    ['topics', old.topics.join(', '), now.topics.join(', ')],
  ];
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([name, before, after]) => `${name} ${before} -> ${after}`)
    .join('; ');
}
