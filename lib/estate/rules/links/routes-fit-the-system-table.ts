import { cloudOf } from '../../../clouds/clouds';
import { routesOfTable } from '../../addresses/route-counts';
import { set } from '../../findings/remedy';
import { ESTATE_PATH, type Rule, wholeRegions } from '../rule';

/** The one route table of an Aliyun VPC holds every member's range and every linked place's. Source: VPC, "Limits and quotas" (vpc_quota_route_entrys_num). */
export const routesFitTheSystemTable: Rule = {
  code: 'SYSTEM_TABLE_FULL',
  title: 'Custom routes of an Aliyun region stay inside the quota of its route table.',
  why: 'the cloud refuses the one too many in the middle of a deploy, and that host has no route to its containers',
  check: (estate) =>
    wholeRegions(estate).flatMap((region) => {
      if (!cloudOf(region).oneRouteTable) return [];
      const { members, links, internet } = routesOfTable(estate, region);
      const count = members + links + (region.network.nat === 'none' ? 0 : internet);
      const quota = estate.quotas.aliyunRoutesPerTable;
      if (count <= quota) return [];
      return [
        {
          file: region.file,
          path: ['containers', 'mode'],
          message: `the route table of ${region.name} would hold ${count} routes (${members} of members, ${links} of links), over ${quota}`,
          write: [set(['quotas', 'aliyunRoutesPerTable'], count, ESTATE_PATH)],
          fix: 'once the account has so much, or move a cluster to another region',
        },
      ];
    }),
};
