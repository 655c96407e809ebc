/** The key of a region's volumes. */
import { accountArn, type Place } from './partition';
import { KEPT, type TemplateResource } from './template';

/**
 * A customer key with rotation, kept when the stack goes: without it no volume can be read.
 *
 * Principals of the account may use it through EC2 only, as they may AWS's own EBS key: so instances, volumes and the Auto
 * Scaling service-linked role can, without a policy that names a role which may not exist yet (a key policy that names
 * one is refused). Source: AWS KMS Developer Guide, "kms:ViaService" and the policy of `aws/ebs`.
 */
export function regionKey(place: Place): TemplateResource {
  return {
    Type: 'AWS::KMS::Key',
    Properties: {
      Description: `volumes of ${place.region}`,
      EnableKeyRotation: true,
      KeyPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'AccountAdministers',
            Effect: 'Allow',
            Principal: { AWS: accountArn(place, 'iam', 'root') },
            Action: 'kms:*',
            Resource: '*',
          },
          {
            Sid: 'AccountUsesThroughEc2',
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: [
              'kms:Encrypt',
              'kms:Decrypt',
              'kms:ReEncrypt*',
              'kms:GenerateDataKey*',
              'kms:CreateGrant',
              'kms:DescribeKey',
            ],
            Resource: '*',
            Condition: {
              StringEquals: { 'kms:CallerAccount': place.account, 'kms:ViaService': `ec2.${place.region}.${place.dnsSuffix}` },
            },
          },
        ],
      },
    },
    ...KEPT,
  };
}
