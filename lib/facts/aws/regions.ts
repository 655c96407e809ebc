/**
 * The regions of AWS, the letters of their zones and their partition ("AWS Regions and Availability Zones", "DescribeAvailabilityZones").
 * An account may see fewer zones than a region has; `usual` are those that a new account sees first where they are not a, b, c.
 */

/** A world of regions with accounts of its own. */
export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov';

/** Host part of a partition's endpoints ("AWS service endpoints"). */
export function dnsSuffix(partition: Partition): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}

export interface AwsRegionFacts {
  readonly partition: Partition;
  /** Letters of the zones that exist. */
  readonly letters: string;
  /** Letters for a new region file. @default - the first three letters */
  readonly usual?: string;
}

/** `name:letters[:usual]`. */
const PUBLIC = [
  ...['af-south-1:abc', 'ap-east-1:abc', 'ap-east-2:abc', 'ap-northeast-1:abcd:acd', 'ap-northeast-2:abcd', 'ap-northeast-3:abc'],
  ...['ap-south-1:abc', 'ap-south-2:abc', 'ap-southeast-1:abc', 'ap-southeast-2:abc', 'ap-southeast-3:abc', 'ap-southeast-4:abc'],
  ...['ap-southeast-5:abc', 'ap-southeast-6:abc', 'ap-southeast-7:abc', 'ca-central-1:abd', 'ca-west-1:abc', 'eu-central-1:abc'],
  ...[
    'eu-central-2:abc',
    'eu-north-1:abc',
    'eu-south-1:abc',
    'eu-south-2:abc',
    'eu-west-1:abc',
    'eu-west-2:abc',
    'eu-west-3:abc',
  ],
  ...['il-central-1:abc', 'me-central-1:abc', 'me-south-1:abc', 'mx-central-1:abc', 'sa-east-1:abc', 'us-east-1:abcdef'],
  ...['us-east-2:abc', 'us-west-1:abc:ac', 'us-west-2:abcd'],
];
const CHINA = ['cn-north-1:abd', 'cn-northwest-1:abc'];
const GOV = ['us-gov-east-1:abc', 'us-gov-west-1:abc'];

function facts(partition: Partition, list: readonly string[]): [string, AwsRegionFacts][] {
  return list.map((text) => {
    const [name = '', letters = '', usual] = text.split(':');
    return [name, { partition, letters, ...(usual === undefined ? {} : { usual }) }];
  });
}

export const AWS_REGIONS: ReadonlyMap<string, AwsRegionFacts> = new Map([
  ...facts('aws', PUBLIC),
  ...facts('aws-cn', CHINA),
  ...facts('aws-us-gov', GOV),
]);

/** The regions by name: those of this version's table, and those that an estate declares because they are newer. */
export type AwsRegions = ReadonlyMap<string, AwsRegionFacts>;

/** Names of the zones that exist in a region; empty for a region that isn't known. */
export function awsZones(regions: AwsRegions, region: string): string[] {
  return [...(regions.get(region)?.letters ?? '')].map((letter) => region + letter);
}

/** Up to three zones for a new region file. */
export function usualZones(regions: AwsRegions, region: string): string[] {
  const known = regions.get(region);
  return [...(known?.usual ?? known?.letters.slice(0, 3) ?? '')].map((letter) => region + letter);
}
