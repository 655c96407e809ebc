import { isEdge, linksOf } from '../../model/resolved-links';
import { tellsSomebody } from '../../model/told';
import { some } from '../links/link-entry';
import { type Rule, wholeRegions } from '../rule';
import { howToTell, silentFleets } from './whom-alarms-tell';

/** Somebody learns of a host that isn't applied, isn't well, or says nothing. Of a region whose lines nobody watches LINK_ALARMS tells this too: the way out is the same. */
export const hostsThatFailAreToldOf: Rule = {
  code: 'HOST_ALARMS',
  severity: 'warning',
  title: 'A host that is not well, or silent, is told of to somebody.',
  why: 'without `alarms` hosts send no heartbeat, and one that boots without its units is missed when it is needed (docs/boots.md)',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) => {
      const silent = silentFleets(region);
      const toldWithLines = !tellsSomebody(region.alarms ?? {}) && linksOf(estate, region).some(isEdge);
      if (silent.length === 0 || toldWithLines) return [];
      return [
        {
          file: region.file,
          path: ['alarms'],
          message: `nobody is told when a host of ${some(silent)} is not well`,
          ...howToTell(estate, region),
        },
      ];
    }),
};
