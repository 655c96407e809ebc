/**
 * What made a stack fail, and what is to be done about it. A host is only to be mended where a host is the cause: for everything else
 * the same command fails again until something outside of it is put right.
 *
 * Codes and words: "EC2 API error codes", "Amazon S3 error responses", "Prevent updates to stack resources", "Wait conditions in a
 * template", "CreateChangeSet" (AWS); "ECS error codes", "OSS error codes", "ALIYUN::ROS::WaitCondition" (Aliyun).
 */
import type { Provider } from '../estate/model/model';
import { runbookPage } from '../plan/runbook-page';
import { DeployError } from './deploy-error';
import type { EngineStack } from './engine';

interface Cause {
  readonly code: string;
  readonly says: RegExp;
  /** Page of docs/runbooks. */
  readonly page: string;
  readonly fix: Readonly<Record<Provider, (place: EngineStack) => string>>;
}

const same = (fix: (place: EngineStack) => string): Cause['fix'] => ({ aws: fix, aliyun: fix });
const regionOf = ({ path }: EngineStack): string => path.split('/')[0]!;
/** `meissa deploy` of what the stack is part of. */
const deploy = (place: EngineStack): string =>
  regionOf(place) === 'links' ? 'run the same command' : `meissa deploy ${regionOf(place)}`;

/** In this order: the first that suits is told. */
const CAUSES: readonly Cause[] = [
  {
    code: 'POLICY_DENIES',
    says: /denied by stack policy|StackPolicy.*den/i,
    page: 'incidents/stuck-or-rival-deploy',
    fix: same(
      (place) =>
        `nothing is broken: the stack's policy keeps members and data from being replaced or deleted. Take that change out of the region file (meissa diff ${regionOf(place)} names it); a member is made anew by meissa replace <host>`,
    ),
  },
  {
    code: 'IMAGE_GONE',
    says: /InvalidAMIID\.(NotFound|Unavailable)|image id '\[?ami-\w+\]?' does not exist|InvalidImageId\.NotFound|ImageId \S+ does not exist/i,
    page: 'incidents/image-gone',
    fix: {
      aws: (place) =>
        `hosts that run go on. meissa images update, meissa images copy ${regionOf(place)}, then ${deploy(place)}; a member that has to be made anew takes the newer one by meissa replace <host> and a deploy, each twice`,
      aliyun: (place) =>
        `hosts that run go on. Write an image that there is as aliyun.image (estate.yaml, or the region file), then ${deploy(place)}; a member that has to be made anew takes it by meissa replace <host> and a deploy, each twice`,
    },
  },
  {
    code: 'KEY_UNUSABLE',
    says: /InvalidKMSKey|KMSInvalidState|\bKMS\.\w*(Disabled|NotFound|InvalidState)|KMS key .*(incorrect state|pending deletion|disabled)|Forbidden\.KeyNotFound|Rejected\.(Disabled|PendingDeletion)/i,
    page: 'incidents/key-or-bucket-gone',
    fix: {
      aws: (place) =>
        `while its waiting period lasts nothing is lost: aws kms cancel-key-deletion --region ${place.cloudRegion} --key-id <key>, aws kms enable-key --region ${place.cloudRegion} --key-id <key>, then ${deploy(place)}`,
      aliyun: (place) =>
        `while its waiting period lasts nothing is lost: aliyun kms CancelKeyDeletion --KeyId <key>, aliyun kms EnableKey --KeyId <key>, then ${deploy(place)}`,
    },
  },
  {
    code: 'BOOTSTRAP_BUCKET_GONE',
    says: /No bucket named|cdk-\w+-assets\S* .*(does not exist|not found)/i,
    page: 'incidents/key-or-bucket-gone',
    fix: same(
      (place) =>
        `the bucket of the CDK's bootstrap was deleted, and bootstrapping again does not bring it back. Make it anew under its old name: aws s3api create-bucket --bucket <name> --region ${place.cloudRegion}${place.cloudRegion === 'us-east-1' ? '' : ` --create-bucket-configuration LocationConstraint=${place.cloudRegion}`}, then run the same command: it holds only what every deploy uploads`,
    ),
  },
  {
    code: 'BUCKET_GONE',
    says: /NoSuchBucket|specified bucket does not exist/i,
    page: 'incidents/key-or-bucket-gone',
    fix: same(
      (place) =>
        `the region's bucket was deleted, and with it what was in it, which no engine brings back. Make it by hand under its old name (the page has the command), then meissa repair ${regionOf(place)}, meissa artifacts push ${regionOf(place)}, ${deploy(place)}`,
    ),
  },
  {
    code: 'NO_CAPACITY',
    says: /InsufficientInstanceCapacity|InsufficientHostCapacity|OperationDenied\.NoStock|sold out|Zone\.NotOnSale/i,
    page: 'incidents/zone-lost',
    fix: same(
      (place) =>
        `the cloud has no such machine in that zone now. If the zone is gone: meissa zone lost ${regionOf(place)}/<zone>; else another instanceType, or run the same command later`,
    ),
  },
  {
    code: 'QUOTA_REACHED',
    says: /(?<!Request)LimitExceed|QuotaExceed|Exceeds?Quota|Quota\.\w*Exceed|exceed\w* (the|your) \w*\s?quota/i,
    page: 'incidents/stuck-or-rival-deploy',
    fix: same(() => 'have the quota that it names raised (Service Quotas, Quota Center), then run the same command'),
  },
];

/** A gate that nobody opened, or that a host said no to. */
const HOST_SAYS =
  /Failed to receive \d+ resource signal|resource signals? within|FAILURE signal|WaitCondition (timed out|received failed)|Received \d+ (conditions|SUCCESS|FAILURE)|(\d+ of \d+|\d+) (conditions )?received/i;

export interface Failed {
  /** What is done stays, and nothing was taken back. */
  readonly kept: boolean;
  /** Names of those that did not come back; `NEWEST` is nobody's. */
  readonly hosts?: readonly string[];
}

/** The host that a group launched last: of those that did not signal EC2 tells no more. */
export const NEWEST = 'the newest';

/** @param words what failed, by resource, as the engine told it */
export function failureOf(place: EngineStack, words: string, { kept, hosts = [] }: Failed): DeployError {
  const who = hosts.filter((host) => host !== NEWEST);
  const message = `${place.path}: ${who.length === 0 ? '' : `${who.join(', ')} did not come back: `}${words}`;
  const cause = CAUSES.find(({ says }) => says.test(words));
  if (cause !== undefined)
    return new DeployError(cause.code, message, `${cause.fix[place.provider](place)} (${runbookPage(cause.page)})`, hosts);
  if (HOST_SAYS.test(words))
    return new DeployError(
      'STACK_FAILED',
      message,
      kept
        ? `it stays as it is, no further member was touched: mend the host, then run the same command (${runbookPage('incidents/bad-roll')})`
        : `hosts did not become well: mend what they get or the host, then run the same command (${runbookPage('incidents/bad-roll')})`,
      hosts,
    );
  return new DeployError(
    'STACK_FAILED',
    message,
    'no host is at fault: correct what it names, then run the same command; what is done stays done',
    hosts,
  );
}

/** Of an error that isn't a resource's: undefined where nothing of it is known. */
export function knownCause(place: EngineStack, words: string, hosts: readonly string[] = []): DeployError | undefined {
  return CAUSES.some(({ says }) => says.test(words)) ? failureOf(place, words, { kept: false, hosts }) : undefined;
}
