import { nearest } from '../../findings/nearest';
import { set } from '../../findings/remedy';
import { ESTATE_PATH, type Rule } from '../rule';

/** The central region is one of the estate's. Source: the design of this toolkit. */
export const centralNamesARegion: Rule = {
  code: 'CENTRAL_UNKNOWN',
  title: 'The central region is described.',
  why: 'the others would collect into a region that is not there',
  check(estate, { unread }) {
    const names = estate.regions.map((r) => r.name);
    if (estate.central === undefined || names.includes(estate.central) || unread?.has(estate.central)) return [];
    const near = nearest(estate.central, names);
    const write = (near === undefined ? names.slice(0, 3) : [near]).map((name) => set(['central'], name));
    return [
      {
        file: ESTATE_PATH,
        path: ['central'],
        message: `there is no region "${estate.central}" in this estate`,
        write,
        fix: `or describe ${estate.central}`,
      },
    ];
  },
};
