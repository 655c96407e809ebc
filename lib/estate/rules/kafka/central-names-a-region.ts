import { nearest } from '../../findings/nearest';
import { ESTATE_PATH, type Rule } from '../rule';

/** The central region is one of the estate's. Source: the design of this toolkit. */
export const centralNamesARegion: Rule = {
  code: 'CENTRAL_UNKNOWN',
  title: 'The central region is described.',
  why: 'the others would collect into a region that is not there',
  check(estate) {
    const names = estate.regions.map((r) => r.name);
    if (estate.central === undefined || names.includes(estate.central)) return [];
    const near = nearest(estate.central, names);
    const fix = near ? `write ${near}` : `write one of ${names.join(', ')}, or describe ${estate.central}`;
    return [{ file: ESTATE_PATH, path: ['central'], message: `there is no region "${estate.central}" in this estate`, fix }];
  },
};
