/** Which hosts a stack's failure is about. */
import { readFileSync } from 'node:fs';
import { NEWEST } from '../causes';
import type { DeployStack } from '../engine';
import { hostOf, type Template } from '../standing-template';

export interface FailedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

/** A gate is its member's; a group names instances in its words, or none. */
export function hostsOf({ template: file }: Pick<DeployStack, 'template'>, failed: readonly FailedResource[]): string[] {
  if (failed.length === 0) return [];
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  const hosts = failed.flatMap(({ logicalId, type, reason }) => {
    if (type === 'AWS::AutoScaling::AutoScalingGroup') {
      const ids = reason.match(/\bi-[0-9a-f]{8,17}\b/g) ?? [];
      return ids.length > 0 ? ids : [NEWEST];
    }
    if (!/^AWS::(EC2::Instance|CloudFormation::WaitCondition)$/.test(type)) return [];
    return hostOf(template, logicalId) ?? [];
  });
  return [...new Set(hosts)];
}
