import type { TopicEntry } from '../../model/locks';
import type { Estate, Region } from '../../model/model';
import { describedStanding } from '../../standing/described';
import type { Problem } from '../rule';
import { standingRegions } from './standing-regions';

/** A topic of a collection whose cluster is described. */
export interface StandingTopic {
  readonly region: Region;
  readonly topic: string;
  readonly entry: TopicEntry;
  /** @default - it is no longer described */
  readonly described?: TopicEntry;
  /** What every finding about it has. */
  readonly at: (key: string) => Pick<Problem, 'file' | 'path' | 'also' | 'acceptable'>;
}

/** Topics in the locks; those of a generation that is left are told by ClustersKeepTheirData, those of a cluster that is gone by PinnedMembersAreDescribed. */
export function standingTopics(estate: Estate): StandingTopic[] {
  return standingRegions(estate).flatMap(({ region, lock, standing }) => {
    const { topics } = describedStanding(estate, region);
    return [...standing.topics].flatMap(([name, entry]): StandingTopic[] => {
      const cut = name.indexOf('/');
      const [cluster, topic] = [name.slice(0, cut), name.slice(cut + 1)];
      const found = region.clusters.find((c) => c.name === cluster);
      if (found === undefined || found.generation !== (standing.clusters.get(cluster)?.generation ?? found.generation)) return [];
      const at: StandingTopic['at'] = (key) => ({
        file: region.file,
        path: ['clusters', cluster, 'kafka', 'topics', topic, ...(key === '' ? [] : [key])],
        also: [estate.locate(lock.file, ['topics', name])],
        acceptable: { region, name },
      });
      const described = topics.get(name);
      return [{ region, topic, entry, at, ...(described === undefined ? {} : { described }) }];
    });
  });
}
