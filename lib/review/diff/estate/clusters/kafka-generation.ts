/** Another generation is another Kafka: it begins without topics' lines and without groups' offsets. */
import type { Meaning } from '../../meaning/meaning';
import { type ClusterPair, clusterMeaning } from './cluster-pair';

/** Source: `cloud-config/kafka/meissa-kafka.sh` (log folders, cluster id and marker carry the generation), docs/collection/brokers.md. */
export function kafkaGeneration({ place, before, after }: ClusterPair): Meaning[] {
  if (before.kafka === undefined || after.kafka === undefined || before.generation === after.generation) return [];
  const [old, now] = [before.generation, after.generation];
  const { plan } = before.kafka;
  const { brokers } = after.kafka;
  const what = `Kafka of ${place} is made anew and empty: generation ${old} -> ${now}: the lines of ${topicNames(plan.topics)} and the offsets of all groups are out of reach`;
  const mirrored = plan.into === '' ? [] : plan.topics.filter((topic) => topic.mirrored).map(({ name }) => name);
  return [
    clusterMeaning(after, brokers, 'kafka-made-anew', 'data-loss', what, {
      hosts: brokers.members.filter(({ absent }) => !absent).map(({ name }) => name),
      details: [
        `no rolling restart: controllers of generation ${now} know nothing of brokers of generation ${old}, nobody leads in the place of one that stops; front ends keep lines in their spools until the new brokers take them`,
        ...(mirrored.length === 0
          ? []
          : [
              `copies that were carried already stay in ${plan.into}: ${mirrored.map((name) => `${before.region.name}.${name}`).join(', ')}`,
            ]),
        ...copiesHere(before.kafka.mirrors?.context.cluster.kafka?.flows.map(({ region }) => region) ?? []),
        `kept, and read by nobody: /var/lib/kafka/g${old} on the brokers' volumes, which goes on taking its room there`,
        `to keep the lines: leave the generation at ${old}; or let mirror and readers catch up first, and raise it while no lines come`,
      ],
    }),
  ];
}

/** In the central region: the offsets of its mirrors go too, so they carry again from the beginning. */
function copiesHere(regions: readonly string[]): string[] {
  if (regions.length === 0) return [];
  return [
    `copies of ${regions.join(', ')} that stand here go too: mirrors begin again with what those regions still keep, older lines don't come back`,
  ];
}

export function topicNames(topics: readonly { readonly name: string }[]): string {
  return topics.map(({ name }) => name).join(', ');
}
