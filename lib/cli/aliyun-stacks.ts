/**
 * Aliyun regions in the CDK app, where they are asked for: `-c aliyun=us-east-1` names the AWS region whose CloudFormation keeps their
 * stacks, `-c aliyun-secret=<name or ARN>` the secret with Aliyun's key there. Without it the app is what it was.
 */

import type { App } from 'aws-cdk-lib/core';
import { addAliyunStacks } from '../aliyun/cdk';
import type { AwsRegion, CloudRegionId, Estate } from '../estate/model/model';
import { regionsOf } from '../estate/regions-of';
import { type AliyunOutOptions, aliyunOut } from './aliyun-out';
import { unknown } from './loading';
import { Refusal } from './verb';

export interface AliyunStackOptions extends AliyunOutOptions {
  /** Name of the AWS region. */
  readonly home: string;
  /** Name or ARN of the secret. @default - `<estate>/aliyun/<uid of the account>` */
  readonly secret?: string;
}

/** Adds them behind the stacks of AWS. @throws Refusal for a home that isn't one of the estate's AWS regions */
export function fillAliyun(app: App, estate: Estate, { home, secret, ...selected }: AliyunStackOptions): void {
  const emitted = aliyunOut(estate, selected);
  const region = homeOf(estate, home);
  if (emitted === undefined) return;
  const { account, bootstrapQualifier, permissionsBoundary } = region.aws;
  addAliyunStacks(app, {
    assembly: emitted.assembly,
    home: { name: region.cloudRegion, account, bootstrapQualifier, permissionsBoundary },
    accountOf: (id) => accountOf(estate, id),
    secretOf: (id) => secret ?? `${estate.name}/aliyun/${accountOf(estate, id)}`,
  });
}

function homeOf(estate: Estate, name: string): AwsRegion {
  const known = regionsOf(estate, 'aws');
  const found = known.find((region) => region.name === name);
  if (found !== undefined) return found;
  if (estate.regions.some((region) => region.name === name))
    throw new Refusal(
      'ALIYUN_HOME',
      `-c aliyun=${name} names a region of Aliyun, and CloudFormation keeps its stacks in one of AWS`,
      `-c aliyun=<${known.map((region) => region.name).join(' | ')}>`,
    );
  throw unknown(
    'region',
    name,
    known.map((region) => region.name),
  );
}

function accountOf(estate: Estate, id: CloudRegionId): string {
  const found = regionsOf(estate, 'aliyun').find((region) => region.cloudRegion === id);
  if (found === undefined) throw new Error(`${id} is no region of Aliyun`);
  return found.aliyun.account;
}
