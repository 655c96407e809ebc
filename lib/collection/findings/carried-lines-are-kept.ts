import { set } from '../../estate/findings/remedy';
import type { Rule } from '../../estate/rules/rule';
import { SOURCES } from '../assumptions';
import { spanText, valueWords } from '../words';
import { eachCollection } from './checked';

/** Source: Apache Kafka, "Topic Configs" (retention.ms). */
export const carriedLinesAreKept: Rule = {
  code: 'CARRIED_RETENTION',
  severity: 'warning',
  title: 'A topic that is carried on is kept for as long as front ends keep lines.',
  why: `when only the link or the central region is away, brokers hold the backlog; what they delete never arrives (${SOURCES.topicSettings})`,
  check: (estate) =>
    eachCollection(estate, ({ region, cluster, kafka }) =>
      kafka.into === region.name
        ? []
        : kafka.topics
            .filter(({ mirrored, retention }) => mirrored && retention < kafka.spool.keep)
            .map(({ name, retention }) => ({
              file: region.file,
              path: ['clusters', cluster.name, 'kafka', 'topics', name, 'retention'],
              message: `${name} is kept for ${valueWords(retention, 's')}, front ends keep ${valueWords(kafka.spool.keep, 's')}: after ${valueWords(retention, 's')} without ${kafka.into} its lines are lost`,
              write: [set(['clusters', cluster.name, 'kafka', 'topics', name, 'retention'], spanText(kafka.spool.keep))],
              fix: `or know how long ${kafka.into} may be away`,
            })),
    ),
};
