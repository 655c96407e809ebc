/** What deploys to a cloud, by its name. Each cloud's SDK is loaded only where it is needed. */
import type { Provider } from '../clouds/cloud';
import type { ArtifactStore } from '../deploy/artifact-push';
import type { Engines, StackEngine } from '../deploy/engine';
import type { CloudRegionId, Estate } from '../estate/model/model';
import { regionsOf } from '../estate/regions-of';
import { planEstate } from '../plan/plan';
import { Refusal } from './verb';

const ENGINES: Readonly<Record<Provider, (estate: Estate) => Promise<StackEngine>>> = {
  async aws(estate) {
    // The SDK warns of Node versions at every client; that is no news to who deploys.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const [{ AwsEngine }, { AwsClients }] = await Promise.all([
      import('../deploy/aws/engine'),
      import('../deploy/aws/credentials'),
    ]);
    return new AwsEngine(new AwsClients((id) => accountAt(regionsOf(estate, 'aws'), id, ({ aws }) => aws)));
  },
  async aliyun(estate) {
    const { AliyunEngine } = await import('../deploy/aliyun/engine');
    const { regions } = planEstate(estate);
    const bucketOf = (id: CloudRegionId) =>
      regions.find(({ provider, cloudRegion }) => provider === 'aliyun' && cloudRegion === id)?.artifactBucket;
    const accountOf = (id: CloudRegionId) => accountAt(regionsOf(estate, 'aliyun'), id, ({ aliyun }) => aliyun).account;
    return new AliyunEngine({ accountOf, bucketOf });
  },
};

/** Where a region's artifacts are pushed to, by region and bucket. */
export const ARTIFACT_STORES: Readonly<Record<Provider, (region: CloudRegionId, bucket: string) => Promise<ArtifactStore>>> = {
  aws: async (region, bucket) => (await import('../deploy/aws/artifact-store')).s3ArtifactStore(region, bucket),
  aliyun: async (region, bucket) => (await import('../deploy/aliyun/artifact-store')).ossArtifactStore(region, bucket),
};

/** The engines of the providers that some stacks stand on. */
export async function enginesFor(estate: Estate, providers: ReadonlySet<Provider>): Promise<Engines> {
  const engines = new Map<Provider, StackEngine>();
  for (const provider of providers) engines.set(provider, await ENGINES[provider](estate));
  return engines;
}

/** The account of a region; of one that is no longer described, that of all others where they have one. */
function accountAt<R extends { readonly cloudRegion: CloudRegionId }, A extends { readonly account: string }>(
  regions: readonly R[],
  id: CloudRegionId,
  accountOf: (region: R) => A,
): A {
  const region = regions.find((one) => one.cloudRegion === id);
  if (region !== undefined) return accountOf(region);
  const accounts = regions.map(accountOf);
  if (new Set(accounts.map(({ account }) => account)).size === 1) return accounts[0]!;
  throw new Refusal(
    'ACCOUNT_UNKNOWN',
    `${id} is no longer described, and the estate's regions are of ${accounts.length === 0 ? 'no account' : 'several accounts'} of that cloud`,
    `put its file back (regions/${id}.yaml), and take it down by the file's name: meissa destroy ${id}`,
  );
}
