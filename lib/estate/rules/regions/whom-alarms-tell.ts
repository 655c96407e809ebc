import { cloudOf } from '../../../clouds/clouds';
import type { Advice } from '../../findings/finding';
import { set } from '../../findings/remedy';
import type { Estate, Region, Told } from '../../model/model';
import { tellsSomebody } from '../../model/told';
import { resourcesPerMember } from '../../stacks/stack-size';
import { some } from '../links/link-entry';

/** What `alarms` of a region says on its cloud, by a name to be changed. */
export function somebodyTold(region: Region): Told {
  if (region.provider === 'aliyun') return { contactGroup: 'ops' };
  const { partition, account } = region.aws;
  return { topicArn: `arn:${partition}:sns:${region.cloudRegion}:${account}:ops` };
}

/** `<cluster>/<fleet>` of each fleet whose hosts nobody is told of. */
export function silentFleets(region: Region): string[] {
  return region.clusters.flatMap(({ name, fleets }) =>
    fleets.filter(({ alarms }) => !tellsSomebody({ ...region.alarms, ...alarms })).map((fleet) => `${name}/${fleet.name}`),
  );
}

/** How a region that names nobody comes to name somebody. A stack that is full has no room for an alarm a member more. */
export function howToTell(estate: Estate, region: Region): Advice {
  const alarms = somebodyTold(region);
  const full = fullStacks(estate, { ...region, alarms });
  if (full.length > 0)
    return {
      fix: `\`alarms\` make one resource more of each member, and stacks of ${some(full)} have no room for it: move the work to a fleet of fewer \`membersPerStack\` first`,
    };
  return { write: [set(['alarms'], alarms)], fix: 'the name is yours; who is told stands in no stack and is made before' };
}

function fullStacks(estate: Estate, region: Region): string[] {
  return region.clusters.flatMap((cluster) =>
    cluster.fleets.flatMap((fleet) => {
      if (fleet.kind !== 'members') return [];
      const needed = fleet.membersPerStack * resourcesPerMember(estate, region, cluster, fleet);
      return needed > cloudOf(region).stackResources.members ? [`${cluster.name}/${fleet.name}`] : [];
    }),
  );
}
