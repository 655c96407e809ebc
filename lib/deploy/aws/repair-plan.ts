/** What of a CloudFormation stack's drift is put back, and by which means: pure. */

import { awsEffect } from '../../facts/aws/updates';
import { HOLDS_DATA } from '../../facts/data-types';
import type { DriftedResource, LeftOver, RepairItem, RepairPlan } from '../engine';
import { hostOf, type Template, volumeOf } from '../standing-template';
import { isVolumes } from './hosts';

const INSTANCE = 'AWS::EC2::Instance';

/**
 * A change set puts back a whole stack or nothing of it: while one thing of it may not be put back, nothing is that way.
 */
export function planAwsRepair(template: Template, drifted: readonly DriftedResource[]): RepairPlan {
  const items: RepairItem[] = [];
  const left: LeftOver[] = [];
  const reverted: DriftedResource[] = [];
  const lost = drifted.filter(({ drift, type }) => drift === 'deleted' && type in HOLDS_DATA);
  const lostIds = new Set(lost.map(({ physicalId }) => physicalId));
  for (const resource of drifted) {
    const { drift, type, differences } = resource;
    if (lost.includes(resource)) left.push({ resource, ...lostData(template, resource) });
    else if (drift === 'stopped') items.push({ resource, by: 'start' });
    else if (type === INSTANCE && drift === 'modified' && differences.every(({ property }) => isVolumes(property))) {
      // The volume that is gone is told of itself.
      const gone = differences.every(({ expected = '' }) => [...lostIds].some((id) => id !== undefined && expected.includes(id)));
      if (!gone) items.push({ resource, by: 'attach' });
    } else reverted.push(resource);
  }
  const waits =
    lost.length > 0
      ? `the change set would make ${lost.map(({ logicalId }) => logicalId).join(', ')} anew, and empty`
      : undefined;
  const gated = Object.values(template.Resources ?? {}).some(({ Type }) => Type === 'AWS::CloudFormation::WaitCondition');
  for (const resource of reverted) {
    const host = hostOf(template, resource.logicalId);
    if (waits !== undefined) left.push({ resource, why: waits, fix: 'see to that first, then run the same command' });
    // Gates are no part of such a change set: nobody waits for a voter that was stopped.
    else items.push({ resource, by: 'revert', ...(gated && host !== undefined && interrupts(resource) ? { stops: host } : {}) });
  }
  const down = drifted.filter(({ type, drift }) => type === INSTANCE && drift !== 'modified');
  return { items, left, down: down.map(({ logicalId }) => hostOf(template, logicalId) ?? logicalId) };
}

function lostData(template: Template, { logicalId, type }: DriftedResource): { readonly why: string; readonly fix: string } {
  const why = `what was in the ${HOLDS_DATA[type]} went with it: put back, it would be empty`;
  const [host, volume] = [hostOf(template, logicalId), volumeOf(template, logicalId)];
  if (host !== undefined && volume !== undefined) return { why, fix: `meissa replace --disk ${host}/${volume}` };
  return {
    why,
    fix: `restore it under the same name where it can be, or make it anew on purpose: docs/deploy.md, "What repair leaves"`,
  };
}

/** CloudFormation stops the instance for it. */
function interrupts({ type, drift, differences }: DriftedResource): boolean {
  if (type !== INSTANCE || drift !== 'modified') return false;
  return differences.some(({ property, expected, actual }) => {
    const name = property.split(/[.\s]/)[0]!;
    return awsEffect(type, name, expected, actual) === 'interrupt';
  });
}
