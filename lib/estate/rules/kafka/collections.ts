/** Collections of an estate, for the rules about them. */
import type { Cluster, Estate, Fleet, KafkaConfig, Region } from '../../model/model';
import { wholeRegions } from '../rule';

export interface CollectionPlace {
  readonly region: Region;
  readonly cluster: Cluster;
  readonly kafka: KafkaConfig;
  /** Path of `kafka` in the region's file. */
  readonly path: readonly string[];
}

/** Every collection of the regions that were read wholly. */
export function collections(estate: Estate): CollectionPlace[] {
  return wholeRegions(estate).flatMap((region) =>
    region.clusters.flatMap((cluster) =>
      cluster.kafka === undefined ? [] : [{ region, cluster, kafka: cluster.kafka, path: ['clusters', cluster.name, 'kafka'] }],
    ),
  );
}

/** Whether something of it is to be carried into another region. */
export function isCarried({ region, kafka }: CollectionPlace): boolean {
  return kafka.into !== region.name && kafka.topics.some((topic) => topic.mirrored);
}

/** Collections that are carried into a region. */
export function carriedInto(estate: Estate, region: string): CollectionPlace[] {
  return collections(estate).filter((place) => place.kafka.into === region && isCarried(place));
}

export function fleetNamed({ fleets }: Cluster, name: string | undefined): Fleet | undefined {
  return fleets.find((fleet) => fleet.name === name);
}
