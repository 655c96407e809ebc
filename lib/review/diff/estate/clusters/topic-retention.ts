/** How long lines are kept. */
import { spanText } from '../../../../collection/words';
import { copyOf, ofTopics } from './topic-pair';

/**
 * Sources: Apache Kafka, "Topic Configs" (retention.ms), "Broker Configs" (log.retention.check.interval.ms: 5 min); the guard sets it (docs/collection/brokers.md,
 * "Topics and rights"); mirrors carry settings on (docs/collection/mirror.md).
 */
export const topicRetention = ofTopics((topic) => {
  const { old, now, title, meaning } = topic;
  if (old.retention === now.retention) return [];
  const words = `${title}: retention ${spanText(old.retention)} -> ${spanText(now.retention)}`;
  const copy = copyOf(topic);
  if (now.retention > old.retention) {
    return [meaning('topic-retention-longer', 'addition', `${words}: disks fill up to it, what is deleted already stays so`)];
  }
  const details = [
    'may begin when the first broker has restarted with it: its guard sets it for the whole topic within a minute (others set it back until they have restarted, too), and Kafka deletes within five more, segment by segment',
    ...(copy === undefined ? [] : [`its copy ${copy} follows: mirrors carry settings on`]),
    'to keep them: read or copy them first',
  ];
  return [
    meaning('topic-retention-shorter', 'data-loss', `${words}: lines older than ${spanText(now.retention)} are deleted`, details),
  ];
});
