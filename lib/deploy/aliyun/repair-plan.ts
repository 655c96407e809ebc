/** What of a ROS stack's drift is put back, and by which means: pure. ROS changes nothing for a template that stands already. */
import { HOLDS_DATA } from '../../facts/data-types';
import type { DriftedResource, LeftOver, RepairItem, RepairMeans, RepairPlan } from '../engine';
import { hostOf, type Template, volumeOf } from '../standing-template';
import { MADE_ANEW, removable } from './without';

const INSTANCE = 'ALIYUN::ECS::Instance';

/** Types whose tags ECS writes, and what ECS calls them. Source: ECS, "TagResources" (ResourceType). */
export const TAGGED: Readonly<Record<string, string>> = {
  [INSTANCE]: 'instance',
  'ALIYUN::ECS::Disk': 'disk',
  'ALIYUN::ECS::NetworkInterface': 'eni',
  'ALIYUN::ECS::SecurityGroup': 'securitygroup',
};

export function planRosRepair(
  template: Template,
  drifted: readonly DriftedResource[],
  settings: readonly DriftedResource[],
): RepairPlan {
  const items: RepairItem[] = [];
  const left: LeftOver[] = [];
  const gone = new Set(drifted.filter(({ drift }) => drift === 'deleted').map(({ logicalId }) => logicalId));
  for (const resource of drifted) {
    const { logicalId, type, drift } = resource;
    const means = settings.includes(resource) ? 'set' : meansOf(resource);
    if (means !== undefined) items.push({ resource, by: means });
    else if (drift === 'deleted' && type in HOLDS_DATA) left.push({ resource, ...lostData(template, resource) });
    else if ((drift === 'deleted' || MADE_ANEW.has(type)) && removable(template, logicalId, gone))
      items.push({ resource, by: 'anew' });
    else left.push({ resource, ...byHand(template, resource) });
  }
  const down = drifted.filter(({ type, drift }) => type === INSTANCE && drift !== 'modified');
  return { items, left, down: down.map(({ logicalId }) => hostOf(template, logicalId) ?? logicalId) };
}

function meansOf({ type, drift, differences }: DriftedResource): RepairMeans | undefined {
  if (drift === 'stopped') return 'start';
  const tags = drift === 'modified' && differences.every(({ property }) => property === 'Tags' || property.startsWith('Tags.'));
  return tags && type in TAGGED ? 'tag' : undefined;
}

function lostData(template: Template, { logicalId, type }: DriftedResource) {
  const why = `what was in the ${HOLDS_DATA[type]} went with it: put back, it would be empty`;
  const [host, volume] = [hostOf(template, logicalId), volumeOf(template, logicalId)];
  return host !== undefined && volume !== undefined
    ? { why, fix: `meissa replace --disk ${host}/${volume}` }
    : {
        why,
        fix: 'restore it under the same name where it can be, or make it anew on purpose: docs/deploy.md, "What repair leaves"',
      };
}

function byHand(template: Template, { logicalId, type, drift }: DriftedResource) {
  if (type === 'configuration') return { why: 'its text is published by a deploy', fix: 'meissa deploy, of the region' };
  const host = hostOf(template, logicalId);
  if (type === INSTANCE && host !== undefined)
    return drift === 'deleted'
      ? { why: 'others hold its id, and would be made anew with it', fix: `meissa replace ${host}, in two deploys` }
      : {
          why: 'ROS sees no change in a template that stands, and would make the instance anew',
          fix: `set it back by hand, or: meissa replace ${host}`,
        };
  return {
    why: 'ROS sees no change in a template that stands, and others hold its id',
    fix: 'set it back by hand in the console, then look again',
  };
}
