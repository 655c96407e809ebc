/**
 * CloudFormation Validate, as the CDK calls it: the schemas and rules that CDK ships, asked of templates that were written. It costs
 * 3 s and 300 MB, so that it is off in CDK's own synthesis and asked once, of what is about to be deployed.
 */
import { basename } from 'node:path';
import { CloudFormationValidatePlugin } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { RootConstruct } from 'constructs';
import { type Finding, sortFindings } from '../estate/findings/finding';
import { ACKNOWLEDGED } from './fleet/acknowledged';

/** @param acknowledged rules that are broken on purpose, and why */
export function templateFindings(
  assembly: Pick<CloudAssembly, 'stacks'>,
  acknowledged: Readonly<Record<string, string>> = ACKNOWLEDGED,
): Finding[] {
  const stackTemplates = assembly.stacks.map((stack) => ({
    stackConstructPath: stack.hierarchicalId,
    templatePath: stack.templateFullPath,
    accountId: stack.environment.account,
    region: stack.environment.region,
  }));
  const templatePaths = stackTemplates.map(({ templatePath }) => templatePath);
  const plugin = new CloudFormationValidatePlugin();
  const { violations } = plugin.validate({ stackTemplates, templatePaths, appConstruct: new RootConstruct() });
  const found = violations
    .filter(({ ruleName }) => !Object.hasOwn(acknowledged, ruleName))
    .flatMap(({ ruleName, description, severity, fix, violatingResources }) =>
      violatingResources.map(({ resourceLogicalId, templatePath, locations }): Finding => {
        return {
          file: `cdk.out/${basename(templatePath ?? '')}`,
          line: 0,
          code: `CFN_${ruleName}`,
          severity: severity === 'error' || severity === 'fatal' ? 'error' : 'warning',
          path: [...(resourceLogicalId === undefined ? [] : ['Resources', resourceLogicalId]), ...locations].join('.'),
          message: description,
          why: "CloudFormation Validate holds it to be wrong by the types' schemas or by how their services behave",
          fix: fix ?? 'change what this template is made from',
        };
      }),
    );
  return sortFindings(found);
}
