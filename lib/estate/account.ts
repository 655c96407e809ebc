import type { Region } from './model';

/** The account that a region is deployed to: twelve digits on AWS, sixteen on Aliyun; empty where none is written. */
export function accountOf(region: Region): string {
  return region.provider === 'aws' ? region.aws.account : region.aliyun.account;
}
