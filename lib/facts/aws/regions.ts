/**
 * The regions of AWS, the letters of their zones and their partition ("AWS Regions and Availability Zones", "DescribeAvailabilityZones").
 * An account may see fewer zones than a region has; `usual` are those that a new account sees first where they are not a, b, c.
 */

import { type CloudRegionId, cloudRegionId } from '../region';

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

function facts(partition: Partition, list: readonly string[]): [CloudRegionId, AwsRegionFacts][] {
  return list.map((text) => {
    const [name = '', letters = '', usual] = text.split(':');
    return [cloudRegionId(name), { partition, letters, ...(usual === undefined ? {} : { usual }) }];
  });
}

export const AWS_REGIONS: AwsRegions = new Map([...facts('aws', PUBLIC), ...facts('aws-cn', CHINA), ...facts('aws-us-gov', GOV)]);

/** The regions by name: those of this version's table, and those that an estate declares because they are newer. */
export type AwsRegions = ReadonlyMap<CloudRegionId, AwsRegionFacts>;

/**
 * Regions that are off in an account until somebody enables them; every key is unknown there until then. Source: AWS Account Management, "Enable
 * or disable AWS Regions in your account" (regions after 2019-03-20), as it was on 2026-11-30.
 */
const OPT_IN =
  /^(af-south-1|ap-east-[12]|ap-south-2|ap-southeast-[3-9]|ca-west-1|eu-central-2|eu-south-[12]|il-central-1|me-(central|south)-1|mx-central-1)$/;

export function isOptIn(region: string): boolean {
  return OPT_IN.test(region);
}

/** A world of AWS with consoles and accounts of its own that this version knows nothing of ("AWS partitions": aws-iso, aws-iso-b, aws-iso-e, aws-iso-f, aws-eusc). */
export function isIsolated(region: string): boolean {
  return /^(us-iso[bf]?|eu-isoe|eusc)-/.test(region);
}

/**
 * What a name of a zone stands for that is no availability zone of a region. Source: EC2 User Guide, "Local Zones" (the region, a place, a
 * number and a letter: `us-west-2-lax-1a`), "Wavelength Zones" (`us-east-1-wl1-bos-wlz-1`, `us-east-1-foe-wlz-1a`), "AZ IDs for your AWS resources" (`use1-az1`,
 * `usw2-lax1-az1`).
 */
export function otherZone(zone: string): 'a local zone' | 'a wavelength zone' | 'the id of a zone' | undefined {
  if (/^[a-z]{2,4}(-[a-z]+)+-\d+-[a-z]{3}-\d+[a-z]$/.test(zone)) return 'a local zone';
  if (/-wlz-?\d+[a-z]?$/.test(zone)) return 'a wavelength zone';
  if (/^[a-z0-9]+(-[a-z0-9]+)*-az\d+$/.test(zone)) return 'the id of a zone';
  return undefined;
}

/** Names of the zones that exist in a region; empty for a region that isn't known. */
export function awsZones(regions: AwsRegions, region: CloudRegionId): string[] {
  return [...(regions.get(region)?.letters ?? '')].map((letter) => region + letter);
}

/** Up to three zones for a new region file. */
export function usualZones(regions: AwsRegions, region: CloudRegionId): string[] {
  const known = regions.get(region);
  return [...(known?.usual ?? known?.letters.slice(0, 3) ?? '')].map((letter) => region + letter);
}
