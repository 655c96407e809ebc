import { cloudOf } from '../../../clouds/clouds';
import { ROUTES_PER_TABLE } from '../../../facts/aliyun/limits';
import { routesOfTable } from '../../addresses/route-counts';
import { quotasOf } from '../../model/quotas';
import { raisedAlike, raisedTo } from '../raised';
import { type Problem, type Rule, wholeRegions } from '../rule';

/** The one route table of an Aliyun VPC holds every member's range and every linked place's. Source: VPC, "Limits and quotas" (vpc_quota_route_entrys_num). */
export const routesFitTheSystemTable: Rule = {
  code: 'SYSTEM_TABLE_FULL',
  title: 'Custom routes of an Aliyun region stay inside the quota of its route table.',
  why: 'the cloud refuses the one too many in the middle of a deploy, and that host has no route to its containers',
  check: (estate) =>
    raisedAlike(
      wholeRegions(estate).flatMap((region): Problem[] => {
        if (!cloudOf(region).oneRouteTable) return [];
        const { members, links, internet } = routesOfTable(estate, region);
        const count = members + links + (region.network.nat === 'none' ? 0 : internet);
        const quota = quotasOf(estate, region).aliyunRoutesPerTable;
        if (count <= quota) return [];
        return [
          {
            file: region.file,
            path: ['containers', 'mode'],
            message: `the route table of ${region.name} would hold ${count} routes (${members} of members, ${links} of links), over ${quota}`,
            ...(count <= ROUTES_PER_TABLE.most && { write: [raisedTo('aliyunRoutesPerTable', count, region)] }),
            fix: `${count <= ROUTES_PER_TABLE.most ? 'once the account has so much, or ' : ''}move a cluster to another region`,
          },
        ];
      }),
    ),
};
