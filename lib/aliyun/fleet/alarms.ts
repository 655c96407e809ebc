/** Who is told when a host of a fleet fails. */

import type { FleetPlan } from '../../plan/model';
import { FLEET_TAG } from '../../plan/names';
import { type RosResourceJson, resource } from '../ros';

/**
 * A group of all hosts that carry the fleet's tag, whose system events (a host that crashed, was moved, or whose disk fails) are told
 * to the contact group. New hosts join by their tag, so that growth changes no alarm. Nothing where nobody is to be told: a group
 * without contacts tells nobody. Source: CloudMonitor, "CreateDynamicTagGroup" (EnableSubscribeEvent).
 */
export function fleetAlarms(fleet: FleetPlan): Record<string, RosResourceJson> {
  const { contactGroup } = fleet.alarms;
  if (contactGroup === undefined) return {};
  return {
    HostsFailing: resource('ALIYUN::CMS::DynamicTagGroup', {
      ContactGroupList: [contactGroup],
      EnableInstallAgent: false,
      EnableSubscribeEvent: true,
      MatchExpress: [{ TagValue: `${fleet.cluster}/${fleet.name}`, TagValueMatchFunction: 'equals' }],
      TagKey: FLEET_TAG,
    }),
  };
}
