/** Disks and buckets that are no longer encrypted, keys that are no longer exchanged. */
import { type Json, listOf, objectOf } from '../../model/json';
import type { Resource } from '../context';
import { isOn, newly, type SecurityRule, standing, type Words, weakness } from './weakness';

const VOLUME = { hosts: 'get data volumes that are not encrypted', thing: 'is not encrypted' };

type Test = (properties: Resource['Properties']) => boolean;

/** What is plain, by type and property. */
const PLAIN: Readonly<Record<string, readonly [property: string, test: Test, words: Words][]>> = {
  'AWS::EC2::Volume': [['Encrypted', ({ Encrypted }) => !isOn(Encrypted), VOLUME]],
  'AWS::EC2::Instance': [
    [
      'BlockDeviceMappings',
      ({ BlockDeviceMappings }) => plainMapping(BlockDeviceMappings),
      'get system disks that are not encrypted',
    ],
  ],
  'AWS::EC2::LaunchTemplate': [
    [
      'LaunchTemplateData',
      ({ LaunchTemplateData }) => plainMapping(objectOf(LaunchTemplateData).BlockDeviceMappings),
      'gives hosts disks that are not encrypted',
    ],
  ],
  'AWS::S3::Bucket': [
    [
      'BucketEncryption',
      ({ BucketEncryption }) => BucketEncryption === undefined,
      'loses its own encryption: what is written gets the default of S3',
    ],
  ],
  'AWS::KMS::Key': [
    ['EnableKeyRotation', ({ EnableKeyRotation }) => !isOn(EnableKeyRotation), 'is no longer exchanged every year'],
  ],
  'ALIYUN::ECS::Disk': [['Encrypted', ({ Encrypted }) => !isOn(Encrypted), VOLUME]],
  'ALIYUN::ESS::ScalingConfiguration': [
    [
      'SystemDiskEncrypted',
      ({ SystemDiskEncrypted }) => !isOn(SystemDiskEncrypted),
      'gives hosts system disks that are not encrypted',
    ],
  ],
  'ALIYUN::OSS::Bucket': [
    [
      'ServerSideEncryptionConfiguration',
      (p) => p.ServerSideEncryptionConfiguration === undefined,
      'is not encrypted: what is written from now on stands in plain',
    ],
  ],
  'ALIYUN::KMS::Key': [
    ['EnableAutomaticRotation', ({ EnableAutomaticRotation }) => !isOn(EnableAutomaticRotation), 'is no longer exchanged'],
  ],
};
const TYPES: ReadonlySet<string> = new Set(Object.keys(PLAIN));

function plainMapping(mappings: Json | undefined): boolean {
  return listOf(mappings).some((one) => {
    const { Ebs } = objectOf(one);
    return Ebs !== undefined && !isOn(objectOf(Ebs).Encrypted);
  });
}

export const dataIsEncrypted: SecurityRule = (context) =>
  standing(context, TYPES).flatMap((resource) =>
    PLAIN[resource.type]!.filter(([, test]) => newly(resource, ({ Properties }) => test(Properties))).map(([property, , words]) =>
      weakness(context, resource, property, 'encryption-off', words),
    ),
  );
