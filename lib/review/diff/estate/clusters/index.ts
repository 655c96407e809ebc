/** What becomes of etcd and Kafka: from the two plans, because templates show only that hosts restart. */
import type { EstatePlan } from '../../../../plan/model';
import { bySeverity, type Meaning } from '../../meaning/meaning';
import { alikeOnce } from './alike';
import { bootstrapThatChanges } from './bootstrap';
import { brokersThatComeOrGo, controllersThatChange, sizeThatChanges } from './brokers';
import { type ClusterRule, clusterPairs } from './cluster-pair';
import { etcdGeneration } from './etcd-generation';
import { kafkaGeneration } from './kafka-generation';
import { centralThatChanges, flowsThatChange, mirrorRateThatChanges, topicMirrored } from './mirrors';
import { parametersThatChange } from './parameters';
import { spoolsThatChange } from './spool';
import { syslogTopicThatChanges } from './syslog-topic';
import { topicCopies } from './topic-copies';
import { topicPartitions } from './topic-partitions';
import { topicRetention } from './topic-retention';
import { topicsThatComeOrGo } from './topics-go';
import { versionsThatChange } from './versions';
import { votersThatChange } from './voters';

/** Whatever the generation. */
const RULES: readonly ClusterRule[] = [
  etcdGeneration,
  kafkaGeneration,
  versionsThatChange,
  spoolsThatChange,
  syslogTopicThatChanges,
  centralThatChanges,
  mirrorRateThatChanges,
  flowsThatChange,
  parametersThatChange,
  topicMirrored,
];

/** Of data that stays: another generation begins with what is described. */
const WITHIN_A_GENERATION: readonly ClusterRule[] = [
  votersThatChange,
  bootstrapThatChanges,
  sizeThatChanges,
  brokersThatComeOrGo,
  controllersThatChange,
  topicsThatComeOrGo,
  topicRetention,
  topicPartitions,
  topicCopies,
];

/** Worst first. Clusters that come or go whole are told with their stacks. */
export function clustersThatChange(before: EstatePlan, after: EstatePlan): Meaning[] {
  const said = clusterPairs(before, after).flatMap((pair) => {
    const rules = pair.before.generation === pair.after.generation ? [...RULES, ...WITHIN_A_GENERATION] : RULES;
    return rules.flatMap((rule) => rule(pair)).map((meaning) => ({ place: pair.place, region: pair.after.region.name, meaning }));
  });
  return bySeverity(alikeOnce(said));
}
