/** The lease of an AWS region, in the bucket that `cdk bootstrap` made there. */

import { S3Client } from '@aws-sdk/client-s3';
import type { CloudRegionId } from '../../estate/model/model';
import type { LeaseStore } from '../lease/lease';
import type { AwsClients } from './credentials';
import { s3LeaseStore } from './lease-store';

/**
 * With the role that publishes templates, else with the own credentials where they are of the region's account, as the CDK toolkit does.
 * Source: AWS CDK guide, "Bootstrapping": `cdk-<qualifier>-assets-...`, `-file-publishing-role-...`.
 *
 * @returns undefined where the region is not bootstrapped, and where nobody lets us: CloudFormation alone keeps two runs out of one stack
 */
export async function bootstrapLease(clients: AwsClients, region: CloudRegionId): Promise<LeaseStore | undefined> {
  const { account, bootstrapQualifier: qualifier } = clients.accountOf(region);
  const bucket = `cdk-${qualifier}-assets-${account}-${region}`;
  const key = `meissa/lease-${region}`;
  const publishing = () => clients.assume(region, 'file-publishing');
  const ways = [{ credentials: publishing }, ...((await clients.isOwn(region)) ? [{}] : [])];
  for (const way of ways) {
    const store = s3LeaseStore(new S3Client({ region, ...way }), bucket, key);
    try {
      await store.read();
      return store;
    } catch (error) {
      const name = String((error as { name?: unknown }).name);
      if (name === 'NoSuchBucket') return undefined;
      if (!/AccessDenied|Forbidden|WRONG_ACCOUNT/.test(`${name} ${(error as { code?: unknown }).code}`)) throw error;
    }
  }
  return undefined;
}
