/** Topics of a collection whose cluster stays: what its guards make of a change. */
import type { TopicConfig } from '../../../../estate/model/model';
import type { Meaning, Severity } from '../../meaning/meaning';
import { type ClusterPair, type ClusterRule, clusterMeaning, type KafkaView } from './cluster-pair';

export interface TopicPair {
  readonly pair: ClusterPair;
  readonly kafka: KafkaView;
  readonly old: TopicConfig;
  readonly now: TopicConfig;
  /** `topic clicks of us-east-1/collection`. */
  readonly title: string;
  readonly meaning: (kind: Meaning['kind'], severity: Severity, what: string, details?: readonly string[]) => Meaning;
}

/** A rule over every topic that both sides have. */
export function ofTopics(rule: (topic: TopicPair) => Meaning[]): ClusterRule {
  return (pair) => {
    const { place, before, after } = pair;
    const { kafka } = after;
    if (before.kafka === undefined || kafka === undefined) return [];
    const now = new Map(kafka.plan.topics.map((topic) => [topic.name, topic]));
    return before.kafka.plan.topics.flatMap((old) => {
      const topic = now.get(old.name);
      if (topic === undefined) return [];
      const meaning: TopicPair['meaning'] = (kind, severity, what, details = []) =>
        clusterMeaning(after, kafka.brokers, kind, severity, what, { details });
      return rule({ pair, kafka, old, now: topic, title: `topic ${old.name} of ${place}`, meaning });
    });
  };
}

/** The copy of a topic in the region that it is carried into. @default - it is not carried */
export function copyOf({ kafka, now, pair }: TopicPair): string | undefined {
  return now.mirrored && kafka.plan.into !== '' ? `${pair.after.region.name}.${now.name} in ${kafka.plan.into}` : undefined;
}
