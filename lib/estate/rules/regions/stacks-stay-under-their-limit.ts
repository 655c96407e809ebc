import { ALIYUN } from '../../../clouds/aliyun';
import { AWS } from '../../../clouds/aws';
import { cloudOf } from '../../../clouds/clouds';
import { memberNumbers } from '../../addresses/member-number';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Cluster, Estate, MembersFleet, Region } from '../../model/model';
import { resourcesPerMember, routeTables } from '../../stacks/stack-size';
import { stands } from '../../stacks/stands';
import { membersFleets, type Rule } from '../rule';

/** The members of a stack need at most 450 of its 500 resources, on Aliyun 270 of 300; a quorum fleet fits one stack. Source: "AWS CloudFormation quotas" (resources in a template); ROS, "Limits". */
export const stacksStayUnderTheirLimit: Rule = {
  code: 'STACK_TOO_LARGE',
  title: `The members of a stack need at most ${AWS.stackResources.members} resources, on Aliyun ${ALIYUN.stackResources.members}.`,
  why: `a stack holds ${AWS.stackResources.all} resources, on Aliyun ${ALIYUN.stackResources.all}, and membersPerStack can't change later: members would move between stacks`,
  check: (estate) =>
    membersFleets(estate).flatMap(({ region, cluster, fleet, path }) => {
      const each = resourcesPerMember(estate, region, cluster, fleet);
      const most = Math.floor(cloudOf(region).stackResources.members / each);
      const at = { file: region.file, path: [...path, 'membersPerStack'] };
      if (fleet.membersPerStack > most) {
        return [
          {
            ...at,
            message: `${fleet.membersPerStack} members of ${each} resources need ${fleet.membersPerStack * each}`,
            ...wayOut(estate, region, cluster, fleet, most, at.path),
          },
        ];
      }
      if (fleet.quorum === undefined || memberNumbers(fleet).length <= fleet.membersPerStack) return [];
      return [{ ...at, message: `a quorum fleet of ${fleet.count} stands in one stack`, write: [set(at.path, 5)] }];
    }),
};

/** A fleet that stands keeps its stacks: a zone or a transit gateway more is a route table more, and room for it can only come from elsewhere. */
function wayOut(
  estate: Estate,
  region: Region,
  cluster: Cluster,
  fleet: MembersFleet,
  most: number,
  path: readonly string[],
): Advice {
  if (!stands(estate, region, cluster, fleet)) return { write: [set(path, most)] };
  const routes =
    region.containers.mode === 'host-gw'
      ? `; each of the ${routeTables(estate, region)} route tables has a route a member: a zone or a transit link less is a table less`
      : '';
  return {
    fix: `its members stand already: make another fleet of at most ${most} members a stack and move the work over, or take away what each member has more${routes}`,
  };
}
