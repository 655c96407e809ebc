import { cloudOf } from '../../../clouds/clouds';
import { set } from '../../findings/remedy';
import { gatesFit, wantsGates } from '../../stacks/gates';
import { resourcesPerMember } from '../../stacks/stack-size';
import { stands } from '../../stacks/stands';
import { membersFleets, type Rule } from '../rule';

/** A gate a member finds room in its stack. Source: "AWS CloudFormation quotas" (resources in a template). */
export const membersHaveGates: Rule = {
  code: 'FLEET_WITHOUT_GATES',
  severity: 'warning',
  title: 'A roll over members stops at the first that does not come back.',
  why: 'without gates CloudFormation touches the next member as soon as the one before runs, well or not: a bad change reaches the whole fleet',
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      if (!wantsGates(estate, region, cluster, fleet) || gatesFit(estate, region, cluster, fleet)) return [];
      const { all } = cloudOf(region).stackResources;
      const each = resourcesPerMember(estate, region, cluster, fleet) + 1;
      const most = Math.floor((all - 1) / each);
      const at = [...path, 'membersPerStack'];
      return [
        {
          file: region.file,
          path: at,
          message: `members of ${each - 1} resources and a gate each fill a stack of ${all} with ${most}, and up to ${fleet.membersPerStack} stand in one`,
          ...(stands(estate, region, cluster, fleet)
            ? {
                fix: `its members stay in the stack where they stand: make another fleet of at most ${most} members a stack and move the work over`,
              }
            : { write: [set(at, most)] }),
        },
      ];
    }),
};
