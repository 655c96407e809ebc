/** The regions of Aliyun and the letters of their zones (ECS, "Regions and zones"). */
const REGIONS: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'abc',
  'ap-northeast-2': 'ab',
  'ap-southeast-1': 'abc',
  'ap-southeast-3': 'abc',
  'ap-southeast-5': 'abc',
  'ap-southeast-6': 'ab',
  'ap-southeast-7': 'ab',
  'cn-beijing': 'abcdefghijkl',
  'cn-chengdu': 'ab',
  'cn-fuzhou': 'a',
  'cn-guangzhou': 'ab',
  'cn-hangzhou': 'bcdefghijk',
  'cn-heyuan': 'ab',
  'cn-hongkong': 'bcd',
  'cn-huhehaote': 'ab',
  'cn-nanjing': 'a',
  'cn-qingdao': 'bc',
  'cn-shanghai': 'abcdefgklmn',
  'cn-shenzhen': 'abcdef',
  'cn-wulanchabu': 'abc',
  'cn-zhangjiakou': 'abc',
  'eu-central-1': 'abc',
  'eu-west-1': 'ab',
  'me-central-1': 'ab',
  'me-east-1': 'ab',
  'us-east-1': 'ab',
  'us-west-1': 'ab',
};

export const ALIYUN_REGIONS: readonly string[] = Object.keys(REGIONS);

/** `cn-beijing-h`; outside China the letter stands behind the region's name alone: `ap-southeast-1a`. */
export function aliyunZoneName(region: string, letter: string): string {
  return region.startsWith('cn-') ? `${region}-${letter}` : region + letter;
}

/** Names of the zones that exist in a region; empty for a region that isn't known. */
export function aliyunZones(region: string): string[] {
  const letters = Object.hasOwn(REGIONS, region) ? REGIONS[region]! : '';
  return [...letters].map((letter) => aliyunZoneName(region, letter));
}
