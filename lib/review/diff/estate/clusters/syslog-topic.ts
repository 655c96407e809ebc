/** Where lines go that come by RELP and syslog, which name no topic: by default to the first topic by name, which another one may become. */
import type { Meaning } from '../../meaning/meaning';
import { type ClusterPair, clusterMeaning, type KafkaView } from './cluster-pair';

/** Source: the profile front-end, `syslogTopic`. */
export function syslogTopicThatChanges({ place, before, after }: ClusterPair): Meaning[] {
  const fleet = after.kafka?.frontEnds;
  if (before.kafka?.frontEnds === undefined || after.kafka === undefined || fleet === undefined) return [];
  const [old, now] = [topicOf(before.kafka), topicOf(after.kafka)];
  if (old === now || old === undefined || now === undefined) return [];
  const what = `lines of ${place} that come by syslog and RELP go to topic ${now} (was ${old})`;
  const details = [`to leave them: \`syslogTopic: ${old}\` in the parameters of front-end`];
  return [clusterMeaning(after, fleet, 'syslog-topic', 'network', what, { details })];
}

/** Topics are sorted by name. */
function topicOf({ plan, frontEnds }: KafkaView): string | undefined {
  const said = frontEnds?.context.parameters['front-end']?.syslogTopic;
  return typeof said === 'string' && said !== '' ? said : plan.topics[0]?.name;
}
