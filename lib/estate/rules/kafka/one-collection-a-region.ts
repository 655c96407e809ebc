import { remove } from '../../findings/remedy';
import type { Rule } from '../rule';
import { collections } from './collections';

/** A region has one collection: its name stands for it. Source: the design of this toolkit; Apache Kafka, "Geo-Replication" (cluster aliases). */
export const oneCollectionARegion: Rule = {
  code: 'KAFKA_ONE_A_REGION',
  title: 'A region has one collection at most.',
  why: 'the region’s name is its alias for the mirrors and stands in front of its topics in the central region',
  check: (estate) => {
    const all = collections(estate);
    return all
      .filter(({ region }, i) => all.findIndex((other) => other.region === region) < i)
      .map(({ region, cluster, path }) => {
        const first = all.find((other) => other.region === region)!;
        return {
          file: region.file,
          path,
          message: `${first.cluster.name} and ${cluster.name} both have one`,
          write: [remove(path)],
          fix: `its topics belong to ${first.cluster.name}`,
          also: [estate.locate(region.file, first.path)],
        };
      });
  },
};
