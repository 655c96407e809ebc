import { zoneLetter, zoneSlot } from '../../estate/layout';

/** The regions of Aliyun and the letters of their zones (ECS, "Regions and zones"). Zones are named `<region>-<letter>`. */
const REGIONS: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'abc',
  'ap-northeast-2': 'a',
  'ap-southeast-1': 'abc',
  'ap-southeast-3': 'abc',
  'ap-southeast-5': 'abc',
  'ap-southeast-6': 'a',
  'ap-southeast-7': 'a',
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
  'me-east-1': 'a',
  'us-east-1': 'ab',
  'us-west-1': 'ab',
};

export const ALIYUN_REGIONS: readonly string[] = Object.keys(REGIONS);

/** Zones for a new region: at most three, the newest ones, none in the place of another (zone i has the addresses of a). */
export function usualAliyunZones(region: string): string[] {
  const taken = new Set<number>();
  const chosen: string[] = [];
  for (const zone of aliyunZones(region).reverse()) {
    const slot = zoneSlot(zoneLetter(zone));
    if (slot === undefined || taken.has(slot) || chosen.length === 3) continue;
    taken.add(slot);
    chosen.push(zone);
  }
  return chosen.reverse();
}

/** Names of the zones that exist in a region; empty for a region that isn't known. */
export function aliyunZones(region: string): string[] {
  const letters = Object.hasOwn(REGIONS, region) ? REGIONS[region]! : '';
  return [...letters].map((letter) => `${region}-${letter}`);
}
