/** The stacks of a cloud assembly as they are deployed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { DEPLOY_METADATA } from '../../aws/deploy-metadata';
import type { DeployStack } from '../engine';

/** @param dependsOn of each stack by path; the assembly itself only knows those that are in it */
export function stacksOfCloudAssembly(folder: string, dependsOn: (path: string) => readonly string[]): DeployStack[] {
  return new CloudAssembly(folder).stacks.map((stack) => {
    const policy = join(folder, 'stack-policies', `${stack.stackName}.json`);
    return {
      provider: 'aws',
      path: stack.hierarchicalId,
      name: stack.stackName,
      region: stack.environment.region,
      template: stack.templateFullPath,
      dependsOn: dependsOn(stack.hierarchicalId),
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
