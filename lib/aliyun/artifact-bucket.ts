/** The bucket that hosts fetch artifacts, their configuration and the clusters' markers from. */
import { REPORT_DAYS, REPORTS } from '../plan/names';
import { type RosResourceJson, resource } from './ros';

/**
 * Private, TLS only, encrypted with OSS's own keys, over three zones where the region has them. Old versions stay, so that an overwritten object
 * can be brought back. Kept when the stack goes.
 */
export function artifactBucket(name: string, tags: Readonly<Record<string, string>>): RosResourceJson {
  return resource(
    'ALIYUN::OSS::Bucket',
    {
      AccessControl: 'private',
      BlockPublicAccess: true,
      BucketName: name,
      LifecycleConfiguration: {
        Rule: [
          { AbortMultipartUpload: { Days: 7 }, ID: 'abort-incomplete-uploads', Prefix: '', Status: 'Enabled' },
          // ROS knows no end of old versions ("ALIYUN::OSS::Bucket", LifecycleConfiguration): a host writes a kilobyte every ten minutes.
          { Expiration: { Days: REPORT_DAYS.current }, ID: 'forget-reports', Prefix: REPORTS, Status: 'Enabled' },
        ],
      },
      Policy: tlsOnly(name),
      RedundancyType: 'ZRS',
      ServerSideEncryptionConfiguration: { SSEAlgorithm: 'AES256' },
      StorageClass: 'Standard',
      Tags: tags,
      VersioningConfiguration: { Status: 'Enabled' },
    },
    { deletionPolicy: 'Retain' },
  );
}

/**
 * Refuses plain HTTP, whoever asks: with a condition a policy for everybody holds for the bucket's owner too. Sources: OSS, "Bucket policy",
 * "Policy syntax and elements".
 */
function tlsOnly(name: string): Record<string, unknown> {
  return {
    Version: '1',
    Statement: [
      {
        Effect: 'Deny',
        Principal: ['*'],
        Action: ['oss:*'],
        Resource: [`acs:oss:*:*:${name}`, `acs:oss:*:*:${name}/*`],
        Condition: { Bool: { 'acs:SecureTransport': ['false'] } },
      },
    ],
  };
}
