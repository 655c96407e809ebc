import { set } from '../../findings/remedy';
import type { Rule } from '../rule';
import { standingTopics } from './standing-topics';

/** A topic never gets fewer partitions. Source: Kafka, "Modifying topics" (Kafka does not currently support reducing the number of partitions for a topic). */
export const partitionsNeverFall: Rule = {
  code: 'PARTITIONS_LOWERED',
  title: 'A topic that stands never gets fewer partitions.',
  why: 'Kafka takes none away: the topic keeps those that it has, and what is planned for fewer (mirrors, disks, consumers) is planned wrongly',
  check: (estate) =>
    standingTopics(estate).flatMap(({ topic, entry, described, at }) =>
      described === undefined || described.partitions >= entry.partitions
        ? []
        : [
            {
              ...at('partitions'),
              message: `the topic "${topic}" has ${entry.partitions} partitions, and would have ${described.partitions}`,
              write: [set(at('partitions').path, entry.partitions)],
              fix: 'or another topic beside it',
            },
          ],
    ),
};
