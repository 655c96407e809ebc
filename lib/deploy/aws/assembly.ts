/** The stacks of a cloud assembly as they are deployed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { DEPLOY_METADATA } from '../../aws/deploy-metadata';
import { cloudRegionId } from '../../facts/region';
import type { DeployStack } from '../engine';

/** @param planned what the estate calls the region of each stack, and what the stack depends on; the assembly itself only knows what is in it */
export function stacksOfCloudAssembly(
  folder: string,
  planned: (path: string) => Pick<DeployStack, 'region' | 'dependsOn' | 'changesAfter'>,
): DeployStack[] {
  return new CloudAssembly(folder).stacks.map((stack) => {
    const policy = join(folder, 'stack-policies', `${stack.stackName}.json`);
    return {
      provider: 'aws',
      path: stack.hierarchicalId,
      name: stack.stackName,
      cloudRegion: cloudRegionId(stack.environment.region),
      ...planned(stack.hierarchicalId),
      template: stack.templateFullPath,
      tags: stack.tags,
      holdsData: stack.terminationProtection === true,
      disableRollback: stack
        .findMetadataByType(DEPLOY_METADATA)
        .some(({ data }) => (data as { rollback?: boolean } | undefined)?.rollback === false),
      parameters: {},
      exclusive: [],
      ...(existsSync(policy) ? { policy } : {}),
    };
  });
}
