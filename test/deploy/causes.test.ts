/** What is to be done about a stack that failed: what the cloud's words say is at fault, and a host only where a host is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf, knownCause } from '../../lib/deploy/causes';
import { cloudRegionId } from '../../lib/facts/region';
import { ROOT } from '../root';

const AWS = { provider: 'aws', path: 'south/core', name: 'south-core', cloudRegion: cloudRegionId('sa-east-1') } as const;
const ALIYUN = { provider: 'aliyun', path: 'north/core', name: 'north-core', cloudRegion: cloudRegionId('cn-beijing') } as const;

test.each([
  // As CloudFormation and EC2 word it.
  [
    AWS,
    'M1InstanceG1: Action denied by stack policy: Statement [#1] denies [Update:Replace] for resource [LogicalResourceId/M1InstanceG1]',
    'POLICY_DENIES',
    /meissa diff south.*meissa replace <host>/,
  ],
  [
    AWS,
    `M1InstanceG2: Resource handler returned message: "The image id '[ami-0abc12345678]' does not exist (Service: Ec2, Status Code: 400)"`,
    'IMAGE_GONE',
    /meissa images update, meissa images copy south, then meissa deploy south/,
  ],
  [
    AWS,
    'GroupG1: Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
    'KEY_UNUSABLE',
    /aws kms cancel-key-deletion --region sa-east-1/,
  ],
  [
    AWS,
    'x: KMS.KMSInvalidStateException: arn:aws:kms:sa-east-1:111111111111:key/1 is pending deletion.',
    'KEY_UNUSABLE',
    /enable-key/,
  ],
  [
    AWS,
    'No bucket named "cdk-hnb659fds-assets-111111111111-sa-east-1". Is account 111111111111 bootstrapped?',
    'BOOTSTRAP_BUCKET_GONE',
    /aws s3api create-bucket --bucket <name> --region sa-east-1 --create-bucket-configuration LocationConstraint=sa-east-1/,
  ],
  [
    AWS,
    'ArtifactsPolicy: The specified bucket does not exist (Service: S3, Status Code: 404)',
    'BUCKET_GONE',
    /meissa repair south.*meissa artifacts push south/,
  ],
  [
    AWS,
    'M1InstanceG2: We currently do not have sufficient m5.large capacity (InsufficientInstanceCapacity)',
    'NO_CAPACITY',
    /meissa zone lost south\/<zone>/,
  ],
  [AWS, 'M1InstanceG2: You have requested more vCPU capacity (VcpuLimitExceeded)', 'QUOTA_REACHED', /Service Quotas/],
  // As ROS, ECS and OSS do.
  [
    ALIYUN,
    'M1InstanceG2 (ALIYUN::ECS::Instance): The specified ImageId m-bp1 does not exist. (InvalidImageId.NotFound)',
    'IMAGE_GONE',
    /aliyun\.image .*meissa deploy north/,
  ],
  [
    ALIYUN,
    'M1InstanceG2: The requested resource is sold out in the specified zone. (OperationDenied.NoStock)',
    'NO_CAPACITY',
    /meissa zone lost north/,
  ],
  [ALIYUN, 'PutObject: The specified bucket does not exist. (NoSuchBucket, request 1)', 'BUCKET_GONE', /meissa repair north/],
  [
    ALIYUN,
    'D: The request is rejected because the key is pending deletion (Rejected.PendingDeletion)',
    'KEY_UNUSABLE',
    /CancelKeyDeletion/,
  ],
  [ALIYUN, 'R: Route entry quota exceeded (QuotaExceeded.RouteEntry)', 'QUOTA_REACHED', /Quota Center/],
] as const)('%j: %s', (place, words, code, fix) => {
  const failed = failureOf(place, words, { kept: true });
  expect(failed).toMatchObject({ code, message: `${place.path}: ${words}`, fix: expect.stringMatching(fix) });
  // No host is to be mended for it, and there is a page to go on with.
  expect(failed.fix).not.toMatch(/mend/);
  const [, page] = /\((docs\/runbooks\/\S+\.md)\)$/.exec(failed.fix)!;
  expect([page, existsSync(join(ROOT, page!))]).toEqual([page, true]);
});

test.each([
  'M2Gate1: Failed to receive 1 resource signal(s) within the specified duration',
  'M2Gate1: WaitCondition timed out. Received 0 conditions when expecting 1',
  'Group: Received 1 FAILURE signal(s) out of 3. Unable to satisfy 100% MinSuccessfulInstancesPercent requirement',
])('a host is to be mended where a gate says so: %s', (words) => {
  expect(failureOf(AWS, words, { kept: true })).toMatchObject({
    code: 'STACK_FAILED',
    fix: expect.stringContaining('mend the host'),
  });
});

test.each([
  'Template error: instance of Fn::GetAtt references undefined resource X',
  'R: The CIDR 10.0.0.0/8 conflicts with another subnet (InvalidSubnet.Conflict)',
])('nothing is said of hosts, and no cause is made up, where the words tell none: %s', (words) => {
  expect(failureOf(AWS, words, { kept: true })).toMatchObject({
    code: 'STACK_FAILED',
    fix: expect.stringMatching(/^no host is at fault/),
  });
});

test.each([
  'RequestLimitExceeded: Request limit exceeded.',
  'no (InvalidAccessKeyId.NotFound)',
  'Rate exceeded',
  'User is not authorized to perform: kms:Decrypt',
])('what other words know better is left to them: %s', (words) => {
  expect(knownCause(AWS, words)).toBeUndefined();
});
