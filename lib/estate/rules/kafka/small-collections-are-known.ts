import type { Rule } from '../rule';
import { collections } from './collections';

/** Brokers that are controllers too are not for critical use. Source: Apache Kafka, "KRaft" (Process Roles). */
export const smallCollectionsAreKnown: Rule = {
  code: 'KAFKA_SMALL',
  severity: 'warning',
  title: 'Controllers stand apart from the brokers.',
  why: "Kafka's documentation advises against combined servers where it matters: controllers can't be restarted or given room apart from brokers, and a broker under load slows the quorum down",
  check: (estate) =>
    collections(estate)
      .filter(({ kafka }) => kafka.size === 'small')
      .map(({ region, kafka, path }) => ({
        file: region.file,
        path: [...path, 'size'],
        message: `the brokers (${kafka.brokers}) are the controllers too`,
        fix: 'where losing minutes is no harm; otherwise a collection of `size: standard`, in a new cluster: the size is fixed when it is made',
      })),
};
