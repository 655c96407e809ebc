import { remove, set } from '../../findings/remedy';
import { transitLinkOf } from '../../model/resolved-links';
import { regionsOf } from '../../regions-of';
import { ESTATE_PATH, type Rule } from '../rule';
import { lineOf } from './link-entry';

/** Transit routers of Aliyun belong to the estate's Cloud Enterprise Network, which stands in a region of the estate. Source: CEN, "Transit routers" (CreateTransitRouter: CenId). */
export const transitRoutersHaveANetwork: Rule = {
  code: 'CEN_MISSING',
  title: 'An estate with a transit router on Aliyun says in which region its Cloud Enterprise Network stands.',
  why: 'a transit router belongs to one; where it stands may never change, or every router would be replaced',
  check: (estate) => {
    const own = regionsOf(estate, 'aliyun');
    const names = own.map((r) => r.name);
    if (estate.cen !== undefined)
      return names.includes(estate.cen)
        ? []
        : [
            {
              file: ESTATE_PATH,
              path: ['aliyun', 'cen'],
              message: `${estate.cen} is no Aliyun region of this estate`,
              write:
                names.length === 0 ? [remove(['aliyun', 'cen'])] : names.slice(0, 3).map((name) => set(['aliyun', 'cen'], name)),
            },
          ];
    const region = own.find((r) => transitLinkOf(estate, r) !== undefined);
    const link = region === undefined ? undefined : transitLinkOf(estate, region);
    if (region === undefined || link === undefined) return [];
    return [
      {
        file: ESTATE_PATH,
        path: ['aliyun', 'cen'],
        message: `links.${link.group} needs a transit router in ${region.name}, and no region holds the network that it belongs to`,
        write: [set(['aliyun', 'cen'], region.name)],
        also: [lineOf(estate, link)],
      },
    ];
  },
};
