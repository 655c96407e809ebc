/** Zones of regions where they aren't a, b and c ("Regions and zones", Elastic Compute Service); a name ends in `-<letter>`, or in the letter alone outside China. */
const letters: Record<string, string> = {
  'cn-beijing': 'abcdefghijkl',
  'cn-hangzhou': 'bcdefghijk',
  'cn-shanghai': 'abcdefglmn',
  'cn-shenzhen': 'abcdef',
  'cn-zhangjiakou': 'abc',
  'cn-huhehaote': 'ab',
  'cn-wulanchabu': 'abc',
  'cn-qingdao': 'bc',
  'cn-chengdu': 'ab',
  'cn-guangzhou': 'ab',
  'cn-heyuan': 'ab',
  'cn-nanjing': 'a',
  'cn-fuzhou': 'a',
  'cn-hongkong': 'bcd',
  'ap-southeast-1': 'abc',
  'us-east-1': 'ab',
  'us-west-1': 'ab',
};

/** The regions that DescribeRegions tells ("Endpoints", Resource Orchestration Service). */
export const aliyunRegions = [
  'cn-beijing',
  'cn-hangzhou',
  'cn-shanghai',
  'cn-shenzhen',
  'cn-qingdao',
  'cn-zhangjiakou',
  'cn-huhehaote',
  'cn-wulanchabu',
  'cn-chengdu',
  'cn-guangzhou',
  'cn-heyuan',
  'cn-nanjing',
  'cn-fuzhou',
  'cn-hongkong',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-southeast-1',
  'ap-southeast-3',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'eu-central-1',
  'eu-west-1',
  'us-east-1',
  'us-west-1',
  'me-east-1',
  'me-central-1',
];

/** The zones of a region of Aliyun. */
export const aliyunZones = (region: string): string[] =>
  [...(letters[region] ?? 'abc')].map((letter) => (region.startsWith('cn-') ? `${region}-${letter}` : `${region}${letter}`));
