/** Names that the plan makes. They stand in logical ids, output names and buckets, so they never change for a thing that stands. */
import { cloudOf } from '../clouds/clouds';
import { fittingName } from '../encode/fitting-name';
import { pascal } from '../encode/pascal';
import { accountOf, partitionOf } from '../estate/model/account';
import type { AwsAccount, Region, RegionName } from '../estate/model/model';
import { NAMES } from '../facts/aws/names';

export { pascal };

/** Id of a fleet within its region: `<Cluster><Fleet>`. */
export function fleetId(cluster: string, fleet: string): string {
  return pascal(cluster) + pascal(fleet);
}

/** Name prefix of a fleet's hosts. */
export function hostPrefix(region: RegionName, cluster: string, fleet: string): string {
  return `${region}-${cluster}-${fleet}`;
}

/** CloudFormation's name of a stack: regions share an account, so it begins with the region. */
export function stackName(region: RegionName, id: string): string {
  return `${region}-${id}`;
}

/** CloudFormation's name of a link's stack. */
export function linkStackName(path: string, id: string): string {
  return `links-${path}-${id}`;
}

/**
 * Role of a region's account that the stacks of a link in another account take on: to accept a peering and to read outputs.
 * Role names are global in an account, so the name holds the region.
 */
export function linksRoleArn(estate: string, region: RegionName, { partition, account }: AwsAccount): string {
  return `arn:${partition}:iam::${account}:role/${linksRoleName(estate, region)}`;
}

export function linksRoleName(estate: string, region: RegionName): string {
  return fittingName(`${estate}-${region}-links`, NAMES['AWS::IAM::Role RoleName'].most);
}

/** The bucket's name is planned, because user-data holds it; bucket names are global, so it holds the account. */
export function artifactBucket(estate: string, region: Region): string {
  return fittingName(`meissa-${estate}-${accountOf(region)}-${region.name}`, NAMES['AWS::S3::Bucket BucketName'].most);
}

/** Where the hosts of a region fetch from its bucket. */
export function bucketUrl(bucket: string, region: Region): string {
  return cloudOf(region).bucketUrl(bucket, region.cloudRegion, cloudOf(region).dnsSuffix(partitionOf(region)));
}

/** Name of the parameter (on Aliyun of the object below `marker`) that says "this generation of the cluster once had a quorum". */
export function formedMarker(estate: string, region: RegionName, cluster: string, generation: number): string {
  return `/meissa/${estate}/${region}/${cluster}/g${generation}/formed`;
}

/** The same for a Kafka cluster, which may stand beside an etcd in one cluster. */
export function kafkaMarker(estate: string, region: RegionName, cluster: string, generation: number): string {
  return `/meissa/${estate}/${region}/${cluster}/kafka-g${generation}/formed`;
}

/**
 * Name of the secret with a host's key, certificate and CA, without the host's own part: `/<member number>`, of an elastic fleet
 * `/fleet`. Of AWS a SecureString parameter, of Aliyun an object of the region's bucket.
 */
export function certificateName(estate: string, region: RegionName, cluster: string, fleet: string): string {
  return `/meissa/${estate}/${region}/${cluster}/${fleet}/tls`;
}

/**
 * Where hosts of a fleet leave their reports in the region's bucket, an object a host: its last part is the id of the instance.
 *
 * @param fleet `<Cluster><Fleet>`
 */
export function reportsPrefix(fleet: string): string {
  return `${REPORTS}${fleet}/`;
}

/** Below which all reports of a region lie. */
export const REPORTS = 'meissa/reports/';

/** Days until a report is forgotten that nobody has written again, and until an old version of one is. */
export const REPORT_DAYS = { current: 7, old: 1 } as const;

/** Namespace and name of the metric by which hosts say that they are applied and well. On Aliyun the name alone. */
export const HEARTBEAT = { namespace: 'meissa', metric: 'Healthy', aliyunMetric: 'meissa_healthy' } as const;

/**
 * Tag of a fleet's stacks, hosts and scaling groups, on either cloud: `<cluster>/<fleet>`. No colon: the query language of Metrics Insights
 * takes a bare key without quotes.
 */
export const FLEET_TAG = 'meissa_fleet';
