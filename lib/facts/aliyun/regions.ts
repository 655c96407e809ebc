/** The regions of Aliyun and the letters of their zones (ECS, "Regions and zones", as copies of it had them on 2026-11-30). */
import { type CloudRegionId, cloudRegionId } from '../region';

const REGIONS: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'abcde',
  'ap-northeast-2': 'abc',
  'ap-southeast-1': 'abcd',
  'ap-southeast-3': 'abc',
  'ap-southeast-5': 'abc',
  'ap-southeast-6': 'ab',
  'ap-southeast-7': 'ab',
  'ap-southeast-8': 'ab',
  'cn-beijing': 'abcdefghijkl',
  'cn-chengdu': 'abc',
  'cn-fuzhou': 'a',
  'cn-guangzhou': 'ab',
  'cn-hangzhou': 'bcdefghijk',
  'cn-heyuan': 'abc',
  'cn-hongkong': 'bcd',
  'cn-huhehaote': 'ab',
  'cn-nanjing': 'a',
  'cn-qingdao': 'bc',
  'cn-shanghai': 'abcdefgklmno',
  'cn-shenzhen': 'abcdef',
  'cn-wuhan-lr': 'a',
  'cn-wulanchabu': 'abcd',
  'cn-zhangjiakou': 'abc',
  'cn-zhongwei': 'ab',
  'eu-central-1': 'abc',
  'eu-west-1': 'ab',
  'eu-west-2': 'ab',
  'me-central-1': 'ab',
  'me-east-1': 'ab',
  'na-south-1': 'ab',
  'sa-east-1': 'ab',
  'us-east-1': 'ab',
  'us-west-1': 'ab',
};

export const ALIYUN_REGIONS: readonly CloudRegionId[] = Object.keys(REGIONS).map(cloudRegionId);

/**
 * Regions of the finance and government clouds, which take accounts of their own and answer at endpoints that no rule makes of their ids
 * (`oss-cn-hzfinance`). Source: OSS, "Regions and endpoints" (Finance Cloud, Alibaba Gov Cloud).
 */
export function isIndustryRegion(region: string): boolean {
  return /-(finance|gov)(-\d+)?$/.test(region);
}

/** `cn-beijing-h`; the letter stands alone behind a digit: `ap-southeast-1a`. */
export function aliyunZoneName(region: CloudRegionId, letter: string): string {
  return /\d$/.test(region) ? region + letter : `${region}-${letter}`;
}

/** Names of the zones that exist in a region; empty for a region that isn't known. */
export function aliyunZones(region: CloudRegionId): string[] {
  const letters = Object.hasOwn(REGIONS, region) ? REGIONS[region]! : '';
  return [...letters].map((letter) => aliyunZoneName(region, letter));
}
