import type { Partition, Region } from './model';

/** The account that a region is deployed to: twelve digits on AWS, sixteen on Aliyun; empty where none is written. */
export function accountOf(region: Region): string {
  return region.provider === 'aws' ? region.aws.account : region.aliyun.account;
}

/** The world of accounts that a region belongs to: a partition of AWS, or its cloud. */
export function partitionOf(region: Region): Partition | 'aliyun' {
  return region.provider === 'aws' ? region.aws.partition : region.provider;
}
