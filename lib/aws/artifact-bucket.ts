/** The bucket that hosts fetch their artifacts from, by digest. */
import { REPORT_DAYS, REPORTS } from '../plan/names';
import { getAtt, KEPT, ref, type TemplateResource } from './template';

/** Kept when the stack goes; old versions stay, so that an overwritten artifact can be brought back. */
export function artifactBucket(name: string): TemplateResource {
  return {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      BucketName: name,
      LifecycleConfiguration: {
        Rules: [
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Id: 'abort-incomplete-uploads', Status: 'Enabled' },
          {
            ExpirationInDays: REPORT_DAYS.current,
            Id: 'forget-reports',
            NoncurrentVersionExpiration: { NoncurrentDays: REPORT_DAYS.old },
            Prefix: REPORTS,
            Status: 'Enabled',
          },
        ],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
    },
    ...KEPT,
  };
}

/** TLS only. */
export function artifactBucketPolicy(bucketId: string): TemplateResource {
  return {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: ref(bucketId),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'TlsOnly',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [getAtt(bucketId, 'Arn'), { 'Fn::Join': ['', [getAtt(bucketId, 'Arn'), '/*']] }],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    },
  };
}
