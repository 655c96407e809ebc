import { isRegion } from '../links';
import { entryOf, joinedLinks } from './link-entry';
import type { Problem, Rule } from './rule';

/** Clusters and links stand in regions that this version deploys. Source: the README, "What is there". */
export const providerIsDeployable: Rule = {
  code: 'PROVIDER_NOT_BUILT',
  title: 'Clusters and ends of links stand in regions that this version deploys to.',
  why: 'nothing would be made of them; the addresses of the region count all the same',
  check: (estate) => [
    ...estate.regions
      .filter(({ provider, clusters }) => provider === 'aliyun' && clusters.length > 0)
      .map(({ file, name }) => ({
        file,
        path: ['clusters'],
        message: `${name} is an Aliyun region, which is not deployed yet`,
        fix: 'leave the clusters out; the region keeps its addresses',
      })),
    ...joinedLinks(estate).flatMap(({ link, a, b }): Problem[] =>
      [a, b].flatMap((place) =>
        isRegion(place) && place.provider === 'aliyun'
          ? [
              {
                ...entryOf(link),
                message: `${place.name} is an Aliyun region, which is not deployed yet`,
                fix: 'leave the link out; the region keeps its addresses',
                also: [estate.locate(place.file, ['provider'])],
              },
            ]
          : [],
      ),
    ),
  ],
};
