import { set } from '../../estate/findings/remedy';
import type { Rule } from '../../estate/rules/rule';
import { PARTITION_RATE } from '../../plan/collection/mirror-load';
import { SOURCES } from '../assumptions';
import { partitionsFor } from '../size/brokers';
import { demandOf } from '../stream';
import { valueWords } from '../words';
import { eachCollection, exceeds } from './checked';

/** Source: Confluent, "How to Choose the Number of Topics/Partitions in a Kafka Cluster?". */
export const partitionsCarryThePeak: Rule = {
  code: 'KAFKA_PARTITIONS',
  severity: 'warning',
  title: 'There are partitions for the peak, and one for every broker.',
  why: `a partition has one leader and one reader: too few of them make one disk and one reader the limit (${SOURCES.partitions})`,
  check: (estate) =>
    eachCollection(estate, ({ own, brokers, region, cluster, kafka }) => {
      const partitions = kafka.topics.reduce((sum, topic) => sum + topic.partitions, 0);
      const { peak } = demandOf([own], true);
      if (partitions >= brokers.count && !exceeds(peak / PARTITION_RATE, partitions)) return [];
      const needed = partitionsFor(peak, brokers.count);
      const largest = kafka.topics.reduce((a, b) => (b.partitions > a.partitions ? b : a));
      return [
        {
          file: region.file,
          path: ['clusters', cluster.name, 'kafka', 'topics', largest.name, 'partitions'],
          message: `${partitions} partitions for ${valueWords(peak, 'B/s')} at the peak with growth and ${brokers.count} brokers; one is planned with ${valueWords(PARTITION_RATE, 'B/s')}`,
          write: [
            set(
              ['clusters', cluster.name, 'kafka', 'topics', largest.name, 'partitions'],
              needed - partitions + largest.partitions,
            ),
          ],
          fix: 'they can be raised later, never lowered',
        },
      ];
    }),
};
